"""The lists of case studies and claims cost the same for ten rows and for a thousand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.entries.models import Entry
from resources.publishing import Change, publish_many
from tests.makers import a_claim, a_person

PAGES = [
    "/case-studies/", "/case-studies/?sort=-claims&library=core&industry=media&verified=on&q=uses", "/case-studies.csv",
    "/case-studies.md", "/case-studies/claims/", "/case-studies/claims/?need=check&organisation=Company+2",
    "/case-studies/company-1/", "/case-studies/company-1/claims/first/",
]  # fmt: skip
MOST = 9


def _fill(numbers: range) -> None:
    changes = [
        Change(
            {
                "title": f"Company {number} on Ray", "slug": f"company-{number}", "organisation": f"Company {number}",
                "use_case": "It uses Ray.", "industry": "media", "libraries": ["core"],
                "claims": [
                    a_claim("first", source="https://example.org/", state="verified"), a_claim("second", position=20),
                    a_claim("third", position=30, source="https://example.org/"),
                ],
            },
            type=Entry.Type.CASESTUDY,
        )
        for number in numbers
    ]  # fmt: skip
    publish_many(changes, author=a_person(), at=timezone.now() - timedelta(days=1))


def _asked(client: Client) -> dict[str, list[str]]:
    asked = {}
    for address in PAGES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked[address] = [query["sql"] for query in queries]
    return asked


@pytest.mark.django_db
def test_lists_cost_the_same_for_ten_rows_and_a_thousand(client: Client) -> None:
    _fill(range(10))
    _asked(client)
    few = _asked(client)
    _fill(range(10, 1000))
    _asked(client)  # what pages keep between requests is kept again
    many = _asked(client)
    assert [(page, many[page]) for page in PAGES if len(many[page]) != len(few[page])] == []
    assert max(map(len, few.values())) <= MOST, few
