"""The resource list: narrowed, sorted and paged by its address."""

import pytest
from django.test import Client

from tests.makers import a_case_study, a_comparison, a_guide, a_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def _resources() -> None:
    a_resource("Alpha", kind="library", language="python", libraries=["core", "data"], tags=["x"], year=2020)
    a_resource("Beta", kind="library", language="rust", libraries=["data"], tags=["x", "y"], year=2024)
    a_resource("Gamma", kind="paper", language="", libraries=["core"], state="archived", tags=["y"])


def titles(client: Client, query: str) -> list[str]:
    """The titles of the rows, in order."""
    page = client.get(f"/resources/{query}").content.decode()
    return [part.split(">")[2].split("<")[0] for part in page.split('class="row-title"')[1:]]


@pytest.mark.usefixtures("_resources")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Alpha", "Beta", "Gamma"]),
        ("?kind=library", ["Alpha", "Beta"]),
        ("?library=core", ["Alpha", "Gamma"]),
        ("?tag=y", ["Beta", "Gamma"]),
        ("?language=rust", ["Beta"]),
        ("?state=archived", ["Gamma"]),
        ("?q=alp", ["Alpha"]),
        ("?q=example.org+sentence", ["Alpha", "Beta", "Gamma"]),
        ("?kind=library&tag=x&library=core", ["Alpha"]),
        ("?kind=paper&tag=x", []),
        ("?sort=year", ["Beta", "Alpha", "Gamma"]),
        ("?sort=added", ["Gamma", "Beta", "Alpha"]),
        ("?kind=library&sort=year", ["Beta", "Alpha"]),
    ],
)
def test_filters_work_and_combine(client: Client, query: str, expected: list[str]) -> None:
    assert titles(client, query) == expected


@pytest.mark.usefixtures("_resources")
@pytest.mark.parametrize("query", ["?kind=nonsense", "?tag=none", "?sort=size", "?q=a%00b", f"?q={'long' * 100}"])
def test_wrong_filter_is_named_and_does_not_narrow(client: Client, query: str) -> None:
    page = client.get(f"/resources/{query}").content.decode()
    assert 'role="alert"' in page
    assert "The list is not narrowed by it." in page
    assert len(titles(client, query)) == 3


@pytest.mark.usefixtures("_resources")
def test_chips_take_one_filter_away(client: Client) -> None:
    page = client.get("/resources/?kind=library&tag=x&language=&page=1").content.decode()
    assert 'href="?tag=x"' in page
    assert 'href="?kind=library"' in page


@pytest.mark.usefixtures("_resources")
def test_no_match_says_what_to_do(client: Client) -> None:
    page = client.get("/resources/?q=zebra").content.decode()
    assert "No resource matches" in page
    assert 'href="/resources/"' in page


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("1", "1–50"),
        ("2", "51–60"),
        ("-1", "51–60"),
        ("0", "51–60"),
        ("1000000000", "51–60"),
        ("abc", "1–50"),
        ("", "1–50"),
    ],
)
def test_every_page_number_shows_a_page(client: Client, page: str, shown: str) -> None:
    for number in range(60):
        a_resource(f"Resource {number}")
    response = client.get(f"/resources/?page={page}&kind=project")
    assert response.status_code == 200
    text = response.content.decode()
    assert f"{shown} of 60 resources" in text
    assert "page=1&amp;kind=project" in text or "page=2&amp;kind=project" in text
    assert text.count('aria-current="page">1<' if shown == "1–50" else 'aria-current="page">2<') == 1


def test_a_search_finds_guides_case_studies_and_comparisons_too(client):
    named = a_guide("Ray security", summary="What attackers did in ShadowRay.")
    a_guide("ShadowRay & its CVEs", slug="shadow")
    a_guide("An old name of ShadowRay", redirect=named)
    a_case_study("ShadowRay hunters")
    a_comparison("Scanners", summary="Which of them sees ShadowRay.")
    page = client.get("/resources/?q=shadowray&kind=paper").content.decode()
    for address in ("/wiki/ray-security/", "/wiki/shadow/", "/case-studies/shadowray-hunters/", "/compare/scanners/"):
        assert f'href="{address}"' in page
    assert "An old name" not in page
    assert "No resource matches" in page
    assert 'href="/wiki/?q=shadowray"' in page
    assert 'id="texts"' not in client.get("/resources/").content.decode()
    assert 'href="/wiki/?q=%3Cb%3E%20%26"' in client.get("/resources/", {"q": "<b> &"}).content.decode()
