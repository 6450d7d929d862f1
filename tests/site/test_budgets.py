"""The same number of queries for ten rows and for a thousand, on every list page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.entries.models import Entry, Section
from resources.publishing import Change, publish_many
from tests.makers import a_person, a_section

PAGES = [
    "/", "/resources/", "/resources/?kind=library&tag=even&q=resource", "/tags/", "/tags/even/", "/changes/", "/compare/",
    "/people/", "/people/ada/",
    "/search/?q=resource", "/search/?q=resource+tag:even+kind:library",
    "/sections/libraries/", "/sections/all/", "/resources/resource-1/", "/releases/",
]  # fmt: skip
MOST = 12


def _fill(section: Section, numbers: range) -> None:
    names = ("ada", "bob", "cleo")
    for turn, name in enumerate(names):
        changes = [
            Change(
                {
                    "title": f"Resource {number}", "slug": f"resource-{number}", "summary": "One sentence.",
                    "url": f"https://example.org/{number}", "kind": "library", "libraries": ["core"],
                    "tags": ["even" if number % 2 else "odd", f"tag {number % 40}"],
                    "placements": [{"section": section.pk, "position": number}],
                },
                type=Entry.Type.RESOURCE,
            )
            for number in numbers[turn :: len(names)]
        ]  # fmt: skip
        publish_many(changes, author=a_person(name))


def _counts(client: Client) -> dict[str, int]:
    counts = {}
    for address in PAGES:
        client.get(address)  # what is related is kept for a while
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts[address] = len(queries)
    return counts


@pytest.mark.django_db
def test_lists_cost_the_same_for_ten_rows_and_a_thousand(client: Client) -> None:
    libraries = a_section("Libraries", parent=a_section("All"))
    _fill(libraries, range(10))
    few = _counts(client)
    _fill(libraries, range(10, 1000))
    assert _counts(client) == few
    assert max(few.values()) <= MOST, few


@pytest.mark.django_db
def test_history_costs_the_same_for_few_revisions_and_many(client: Client) -> None:
    section = a_section("Libraries")
    counts = []
    for numbers in (range(3), range(3, 60)):
        for number in numbers:
            entry = Section.objects.get(pk=section.pk)
            content = {"title": "Libraries", "slug": "libraries", "introduction": f"Version {number}."}
            publish_many([Change(content, entry)], author=a_person("ada" if number % 2 else "bob"))
        with CaptureQueriesContext(connection) as queries:
            client.get("/sections/libraries/history/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
