"""What is offered while one types, and to browsers that want to search from their own box."""

from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def _titles(client: Client, typed: str, what: str = "pages") -> list[str]:
    return [one["title"] for one in client.get("/search/jump/", {"q": typed}).json()[what]]


def test_titles_come_first_and_words_may_go_on(client: Client) -> None:
    a_guide("Elsewhere", body="Autoscaling is explained.")
    a_guide("Autoscaling groups")
    a_resource("AutoGluon", sections=(a_section("Tools"),))
    assert _titles(client, "auto") == ["Autoscaling groups", "AutoGluon", "Elsewhere"]
    row = client.get("/search/jump/?q=autogl").json()["pages"][0]
    assert row == {"title": "AutoGluon", "url": "/resources/autogluon/", "kind": "project · Tools"}


def test_people_who_wrote_something_are_offered(client: Client) -> None:
    a_guide("Beta", author=a_person("cora", display_name="Cora Brook"))
    a_person("corinna")
    assert _titles(client, "cor", "people") == _titles(client, "@cora", "people") == ["Cora Brook"]
    assert _titles(client, "broo", "people") == ["Cora Brook"]
    assert _titles(client, "c", "people") == []


def test_nothing_typed_and_odd_things(client: Client) -> None:
    for typed in ("", " ", "\0", '"', "x" * 5_000, "tag:", "-"):
        assert client.get("/search/jump/", {"q": typed}).json() == {"pages": [], "people": []}
    assert client.post("/search/jump/").status_code == 405


def test_it_costs_the_same_for_few_pages_and_many(client: Client) -> None:
    counts = []
    for numbers in (range(9), range(9, 60)):
        for number in numbers:
            a_guide(f"Zebra {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/jump/?q=zeb")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


def test_browsers_are_told_how_to_search_here(client: Client) -> None:
    answer = client.get("/opensearch.xml")
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(answer.content)
    urls = [one.attrib["template"] for one in root if one.tag.endswith("Url")]
    assert any(url.endswith("/search/?q={searchTerms}") for url in urls)
    assert b'rel="search"' in client.get("/").content
