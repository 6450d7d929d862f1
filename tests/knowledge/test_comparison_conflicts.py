"""Two people and one comparison: what merges, what is asked and in which words, and how differences read."""

import re
from html import unescape

import pytest

from resources.entries.content import read_content
from resources.entries.knowledge import Comparison
from resources.publishing import publish, restore
from tests.editing.cast import fields_of, signed_in
from tests.editing.forms import fields_in
from tests.makers import a_comparison, a_person

pytestmark = pytest.mark.django_db

EDIT, PAGE = "/compare/engines/edit/", "/compare/engines/edit/conflict/"


@pytest.fixture
def ed():
    return signed_in("editor", "ed")


@pytest.fixture
def table():
    return a_comparison(cells={"ray/cost": {"text": "Low.", "verdict": "yes"}, "dask/cost": "High."})


def theirs(**fields):
    entry = Comparison.objects.get()
    content = read_content(entry)
    given = {name: rows(content[name]) for name, rows in fields.items()}
    publish(content | given, entry=entry, author=a_person("ada"))


def cell(key, **columns):
    return lambda rows: [row | columns if row["key"] == key else row for row in rows]


def conflict(client, fields, act="save", address=EDIT):
    answer = client.post(address, fields | {"act": act})
    assert answer.status_code == 409
    page = answer.content.decode()
    body = page.partition('edit/conflict/"')[2]
    hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', body)
    radios = list(dict.fromkeys(re.findall(r'type="radio" name="([^"]*)"', body)))
    return re.sub(r"</?(?:ins|del)>", "", page), {name: unescape(value) for name, value in hidden}, radios


def live(key):
    return {row["key"]: row for row in Comparison.objects.get().cells}.get(key)


def test_the_same_cell_names_subject_criterion_and_column(ed, table):
    fields = fields_of(ed, f"{EDIT}?cell=ray/cost")
    theirs(cells=cell("ray/cost", text="Cheap.", verdict="partly"))
    page, hidden, radios = conflict(ed, fields | {"cell:ray/cost-text": "Free.", "cell:ray/cost-verdict": "no"})
    assert "Cells, “Ray · Cost”: text" in page
    assert "Cells, “Ray · Cost”: verdict" in page
    assert len(radios) == 2
    answer = ed.post(PAGE, hidden | {radios[0]: "mine", radios[1]: "theirs"})
    assert answer.status_code == 302
    settled = {live("ray/cost")["text"], live("ray/cost")["verdict"]}
    assert settled in ({"Free.", "partly"}, {"Cheap.", "no"})


def test_a_cell_changed_by_one_and_taken_away_with_its_subject_by_the_other(ed, table):
    fields = fields_of(ed, EDIT)
    theirs(cells=cell("dask/cost", text="Higher.", note="In 2026."))
    page, hidden, radios = conflict(ed, fields | {"subjects-1-drop": "1"})
    assert "Cells, “Dask · Cost”" in page
    assert "(taken away)" in page
    assert "text: Higher." in page
    assert "note: In 2026." in page
    assert ed.post(PAGE, hidden | {radios[0]: "mine"}).status_code == 302
    assert live("dask/cost") is None


def test_two_orders_are_asked_about_by_names(ed):
    names = ("Ray", "Dask", "Spark", "Daft")
    a_comparison(subjects=[{"key": name.lower(), "position": n, "name": name} for n, name in enumerate(names)])
    fields = fields_of(ed, EDIT)
    for place in (0, 1):
        fields = fields_in(ed.post(EDIT, fields | {"act": f"after subjects:{place}"}).content.decode())
    theirs(subjects=lambda rows: [row | {"position": 9} if row["key"] == "ray" else row for row in rows])
    page, hidden, radios = conflict(ed, fields)
    assert "Order of the subjects" in page
    assert "Dask · Spark · Ray · Daft" in page
    assert "Dask · Spark · Daft · Ray" in page
    assert ed.post(PAGE, hidden | {radios[0]: "mine"}).status_code == 302
    rows = sorted(Comparison.objects.get().subjects, key=lambda row: row["position"])
    assert [row["name"] for row in rows] == ["Dask", "Spark", "Ray", "Daft"]


def test_a_criterion_renamed_by_two(ed, table):
    fields = fields_of(ed, EDIT)
    theirs(criteria=lambda rows: [row | {"name": "Price"} if row["key"] == "cost" else row for row in rows])
    page, hidden, radios = conflict(ed, fields | {"criteria-0-name": "Expense"})
    assert "Criteria, “" in page
    assert ed.post(PAGE, hidden | {radios[0]: "edited", f"{radios[0]}-edited": "Cost a month"}).status_code == 302
    assert {row["name"] for row in Comparison.objects.get().criteria} == {"Cost a month", "Speed"}


def test_somebody_publishes_again_while_it_is_settled(ed, table):
    fields = fields_of(ed, f"{EDIT}?cell=ray/cost")
    theirs(cells=cell("ray/cost", text="Cheap."))
    _page, hidden, radios = conflict(ed, fields | {"cell:ray/cost-text": "Free."})
    theirs(cells=cell("ray/cost", text="Dear."))
    again = ed.post(PAGE, hidden | {radios[0]: "mine"})
    assert again.status_code == 409
    assert live("ray/cost")["text"] == "Dear."


def test_differences_name_the_cell_and_an_old_revision_comes_back(ed, table):
    theirs(cells=cell("ray/cost", text="Cheap.", verdict="partly"))
    page = ed.get("/compare/engines/history/1..2/").content.decode()
    assert "<strong>Ray · Cost</strong>" in page
    assert "Dask · Cost" not in page
    restore(table, number=1, author=a_person("ed"))
    assert live("ray/cost")["text"] == "Low."
    assert ed.get("/compare/engines/history/1/").status_code == 200


def test_a_change_says_of_itself_which_cell_it_is(ed, table):
    fields = fields_of(ed, f"{EDIT}?cell=ray/cost")
    ed.post(EDIT, fields | {"cell:ray/cost-text": "Free.", "act": "save"})
    assert Comparison.objects.get().revisions.get(number=2).summary == "Change in the cells: Ray · Cost"
