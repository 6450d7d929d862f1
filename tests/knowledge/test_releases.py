"""Releases of Ray: entered, listed, and whoever is concerned is told; the list of what to look at again."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.entries.content import read_content
from resources.history.models import Event
from resources.notices.models import Notice
from resources.notices.wording import path_of, quoted, sentence
from resources.publishing import publish
from resources.verifying.actions import add_release
from resources.verifying.models import RayRelease
from resources.verifying.refusals import BadRelease, NotYours
from tests.makers import a_comparison, a_guide, a_person, a_release, a_verification

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 1)


def test_an_administrator_enters_a_release(chief, client):
    client.force_login(chief)
    given = {"version": "2.61.0", "released_on": "2026-12-01"}
    assert client.post("/releases/", given)["Location"] == "/releases/"
    release = RayRelease.objects.get()
    assert (release.version, release.released_on, release.order) == ("2.61.0", DAY, 2_000_061_000_000)
    again = client.post("/releases/", given)
    assert again.status_code == 422
    assert "listed already" in again.content.decode()
    assert Event.objects.get(act="release_added").details == {"version": "2.61.0"}
    assert "entered Ray 2.61.0" in client.get("/log/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"version": "2.61"}, {"version": "v2.61.0"}, {"released_on": "soon"}, {"version": ""}]
)
def test_what_is_no_release_is_refused_in_words(wrong, chief, client):
    client.force_login(chief)
    given = {"version": "2.61.0", "released_on": "2026-12-01"} | wrong
    assert client.post("/releases/", given).status_code == 422
    with pytest.raises(BadRelease, match=r"2\.60\.0"):
        add_release("2.x", released_on=DAY, by=chief)
    assert not RayRelease.objects.exists()


def test_nobody_else_enters_releases(mo, client):
    assert client.post("/releases/", {}).headers["Location"].startswith("/accounts/login/")
    client.force_login(mo)
    assert "Enter a release" not in client.get("/releases/").content.decode()
    assert client.post("/releases/", {"version": "2.61.0", "released_on": "2026-12-01"}).status_code == 403
    with pytest.raises(NotYours):
        add_release("2.61.0", released_on=DAY, by=mo)


def test_releases_sort_as_numbers_with_their_counts(client):
    a_release("2.9.0")
    a_verification(a_guide(), "2.10.0")
    page = client.get("/releases/").content.decode()
    assert page.index("2.10.0") < page.index("2.9.0")
    assert 'href="/wiki/look-again/?release=2.10.0">1<' in page


def test_one_notice_for_each_person_and_new_line(chief, ed, mo):
    ada = a_person("ada")
    first, second, third = a_guide("One", author=ada), a_guide("Two", author=ada), a_comparison("Three", author=mo)
    a_guide("Never tried", author=ada)
    for entry in (first, second, third):
        a_verification(entry, "2.60.0", person=ed)
    add_release("2.60.1", released_on=DAY, by=chief)
    add_release("2.59.9", released_on=DAY, by=chief)
    assert not Notice.objects.filter(act="look_again").exists()
    add_release("2.61.0", released_on=DAY, by=chief)
    told = {notice.person.name: notice for notice in Notice.objects.filter(act="look_again")}
    assert {name: notice.words for name, notice in told.items()} == {
        "ed": "2.61.0 3", "ada": "2.61.0 2", "mo": "2.61.0 1",
    }  # fmt: skip
    assert sentence(told["ed"]).startswith("Ray 2.61.0 is out: 3 pages that you verified or wrote")
    assert path_of(told["ed"]) == "/wiki/look-again/?mine=1"
    assert quoted(told["ed"]) == ""


def test_who_only_mended_a_typo_is_not_asked(chief, ed):
    guide = a_guide(author=a_person("ada"))
    cleo = a_person("cleo")
    publish(read_content(guide) | {"body": "Teh."}, entry=guide, author=cleo, significance="typo")
    guide.refresh_from_db()
    a_verification(guide, "2.59.0", person=ed)
    add_release("2.61.0", released_on=DAY, by=chief)
    assert set(Notice.objects.filter(act="look_again").values_list("person__name", flat=True)) == {"ada", "ed"}


def listed(client, query=""):
    rows = client.get(f"/wiki/look-again/{query}").context["rows"]
    return [(entry.title, entry.state) for entry, _one in rows]


def test_the_list_says_why_and_narrows(ed, client):
    a_release("2.60.0")
    a_verification(a_guide("Old"), "2.59.0", person=ed)
    moved = a_guide("Moved", author=a_person("cleo"))
    a_verification(moved, "2.60.0", person=a_person("bob"))
    publish(read_content(moved) | {"body": "Otherwise."}, entry=moved, author=a_person())
    fresh = a_comparison("Fresh")
    a_verification(fresh, "2.60.0")
    never = a_guide("Never")
    a_guide("Redirect", redirect=never)
    assert listed(client) == [("Old", "outdated"), ("Moved", "changed"), ("Never", "never")]
    assert listed(client, "?state=changed") == [("Moved", "changed")]
    assert listed(client, "?release=2.60.0") == [("Moved", "changed"), ("Fresh", "")]
    assert listed(client, "?release=9.9.9&state=bad&page=x") == listed(client)
    assert client.get("/wiki/look-again/?mine=1")["Location"].startswith("/accounts/login/")
    client.force_login(ed)
    assert listed(client, "?mine=1") == [("Old", "outdated")]
    assert client.post("/wiki/look-again/").status_code == 405


def test_the_lists_cost_the_same_for_few_pages_and_many(client):
    a_release("2.60.0")
    counts = []
    for numbers in (range(3), range(3, 40)):
        for number in numbers:
            a_verification(a_guide(f"Guide {number}"), "2.59.0", person=a_person(f"p{number % 5}"))
        found = {}
        for address in ("/wiki/look-again/", "/releases/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found[address] = len(queries)
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 8, counts
