"""The form of a comparison: its edges, its cells, one cell alone, and tables of the largest size."""

import pytest
from django.conf import settings

from resources.entries.content import read_content
from resources.entries.knowledge import Comparison
from resources.entries.row_checking import MOST_CRITERIA, MOST_SUBJECTS
from resources.proposals.models import Proposal
from resources.publishing import publish
from tests.editing.cast import fields_of, signed_in
from tests.editing.forms import fields_in
from tests.makers import a_comparison, a_person, a_resource

pytestmark = pytest.mark.django_db

EDIT = "/compare/engines/edit/"


@pytest.fixture
def ed():
    return signed_in("editor", "ed")


@pytest.fixture
def table():
    return a_comparison(cells={"ray/cost": "Low.", "dask/cost": {"text": "High.", "verdict": "no"}})


def live():
    return Comparison.objects.get()


def cells():
    return {row["key"]: row["text"] for row in live().cells}


def names(rows):
    return [row["name"] for row in sorted(rows, key=lambda row: row["position"])]


def send(client, fields, address=EDIT, act="save"):
    return client.post(address, fields | {"act": act})


def acted(client, fields, act, address=EDIT):
    """The form again, after one of its buttons."""
    answer = send(client, fields, address, act)
    assert answer.status_code == 200
    return fields_in(answer.content.decode())


def test_a_form_that_nobody_touched_changes_nothing(ed, table):
    assert send(ed, fields_of(ed, EDIT)).status_code == 302
    assert live().revision_number == 1


def test_a_table_is_begun_without_scripts(ed):
    resource = a_resource("Dask", url="https://example.org/dask")
    fields = fields_of(ed, "/compare/new/") | {"title": "Engines", "subjects-0-name": "Ray", "criteria-0-name": "Cost"}
    fields |= {"subjects-1-name": "Dask", "subjects-1-resource": "dask", "criteria-0-help": "for a month"}
    fields = acted(ed, fields, "cells", "/compare/new/")
    assert (fields["title"], fields["subjects-1-key"]) == ("Engines", "dask")
    fields |= {"cell:ray/cost-text": "Low.", "cell:dask/cost-verdict": "no"}
    assert send(ed, fields, "/compare/new/").status_code == 302
    assert [row["resource"] for row in live().subjects] == [resource.pk, None]
    assert live().criteria == [{"key": "cost", "position": 10, "name": "Cost", "help": "for a month"}]
    assert {row["key"]: (row["text"], row["verdict"]) for row in live().cells} == {
        "ray/cost": ("Low.", ""), "dask/cost": ("", "no"),
    }  # fmt: skip


def test_rows_move_and_nothing_typed_is_lost(ed, table):
    fields = fields_of(ed, EDIT) | {"summary": "Typed.", "cell:ray/speed-text": "Fast."}
    fields = acted(ed, fields, "after subjects:0")
    fields = acted(ed, fields, "before criteria:1")
    assert (fields["summary"], fields["cell:ray/speed-text"]) == ("Typed.", "Fast.")
    send(ed, fields)
    assert (names(live().subjects), names(live().criteria)) == (["Dask", "Ray"], ["Speed", "Cost"])
    assert cells() == {"ray/cost": "Low.", "dask/cost": "High.", "ray/speed": "Fast."}
    assert live().summary == "Typed."


def test_a_row_is_added_renamed_and_keeps_its_key(ed, table):
    fields = acted(ed, fields_of(ed, EDIT), "more subjects")
    fields |= {"subjects-2-name": "Ray", "subjects-0-name": "Ray Data"}
    fields = acted(ed, fields, "cells")
    assert fields["subjects-2-key"] not in {"", "ray"}
    new = fields["subjects-2-key"]
    send(ed, fields | {f"cell:{new}/cost-text": "None."})
    assert names(live().subjects) == ["Ray Data", "Dask", "Ray"]
    assert {row["name"]: row["key"] for row in live().subjects}["Ray Data"] == "ray"
    assert cells()[f"{new}/cost"] == "None."


def test_a_subject_is_taken_away_with_its_cells_or_kept_after_all(ed, table):
    fields = acted(ed, fields_of(ed, EDIT), "drop subjects:1")
    assert "cell:dask/cost-text" not in fields
    kept = acted(ed, fields, "keep subjects:1")
    assert kept["cell:dask/cost-text"] == "High."
    send(ed, fields)
    assert (names(live().subjects), cells()) == (["Ray"], {"ray/cost": "Low."})


def test_what_others_added_meanwhile_stays(ed, table):
    fields = fields_of(ed, EDIT)
    content = read_content(table)
    more = {"key": "spark", "position": 9, "name": "Spark", "resource": None}
    publish(content | {"subjects": [*content["subjects"], more]}, entry=table, author=a_person("ada"))
    assert send(ed, acted(ed, fields | {"cell:ray/cost-text": "Free."}, "after subjects:0")).status_code == 302
    assert set(names(live().subjects)) == {"Ray", "Dask", "Spark"}
    assert cells()["ray/cost"] == "Free."


def test_one_cell_alone_is_edited_and_merges_with_another(ed, table):
    fields = fields_of(ed, f"{EDIT}?cell=ray/cost")
    assert [name for name in fields if name.startswith("cell:")] == [
        f"cell:ray/cost-{column}" for column in ("verdict", "text", "note", "source")
    ]
    assert "title" not in fields
    ada = signed_in("editor", "ada")
    other = fields_of(ada, f"{EDIT}?criterion=cost")
    assert sum(name.endswith("-text") for name in other) == 2
    assert send(ada, other | {"cell:dask/cost-text": "Higher."}).status_code == 302
    assert send(ed, fields | {"cell:ray/cost-text": "Free.", "cell:ray/cost-verdict": "yes"}).status_code == 302
    assert cells() == {"ray/cost": "Free.", "dask/cost": "Higher."}
    assert live().revisions.get(number=3).act == "merged"


def test_a_cell_that_is_not_there_opens_the_whole_form(ed, table):
    for query in ("?cell=none/cost", "?criterion=none", "?cell=ray"):
        assert "title" in fields_of(ed, EDIT + query)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"cell:ray/cost-source": "javascript:x"}, 'id="id_cell:ray/cost-source_error"'),
        ({"cell:ray/cost-verdict": "maybe"}, 'id="id_cell:ray/cost-verdict_error"'),
        ({"cell:ray/cost-text": "x" * 4001}, 'id="id_cell:ray/cost-text_error"'),
        ({"subjects-0-name": ""}, 'id="id_subjects-0-name_error"'),
        ({"subjects-0-name": "dask"}, "This name is there twice"),
        ({"subjects-0-resource": "Nobody"}, "No resource is called so"),
        ({"criteria-0-name": "x" * 301}, 'id="id_criteria-0-name_error"'),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(ed, table, typed, says):
    answer = send(ed, fields_of(ed, EDIT) | typed | {"summary": "Typed."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Typed." in page
    assert live().revision_number == 1


def test_a_cell_is_emptied(ed, table):
    send(ed, fields_of(ed, EDIT) | {"cell:ray/cost-text": ""})
    assert cells() == {"dask/cost": "High."}


def test_the_largest_table_is_edited_criterion_by_criterion(ed):
    subjects = [{"key": f"s{n}", "position": n, "name": f"Subject {n}"} for n in range(MOST_SUBJECTS)]
    criteria = [{"key": f"c{n}", "position": n, "name": f"Criterion {n}"} for n in range(MOST_CRITERIA)]
    given = {f"s{s}/c{c}": f"{s}{c}" for s in range(MOST_SUBJECTS) for c in range(MOST_CRITERIA)}
    a_comparison(subjects=subjects, criteria=criteria, cells=given)
    fields = fields_of(ed, EDIT)
    assert "cell:s0/c0-text" not in fields
    fields = acted(ed, fields, "open c0") | {"cell:s0/c0-text": "First."}
    fields = acted(ed, fields, "open c59")
    assert fields["cell:s0/c0-text"] == "First."
    assert "cell:s1/c0-text" not in fields
    assert len(fields) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    send(ed, fields | {"cell:s19/c59-text": "Last."})
    assert (cells()["s0/c0"], cells()["s19/c59"], cells()["s1/c0"]) == ("First.", "Last.", "10")
    assert len(cells()) == MOST_SUBJECTS * MOST_CRITERIA


def test_a_contributor_proposes_and_the_proposal_shows_the_table(table):
    cora, mo = signed_in("contributor", "cora"), signed_in("moderator", "mo")
    fields = fields_of(cora, f"{EDIT}?cell=ray/cost")
    assert send(cora, fields | {"cell:ray/cost-text": "Free of charge."}).status_code == 302
    proposal = Proposal.objects.get()
    page = mo.get(proposal.get_absolute_url()).content.decode()
    assert "Ray · Cost" in page
    assert 'class="versus-table"' in page
    amended = fields_of(cora, f"/proposals/{proposal.pk}/amend/")
    assert amended["cell:ray/cost-text"] == "Free of charge."
    assert cells()["ray/cost"] == "Low."


def test_the_preview_draws_the_table(ed, table):
    fields = fields_of(ed, EDIT) | {"cell:ray/speed-text": "**Fast**", "cell:ray/speed-source": "nonsense"}
    page = ed.post("/preview/", fields).content.decode()
    assert 'class="versus-table"' in page
    one = fields_of(ed, f"{EDIT}?cell=ray/cost") | {"cell:ray/cost-text": "**Free**"}
    assert "<strong>Free</strong>" in ed.post("/preview/", one).content.decode()


def test_those_who_may_not_edit_are_turned_away(table, client):
    assert client.get(f"{EDIT}?cell=ray/cost").status_code in {302, 403}
    reader = signed_in("reader", "rita")
    assert reader.post(EDIT, {"cell:ray/cost-text": "Mine.", "act": "save"}).status_code in {302, 403}
    assert cells()["ray/cost"] == "Low."
