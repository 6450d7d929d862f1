"""Link health where entries are read: on rows, pages, sources, and beside every entry; and no query more for it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.fetching.visits import Cause, Verdict
from resources.links.models import Link
from tests.links.standing import broken, link_of, visited
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_resource, a_section

pytestmark = pytest.mark.django_db

ROWS = ["/resources/", "/sections/libraries/", "/tags/spark/", "/wiki/list/"]


@pytest.fixture
def link() -> Link:
    """The link of a resource that stands in lists of every kind."""
    section = a_section("Libraries")
    link = link_of(a_resource("RayDP", sections=(section,), tags=["spark"]))
    a_guide("List", body="{{resources tag=spark}}")
    return link


@pytest.mark.parametrize("address", ROWS)
def test_rows_mark_what_is_in_doubt_and_nothing_else(client: Client, link: Link, address: str) -> None:
    visited(link)
    with CaptureQueriesContext(connection) as queries:
        assert "link broken" not in client.get(address).text
    broken(link)
    with CaptureQueriesContext(connection) as with_mark:
        page = client.get(address).text
    assert f'href="/links/{link.pk}/"' in page
    assert "link broken" in page
    assert len(with_mark) <= len(queries)


def test_a_row_that_is_related_is_marked(client: Client, link: Link) -> None:
    broken(link)
    a_resource("Other", tags=["spark"])
    assert "link broken" in client.get("/resources/other/").text


def test_the_page_of_a_resource_says_how_its_link_stands(client: Client, link: Link) -> None:
    assert "not tested yet" in client.get("/resources/raydp/").text
    visited(link, days_ago=2)
    page = client.get("/resources/raydp/").text
    assert "seen <time" in page
    assert "This link is broken" not in page
    broken(link)
    page = client.get("/resources/raydp/").text
    assert "This link is broken." in page
    assert "It worked last on" in page


def test_resources_are_filtered_by_the_health_of_their_links(client: Client, link: Link) -> None:
    a_resource("Other")
    broken(link)
    page = client.get("/resources/?health=broken").text
    assert "RayDP" in page
    assert "Other in one sentence" not in page
    assert "Other in one sentence" in client.get("/resources/?health=untested").text


def test_a_guide_says_how_many_of_its_links_are_in_doubt(client: Client) -> None:
    a_guide("Ray Core", body="See [this](https://a.example.net/x) and [that](https://b.example.net/y).")
    for link in Link.objects.all():
        visited(link)
    assert "Links of this page" not in client.get("/wiki/ray-core/").text
    broken(Link.objects.get(host__name="a.example.net"))
    page = client.get("/wiki/ray-core/").text
    assert "Links of this page" in page
    assert 'href="/wiki/ray-core/links/"' in page
    listed = client.get("/wiki/ray-core/links/").text
    assert listed.index("a.example.net/x") < listed.index("b.example.net/y")


def test_sources_of_claims_and_cells_are_marked(client: Client) -> None:
    a_case_study(claims=(a_claim(source="https://www.uber.example.net/post/"),))
    a_comparison(cells={"ray/cost": {"verdict": "yes", "source": "https://cells.example.net/table"}})
    for address in ("/case-studies/uber/", "/compare/engines/"):
        assert "link broken" not in client.get(address).text
    for link in Link.objects.all():
        broken(link)
    for address in ("/case-studies/uber/", "/compare/engines/"):
        page = client.get(address).text
        assert "link broken" in page
        assert "Links of this page" in page


def test_every_kind_of_entry_has_its_links_beside_it(client: Client, link: Link) -> None:
    a_case_study()
    a_comparison()
    pages = ("/resources/raydp/", "/sections/libraries/", "/wiki/list/", "/case-studies/uber/", "/compare/engines/")
    for address in pages:
        answer = client.get(f"{address}links/")
        assert answer.status_code == 200
        assert client.post(f"{address}links/").status_code == 405
    assert "https://example.org/raydp" in client.get("/resources/raydp/links/").text
    assert "leads nowhere outside" in client.get("/case-studies/uber/links/").text
    assert client.get("/resources/nothing/links/").status_code == 404
    assert 'href="/resources/raydp/links/"' in client.get("/resources/raydp/backlinks/").text


def test_doubt_is_told_in_words_for_every_health(client: Client, link: Link) -> None:
    told = {
        "link failing": {"verdict": Verdict.BROKEN, "cause": Cause.TIMEOUT},
        "link moved": {"verdict": Verdict.MOVED, "cause": Cause.MOVED},
        "link cannot be tested": {"verdict": Verdict.BLOCKED, "cause": Cause.SIGN_IN},
        "link shows another page": {"cause": Cause.DRIFTED},
    }
    for words, visit in told.items():
        visited(link, **visit)  # type: ignore[arg-type]  # columns of a visit
        assert words in client.get("/resources/").text
