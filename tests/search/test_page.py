"""/search/: the page of results."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.makers import a_guide, a_resource, a_section

pytestmark = pytest.mark.django_db


def test_results_with_marks_kind_and_place(client: Client) -> None:
    a_resource("RayDP", sections=(a_section("Data tools"),), summary="Runs Spark on Ray.", tags=["spark"])
    page = client.get("/search/?q=spark").content.decode()
    assert "Runs <mark>Spark</mark> on Ray." in page
    assert '<a href="/resources/raydp/">RayDP</a>' in page
    assert '<a href="/sections/data-tools/">Data tools</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'value="spark"' in page


def test_without_words_it_explains_itself(client: Client) -> None:
    answer = client.get("/search/")
    assert answer.status_code == 200
    assert "is:broken" in answer.content.decode()


def test_nothing_found_says_what_to_do(client: Client) -> None:
    a_guide("Beta", body="See [[Quokka farming]].")
    page = client.get("/search/?q=quokka+farms").content.decode()
    assert "Shown is what" not in page
    page = client.get('/search/?q="quokka+farming"+-see').content.decode()
    assert "One page mentions “quokka farming”" in page
    assert "/wiki/new/?title=quokka+farming" in page
    assert "/resources/new/" in page


def test_filters_are_chips_and_facets_are_links(client: Client) -> None:
    for number in range(3):
        a_resource(f"Zebra {number}", kind="paper" if number else "book", tags=["x"])
    page = client.get("/search/?q=zebra+tag:x").content.decode()
    assert "/search/?q=zebra+tag%3Ax+kind%3Apaper" in page
    assert 'href="/search/?q=zebra"' in page


def test_links_of_facets_keep_whatever_was_typed(client: Client) -> None:
    for number in range(3):
        a_resource(f"Zebra co {number}", kind="paper" if number else "book", tags=["x"] if number else [])
    typed = 'zebra "co" -<b>&é'
    page = client.get("/search/", {"q": typed}).content.decode()
    links = re.findall(r'<li><a href="([^"]*)" rel="nofollow"><span>', page)
    asked = [parse_qs(urlsplit(unescape(link)).query)["q"] for link in links]
    assert [f"{typed} kind:paper"] in asked
    assert [f"{typed} tag:x"] in asked
    assert "<b>" not in page


def test_pages_and_odd_numbers(client: Client) -> None:
    for number in range(45):
        a_guide(f"Zebra {number}")
    assert 'start="21"' in client.get("/search/?q=zebra&page=2").content.decode()
    for page in ("99", "0", "-1", "x", "9" * 50, "²"):
        assert client.get("/search/", {"q": "zebra", "page": page}).status_code == 200
    assert client.get("/search/?q=zebra&sort=nonsense").status_code == 200


def test_only_reading(client: Client) -> None:
    assert client.post("/search/").status_code == 405
    assert client.get("/resources/?q=zebra").status_code == 200
