"""One old change taken out, and a person's latest edits rolled back."""

import pytest

from accounts.roles import give_role
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.history.models import Event
from resources.moderation.actions import NotAllowed
from resources.moderation.taking_back import CannotUndo, roll_back, undo
from resources.publishing import StaleRead, publish, remove, restore
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def ed():
    person = a_person("ed")
    give_role(person, "editor")
    return person


def edited(entry, person, **fields):
    """The entry after an edit by this person."""
    entry = Resource.objects.get(pk=entry.pk)
    publish(read_content(entry) | fields, entry=entry, author=person)
    return Resource.objects.get(pk=entry.pk)


def revision(entry, number):
    return entry.revisions.get(number=number)


def test_an_old_change_comes_out_and_the_newer_ones_stay(ed):
    entry = edited(a_resource(), a_person("van"), summary="Buy now!")
    entry = edited(entry, a_person("cora"), tags=["spark"], year=2021)
    taken = undo(revision(entry, 2), by=ed, reason="Advertising.")
    entry = Resource.objects.get()
    assert (entry.summary, entry.tag_names, entry.year) == ("RayDP in one sentence.", ["spark"], 2021)
    assert (taken.number, taken.act, taken.author) == (4, "undone", ed)
    assert taken.summary == "Undo revision 2 by van: Advertising."
    event = Event.objects.latest("pk")
    assert (event.act, event.details) == ("undone", {"undone": [2], "of": "van", "revision": 4})


def test_what_was_built_upon_is_refused_and_names_who_and_where(ed):
    entry = edited(a_resource(), a_person("van"), summary="Buy now!")
    entry = edited(entry, a_person("cora"), summary="Buy tomorrow!")
    with pytest.raises(CannotUndo, match=r"summary.*cora"):
        undo(revision(entry, 2), by=ed)
    assert Resource.objects.get().revision_number == 3


def test_twice_says_that_nothing_is_left(ed):
    entry = edited(a_resource(), a_person("van"), summary="Buy now!")
    undo(revision(entry, 2), by=ed)
    with pytest.raises(CannotUndo, match="nothing to take back"):
        undo(revision(entry, 2), by=ed)


def test_an_undo_can_be_undone(ed):
    entry = edited(a_resource(), a_person("van"), summary="Better words.")
    undo(revision(entry, 2), by=ed)
    undo(revision(entry, 3), by=ed)
    assert Resource.objects.get().summary == "Better words."


def test_undoing_a_beginning_removes_and_undoing_that_restores(ed):
    entry = a_resource(author=a_person("van"))
    assert undo(revision(entry, 1), by=ed).act == "removed"
    assert not Resource.objects.get().live
    assert undo(revision(entry, 2), by=ed).act == "restored"
    assert Resource.objects.get().live


def test_undoing_a_restoration_removes_again(ed):
    entry = a_resource()
    remove(entry, author=ed, reason="Gone.")
    restore(entry, number=1, author=a_person("van"))
    undo(revision(entry, 3), by=ed)
    assert not Resource.objects.get().live


def test_a_beginning_that_others_built_upon_stays(ed):
    entry = edited(a_resource(author=a_person("van")), a_person("cora"), tags=["spark"])
    with pytest.raises(CannotUndo, match="cora"):
        undo(revision(entry, 1), by=ed)


def test_a_section_with_entries_in_it_stays(ed):
    section = a_section(author=a_person("van"))
    a_resource(sections=(section,))
    with pytest.raises(CannotUndo, match="Move them away"):
        undo(revision(section, 1), by=ed)


def test_a_removed_entry_is_restored_first(ed):
    entry = edited(a_resource(), a_person("van"), summary="Buy now!")
    remove(entry, author=ed, reason="Gone.")
    with pytest.raises(CannotUndo, match="Restore it first"):
        undo(revision(entry, 2), by=ed)


def test_a_roll_back_returns_to_the_last_other_author(ed):
    entry = edited(a_resource(), a_person("cora"), tags=["spark"])
    for number in range(3):
        entry = edited(entry, a_person("van"), summary=f"Spoilt {number}.", slug=f"spoilt-{number}")
    taken = roll_back(entry, a_person("van"), by=ed, reason="Vandalism.")
    entry = Resource.objects.get()
    assert (entry.summary, entry.slug, entry.tag_names) == ("RayDP in one sentence.", "raydp", ["spark"])
    assert (taken.number, taken.act) == (6, "undone")


def test_a_roll_back_of_a_removal_restores(ed):
    entry = a_resource()
    remove(entry, author=a_person("van"), reason="Ha!")
    assert roll_back(entry, a_person("van"), by=ed).act == "restored"
    assert Resource.objects.get().live


def test_a_roll_back_without_another_author_removes(ed):
    entry = edited(a_resource(author=a_person("van")), a_person("van"), summary="More spam.")
    assert roll_back(entry, a_person("van"), by=ed).act == "removed"
    with pytest.raises(CannotUndo, match="not by van any more"):
        roll_back(entry, a_person("van"), by=ed)


def test_edits_that_are_no_longer_on_top_are_not_rolled_back(ed):
    entry = edited(edited(a_resource(), a_person("van"), summary="Spoilt."), a_person("cora"), tags=["spark"])
    with pytest.raises(CannotUndo, match="not by van any more"):
        roll_back(entry, a_person("van"), by=ed)


def test_who_saw_an_older_page_is_told(ed):
    entry = edited(a_resource(), a_person("van"), summary="Spoilt.")
    edited(entry, a_person("van"), year=2020)
    with pytest.raises(StaleRead, match="since you looked"):
        undo(revision(entry, 2), by=ed, live=2)
    with pytest.raises(StaleRead):
        roll_back(entry, a_person("van"), by=ed, live=2)


@pytest.mark.parametrize("role", ["reader", "contributor"])
def test_only_editors_take_back(role):
    entry = edited(a_resource(), a_person("van"), summary="Spoilt.")
    person = a_person("cora")
    give_role(person, role)
    with pytest.raises(NotAllowed):
        undo(revision(entry, 2), by=person)
    with pytest.raises(NotAllowed):
        roll_back(entry, a_person("van"), by=person)
