"""Link health in a list: counts, rows, filters, the file, the trend, and what is empty."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.entries.health import Health, health_of, of_health
from resources.entries.models import Resource, Section
from resources.fetching.visits import Cause, Verdict
from resources.links.filters import SORTS
from resources.links.models import Link, Tally
from resources.links.trend import draw, trend
from resources.links.wording import CAUSES, REMEDIES, sentence_of
from resources.publishing import remove
from tests.links.standing import BROKEN, broken, link_of, visited
from tests.makers import a_case_study, a_claim, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> Section:
    """One link of every sort: broken, failing, drifted, moved, blocked, skipped, ignored, untested, and two that work."""
    section = a_section("Libraries")
    names = ("Broken", "Failing", "Drifted", "Moved", "Blocked", "Skipped", "Ignored", "Untested", "Works")
    links = {name: link_of(a_resource(name, sections=(section,))) for name in names}
    broken(links["Broken"])
    visited(links["Failing"], verdict=Verdict.BROKEN, cause=Cause.TIMEOUT, status=0)
    visited(links["Drifted"], cause=Cause.DRIFTED)
    visited(links["Moved"], verdict=Verdict.MOVED, cause=Cause.MOVED, final="https://new.example.net/")
    visited(links["Blocked"], verdict=Verdict.BLOCKED, cause=Cause.FORBIDDEN, status=403)
    visited(links["Skipped"], verdict=Verdict.SKIPPED, cause=Cause.GUARD, status=0)
    broken(links["Ignored"])
    Link.objects.filter(pk=links["Ignored"].pk).update(
        ignored_until=timezone.now() + timedelta(days=9), ignored_reason="They rebuild it."
    )
    visited(links["Works"])
    a_guide("Ray Core", body="See [this](https://www.texts.example.net/page).")
    visited(Link.objects.get(host__name="texts.example.net"), title="About serving models")
    return section


def addresses(client: Client, query: str = "") -> list[str]:
    """The addresses of the rows, in order."""
    page = client.get(f"/links/{query}").text
    return re.findall(r'link-title"><a href="/links/\d+/">([^<]*)</a>', page)


def names(client: Client, query: str) -> list[str]:
    return [address.rpartition("/")[2] for address in addresses(client, query)]


@pytest.mark.usefixtures("section")
def test_the_page_counts_by_state_and_begins_with_what_needs_help(client: Client) -> None:
    page = client.get("/links/")
    counts = {one.word: one.number for one in page.context["counts"]}
    assert counts == {word: 2 if word == "ok" else 1 for word in Health.values}
    assert names(client, "")[:5] == ["broken", "failing", "drifted", "moved", "blocked"]
    assert "The site says that it has no such page (404)." in page.text
    assert "https://new.example.net/" in page.text
    assert "They rebuild it." in page.text
    assert [(host.name, host.broken, host.in_all) for host in page.context["hosts"]] == [("example.org", 1, 9)]
    assert [(one.title, one.broken, one.in_all) for one in page.context["sections"]] == [("Libraries", 1, 9)]


@pytest.mark.usefixtures("section")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        *((f"?state={word}", [word]) for word in ("broken", "failing", "drifted", "moved", "blocked", "ignored")),
        ("?state=ok", ["works", "page"]),
        ("?state=trouble", ["broken", "failing", "drifted", "moved"]),
        ("?cause=not_found", ["broken", "ignored"]),
        ("?cause=forbidden", ["blocked"]),
        ("?host=texts.example.net", ["page"]),
        ("?host=www.texts.example.net", ["page"]),
        ("?host=elsewhere.example", []),
        ("?kind=wikipage", ["page"]),
        ("?kind=resource&state=ok", ["works"]),
        ("?place=text", ["page"]),
        ("?place=own&state=ok", ["works"]),
        ("?place=source", []),
        ("?section=libraries&state=ok", ["works"]),
        ("?q=serving+models", ["page"]),
        ("?q=drift", ["drifted"]),
    ],
)
def test_filters_work_and_combine(client: Client, query: str, expected: list[str]) -> None:
    assert sorted(names(client, query)) == sorted(expected)


@pytest.mark.usefixtures("section")
@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_shows_every_link(client: Client, sort: str) -> None:
    assert len(names(client, f"?sort={sort}")) == 10


@pytest.mark.usefixtures("section")
@pytest.mark.parametrize(
    "query", ["?state=nonsense", "?cause=%00", "?section=none", "?sort=size", f"?q={'long' * 100}"]
)
def test_a_wrong_filter_is_named_and_does_not_narrow(client: Client, query: str) -> None:
    page = client.get(f"/links/{query}").text
    assert "The list is not narrowed by it." in page
    assert len(names(client, query)) == 10


@pytest.mark.usefixtures("section")
def test_conditions_and_words_say_the_same() -> None:
    for word in Health:
        found = list(Link.objects.filter(of_health(word)))
        assert found, word
        assert {health_of(link) for link in found} == {word}
    assert len(Resource.objects.filter(of_health("broken", "link__"))) == 1


def test_the_source_of_a_claim_is_found_as_such(client: Client) -> None:
    a_case_study(claims=(a_claim(source="https://uber.example.net/post"),))
    assert names(client, "?place=source&kind=casestudy") == ["post"]


def test_what_no_page_uses_any_more_is_not_shown(client: Client) -> None:
    entry = a_resource()
    link = broken(link_of(entry))
    assert names(client, "") == ["raydp"]
    remove(entry, author=a_person(), reason="Spam.")
    assert addresses(client) == []
    assert client.get(f"/links/{link.pk}/").status_code == 404


def test_empty_pages_say_what_is_empty(client: Client) -> None:
    assert "There are no links yet" in client.get("/links/").text
    a_resource()
    assert "not tested yet" in client.get("/links/").text
    assert "Nothing is broken" in client.get("/links/?state=broken").text
    assert "No link matches" in client.get("/links/?q=nonsense").text


@pytest.mark.usefixtures("section")
def test_the_file_has_the_same_selection_and_no_formulas(client: Client) -> None:
    Link.objects.filter(state="moved").update(final="=cmd()", note="@x")
    answer = client.get("/links.csv?state=moved")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, row = csv.reader(io.StringIO(answer.text))
    assert dict(zip(head, row, strict=True))["Leads to"] == "'=cmd()"
    assert dict(zip(head, row, strict=True))["State"] == "moved"
    assert len(list(csv.reader(io.StringIO(client.get("/links.csv").text)))) == 11


def test_the_trend_is_drawn_with_a_table(client: Client) -> None:
    a_resource()
    assert trend() is None
    today = timezone.localdate()
    for back in (0, 1, 5, 200):
        counts = {"ok": 7, "broken": 3 + back, "failing": 1}
        Tally.objects.create(day=today - timedelta(days=back), counts=counts)
    found = trend()
    assert found is not None
    assert [word for word, _label, _path in found.paths] == ["broken", "failing"]
    assert [(row.numbers[0], row.in_all) for row in found.rows] == [(3, 11), (4, 12), (8, 16)]
    page = client.get("/links/").text
    assert 'role="img"' in page
    assert "<td>8</td>" in page


def test_a_trend_of_nothing_in_trouble_is_no_picture() -> None:
    found = draw([(date(2026, 1, 1), {"ok": 3}), (date(2026, 1, 2), {"ok": 4})])
    assert (found.paths, found.top) == ([], 2)


def test_every_cause_has_its_sentence_and_every_health_its_remedy() -> None:
    assert set(CAUSES) == set(Cause)
    assert all(name and words for name, words in CAUSES.values())
    assert set(REMEDIES) == set(Health)
    told = visited(link_of(a_resource()), verdict=Verdict.BROKEN, cause=Cause.SERVER_ERROR, status=503)
    assert sentence_of(told) == "The site answers with an error of its own (503)."


def test_the_list_costs_the_same_for_ten_links_and_many(client: Client) -> None:
    section = a_section()
    counts = []
    for numbers in (range(10), range(10, 70)):
        for number in numbers:
            visited(link_of(a_resource(f"Resource {number}", sections=(section,))), **BROKEN)
        with CaptureQueriesContext(connection) as queries:
            client.get("/links/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 11


@pytest.mark.parametrize("address", ["/links/", "/links.csv", "/links/about/"])
def test_pages_to_read_take_no_forms(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


def test_who_visits_is_told(client: Client, settings) -> None:
    settings.LINK_CHECK_CONTACT = "keepers@example.org"
    page = client.get("/links/about/").text
    assert "RayHub-LinkCheck/1.0" in page
    assert "keepers@example.org" in page
    assert "at most 2 requests at once and 5 in a second" in page


def test_one_link_shows_all_that_is_known(client: Client) -> None:
    entry = a_resource()
    link = broken(visited(link_of(entry), days_ago=9, title="RayDP"))
    page = client.get(f"/links/{link.pk}/").text
    for words in ("https://example.org/raydp", "no such page (404)", "2 visits in a row", entry.title, "2 visits from"):
        assert words in page
    assert client.get("/links/9999/").status_code == 404
    assert client.get("/links/99999999999999999999999/").status_code == 404
    assert client.post(f"/links/{link.pk}/").status_code == 405


def test_an_entry_that_uses_a_link_twice_is_named_once(client: Client):
    address = "https://twice.example.net/"
    a_case_study("Uber", use_case=f"[It]({address}) computes.", claims=(a_claim(source=address),))
    page = client.get("/links/?host=twice.example.net").text
    row = page.partition('quiet-links muted">Stands in')[2].partition("</p>")[0]
    assert re.findall(r">([^<]+)</a>", row) == ["Uber on Ray"]
    assert page.count('href="/links/broken.atom"') == 2  # for programs, and for people
