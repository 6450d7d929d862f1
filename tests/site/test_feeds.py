"""The feeds, each as Atom and as JSON Feed: what is in them, that readers of feeds can read them, and what they cost."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.links.models import Link
from resources.publishing import publish, remove
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

FEEDS = [
    "/changes",
    "/resources/raydp/history",
    "/people/ada/changes",
    "/sections/libraries/changes",
    "/tags/spark/changes",
    "/resources/new",
    "/links/broken",
]
ATOM = "{http://www.w3.org/2005/Atom}"


def site() -> None:
    section = a_section()
    a_resource(sections=(section,), tags=["spark"])
    a_resource("Modin", author=a_person("bob"))
    link = Link.objects.get(key="https://example.org/modin")
    Link.objects.filter(pk=link.pk).update(state="broken", cause="not_found", status=404, failing_since=timezone.now())


def titles(client, path: str) -> list[str]:
    """What a feed has, the same in both forms."""
    atom, found = client.get(f"{path}.atom"), client.get(f"{path}.json")
    assert atom["Content-Type"].startswith("application/atom+xml")
    assert found["Content-Type"].startswith("application/feed+json")
    tree = ElementTree.fromstring(atom.content)
    data = json.loads(found.content)
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["feed_url"].endswith(f"{path}.json")
    own = [link.get("href", "") for link in tree.iter(f"{ATOM}link") if link.get("rel") == "self"]
    assert [address.partition("//")[2].partition("/")[2] for address in own] == [f"{path[1:]}.atom"]
    entries = list(tree.iter(f"{ATOM}entry"))
    assert len({item["id"] for item in data["items"]}) == len(data["items"])
    assert all(item["url"].startswith("http") and item["date_published"] for item in data["items"])
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [item["title"] for item in data["items"]]
    return [item["title"] for item in data["items"]]


def test_each_shows_its_own_and_nothing_else(client):
    site()
    assert len(titles(client, "/changes")) == 3
    assert titles(client, "/resources/raydp/history") == ["RayDP: created"]
    assert titles(client, "/people/bob/changes") == ["Modin: created"]
    assert titles(client, "/sections/libraries/changes") == ["RayDP: created", "Libraries: created"]
    assert titles(client, "/tags/spark/changes") == ["RayDP: created"]
    assert titles(client, "/resources/new") == ["Modin", "RayDP"]
    assert titles(client, "/links/broken") == ["https://example.org/modin"]


def test_what_was_removed_is_no_news_but_its_history_is_told(client):
    site()
    remove(Resource.objects.get(title="Modin"), author=a_person("bob"), reason="Gone.")
    assert titles(client, "/resources/new") == ["RayDP"]
    assert titles(client, "/resources/modin/history") == ["Modin: removed", "Modin: created"]


def test_a_link_that_nobody_counts_is_no_news(client):
    site()
    Link.objects.update(ignored_until=timezone.now() + timedelta(days=1))
    assert titles(client, "/links/broken") == []


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/sections/libraries/", "/sections/libraries/changes.atom"),
        ("/tags/spark/", "/tags/spark/changes.atom"),
        ("/resources/", "/resources/new.atom"),
        ("/links/", "/links/broken.atom"),
        ("/changes/", "/changes.atom"),
    ],
)
def test_pages_name_their_feeds(client, page, feed):
    site()
    assert f'href="{feed}"' in client.get(page).content.decode()


def test_hostile_words_stay_words(client):
    a_resource("A \x0b<b>&amp; ]]>", slug="odd", summary="\x0b<script>")
    assert titles(client, "/resources/new")


def test_strange_names_and_other_methods(client):
    site()
    for feed in FEEDS:
        for form in ("atom", "json"):
            assert client.post(f"{feed}.{form}").status_code == 405
            assert client.head(f"{feed}.{form}").status_code == 200
    for path in (
        "/sections/nothing/changes",
        "/tags/nothing/changes",
        "/people/nobody/changes",
        "/wiki/nothing/history",
    ):
        assert client.get(f"{path}.atom").status_code == client.get(f"{path}.json").status_code == 404


def test_they_cost_the_same_for_few_and_many(client):
    site()
    resource = Resource.objects.get(title="RayDP")
    counts = []
    for numbers in (range(2), range(2, 30)):
        for number in numbers:
            present = Resource.objects.get(pk=resource.pk)
            publish(read_content(present) | {"summary": f"{number}."}, entry=present, author=a_person())
            a_resource(f"Other {number}", tags=["spark"])
        with CaptureQueriesContext(connection) as queries:
            for feed in FEEDS:
                client.get(f"{feed}.json")
        counts.append(len(queries))
    assert counts[0] == counts[1]
