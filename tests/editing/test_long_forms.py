"""Forms of many rows: taken whole, at the same cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.editing.cast import fields_of, signed_in
from tests.makers import a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def ed():
    return signed_in("editor", "ed")


def test_the_form_costs_the_same_for_ten_lines_in_a_section_and_for_a_hundred(ed):
    tools = a_section("Tools")
    counts = []
    for numbers in (range(10), range(10, 100)):
        for number in numbers:
            a_resource(f"R {number}", sections=(tools,))
        ed.get("/resources/r-1/edit/")  # what is kept for a minute is made anew after a publication
        with CaptureQueriesContext(connection) as queries:
            ed.get("/resources/r-1/edit/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 30, counts


def test_a_number_of_rows_that_no_browser_sends_is_as_many_as_a_form_takes(ed):
    fields = fields_of(ed, a_resource().get_absolute_url() + "edit/")
    assert ed.post("/resources/raydp/edit/", fields | {"placements-count": "9" * 5000}).status_code == 302


def test_a_form_of_two_hundred_rows_is_taken(ed):
    fields = fields_of(ed, a_resource().get_absolute_url() + "edit/")
    fields |= {
        f"placements-{row}-{name}": "" for row in range(200) for name in ("was", "section", "where", "lead", "url")
    }
    assert ed.post("/resources/raydp/edit/", fields | {"placements-count": "1"}).status_code == 302
