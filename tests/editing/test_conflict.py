"""The conflict page: shown for what both changed, settled without scripts, in as many rounds as it takes."""

import re

import pytest
from django.test import Client

from resources.entries.content import read_content
from resources.entries.models import Resource, Section
from resources.publishing import publish
from tests.editing.cast import fields_of, signed_in
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

EDIT, PAGE = "/resources/raydp/edit/", "/resources/raydp/edit/conflict/"


@pytest.fixture
def ed():
    return signed_in("editor", "ed")


def fields_in_conflict(page):
    """The hidden fields of the conflict page, and the names of its choices."""
    body = page.partition('edit/conflict/"')[2]
    from html import unescape

    hidden = {
        name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', body)
    }
    return hidden, list(dict.fromkeys(re.findall(r'type="radio" name="([^"]*)"', body)))


def change(entry, **fields):
    entry = type(entry).objects.get(pk=entry.pk)
    publish(read_content(entry) | fields, entry=entry, author=a_person("ada"))


def conflicting(ed, resource, **mine):
    fields = fields_of(ed, EDIT)
    change(resource, summary="Theirs.")
    return ed.post(EDIT, fields | {"summary": "Mine.", "language": "Java", "act": "save"} | mine)


def test_a_conflict_is_shown_and_nothing_is_written(ed):
    resource = a_resource()
    answer = conflicting(ed, resource)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<title>Conflict in RayDP" in page
    assert "ada" in page
    resource.refresh_from_db()
    assert (resource.summary, resource.revision_number) == ("Theirs.", 2)
    draft = a_person("ed").drafts.get()
    assert (draft.fields["summary"], draft.base) == (["Mine."], 1)
    again = ed.get(f"{EDIT}?draft=use").content.decode()
    assert "Mine." in again


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "Mine."), ("theirs", "Theirs."), ("edited", "Ours.")]
)  # fmt: skip
def test_a_conflict_is_settled(ed, choice, stands):
    resource = a_resource()
    hidden, names = fields_in_conflict(conflicting(ed, resource).content.decode())
    [name] = names
    answer = ed.post(PAGE, hidden | {name: choice, f"{name}-edited": "Ours."}, follow=True)
    resource.refresh_from_db()
    assert (resource.summary, resource.language, resource.revision_number) == (stands, "Java", 3)
    assert "merged with one by ada" in answer.content.decode()
    assert resource.revisions.get(number=3).act == "merged"
    assert not a_person("ed").drafts.exists()


def test_paragraphs_that_both_changed_are_asked_one_by_one(ed):
    section = a_section("Tools", introduction="One.\n\nTwo.\n\nThree.")
    fields = fields_of(ed, "/sections/tools/edit/")
    change(section, introduction="One, theirs.\n\nTwo.\n\nThree, theirs.")
    mine = "One, mine.\n\nTwo.\n\nThree, mine."
    page = ed.post("/sections/tools/edit/", fields | {"introduction": mine, "act": "save"}).content.decode()
    hidden, names = fields_in_conflict(page)
    assert len(names) == 2
    ed.post("/sections/tools/edit/conflict/", hidden | {names[0]: "both", names[1]: "theirs"})
    section.refresh_from_db()
    assert section.introduction == "One, mine.\nOne, theirs.\n\nTwo.\n\nThree, theirs."


def test_a_choice_that_is_missing_is_asked_for(ed):
    resource = a_resource()
    hidden, _names = fields_in_conflict(conflicting(ed, resource).content.decode())
    answer = ed.post(PAGE, hidden)
    assert answer.status_code == 409
    assert "Choose at each place" in answer.content.decode()
    assert Resource.objects.get().revision_number == 2


def test_another_round_keeps_the_choices_that_still_hold(ed):
    resource = a_resource()
    page = conflicting(ed, resource, licence="MIT").content.decode()
    hidden, [name] = fields_in_conflict(page)
    change(resource, summary="Theirs again.", licence="Apache-2.0")
    answer = ed.post(PAGE, hidden | {name: "edited", f"{name}-edited": "Ours."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody published again" in page
    hidden, names = fields_in_conflict(page)
    assert len(names) == 2
    assert re.search(rf'name="{name}" value="edited"[^>]* checked', page)
    assert "Ours." in page
    [other] = set(names) - {name}
    ed.post(PAGE, hidden | {name: "edited", f"{name}-edited": "Ours.", other: "mine"})
    resource.refresh_from_db()
    assert (resource.summary, resource.licence, resource.revision_number) == ("Ours.", "MIT", 4)


def test_a_choice_of_theirs_counts_only_for_what_was_seen(ed):
    resource = a_resource()
    hidden, [name] = fields_in_conflict(conflicting(ed, resource).content.decode())
    change(resource, summary="Not seen yet.")
    page = ed.post(PAGE, hidden | {name: "theirs"}).content.decode()
    assert not re.search(rf'name="{name}"[^>]* checked', page)
    assert "seen" in page.partition("Theirs, live now")[2]


def test_a_contributor_proposes_from_the_base_and_is_told(ed):
    resource = a_resource()
    cora = signed_in("contributor", "cora")
    answer = conflicting(cora, resource)
    proposal = a_person("cora").proposals.get()
    assert proposal.base == 1
    assert answer["Location"] == proposal.get_absolute_url()
    assert "brought together" in cora.get(answer["Location"]).content.decode()


def test_who_may_not_and_what_is_not_there(ed, client):
    a_resource()
    a_person("ada")
    assert client.post(PAGE, {"title": "x"}).status_code == 403
    assert ed.get(PAGE)["Location"] == EDIT
    assert ed.post("/resources/nothing/edit/conflict/", {}).status_code == 404
    assert ed.post(PAGE, {"title": ""}).status_code == 422
    assert Client().put(PAGE).status_code == 405


def test_a_parent_and_a_place_are_asked_in_words(ed):
    root = a_section("All")
    first, second = a_section("First", parent=root), a_section("Second", parent=root, position=9)
    section = a_section("Tools", parent=root, position=20)
    fields = fields_of(ed, "/sections/tools/edit/")
    change(section, parent=first.pk, position=5)
    answer = ed.post("/sections/tools/edit/", fields | {"parent": str(second.pk), "act": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Second" in page
    hidden, names = fields_in_conflict(page)
    ed.post("/sections/tools/edit/conflict/", hidden | dict.fromkeys(names, "mine"))
    assert Section.objects.get(pk=section.pk).parent_id == second.pk
