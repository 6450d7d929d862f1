"""The table of those who use Ray: what narrows it, what sorts it, and what it is taken along as."""

import csv
import io
import re

import pytest
from django.test import Client

from tests.makers import a_case_study, a_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _studies():
    verified = a_claim(source="https://example.org/", state="verified")
    a_case_study(
        "Uber", industry="transport", libraries=["train", "core"], since=2022, claims=(verified, a_claim("c2"))
    )
    a_case_study("ant", industry="finance", libraries=["serve"], since=2018, scale="A lot", benefit="=cheap|er")
    a_case_study("Netflix", industry="media", libraries=["core"], use_case="Recommends films.")


def order(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/case-studies/{query}").content.decode()
    return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]*">([^<]*)<', page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["ant", "Netflix", "Uber"]),
        ("?sort=organisation", ["ant", "Netflix", "Uber"]),
        ("?sort=-organisation", ["Uber", "Netflix", "ant"]),
        ("?sort=since", ["ant", "Uber", "Netflix"]),
        ("?sort=-since", ["Uber", "ant", "Netflix"]),
        ("?sort=-claims", ["Uber", "ant", "Netflix"]),
        ("?sort=-scale", ["ant", "Netflix", "Uber"]),
        ("?sort=use_case", ["ant", "Uber", "Netflix"]),
        ("?sort=nothing", ["ant", "Netflix", "Uber"]),
        ("?industry=media", ["Netflix"]),
        ("?library=core", ["Netflix", "Uber"]),
        ("?verified=on", ["Uber"]),
        ("?q=recommends films", ["Netflix"]),
        ("?q=zebra", []),
    ],
)
def test_the_table_is_narrowed_and_sorted(client, query, found):
    assert order(client, query) == found


def test_headings_say_how_it_is_sorted_and_lead_to_the_other_way(client):
    page = client.get("/case-studies/?sort=since&library=core").content.decode()
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="ascending"><a href="?sort=-since&amp;library=core"' in page
    assert 'href="?sort=-claims&amp;library=core"' in page
    assert "1 of 2" in page
    assert 'name="sort" value="since"' in page  # the filters keep it


def test_what_it_does_not_know_is_said(client):
    page = client.get("/case-studies/?industry=cake").content.decode()
    assert "not narrowed or sorted by it" in page
    assert "Nothing matches" in client.get("/case-studies/?q=zebra").content.decode()


def test_the_selection_as_csv(client):
    answer = client.get("/case-studies.csv?sort=-since&q=it computes")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    assert [row[0] for row in rows] == ["Company", "Uber", "ant"]
    assert rows[1][3:9] == ["Ray Train, Ray Core", "", "", "2022", "1", "2"]
    assert rows[1][9].endswith("/case-studies/uber/")
    assert rows[2][5] == "'=cheap|er"


def test_the_selection_as_markdown(client):
    text = client.get("/case-studies.md?industry=finance").content.decode()
    lines = text.splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("| [ant](http")
    assert lines[2].endswith("| It computes. | Ray Serve | A lot | =cheap\\|er | 2018 | 0 / 0 |")
