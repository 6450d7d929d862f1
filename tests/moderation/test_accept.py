"""Accepting: what was seen goes live, in its author's name, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.entries.content import read_content
from resources.entries.models import Resource, Section
from resources.history.models import Event
from resources.moderation.actions import NotAllowed, amend, propose, reopen, withdraw
from resources.moderation.deciding import accept, accept_with_changes, claim, reject, undo_decision
from resources.moderation.refusals import (
    Claimed,
    EntryGone,
    NeedsAuthor,
    NotEmpty,
    NothingLeft,
    OwnProposal,
    StaleProposal,
)
from resources.moderation.undoing import CannotTakeBack
from resources.proposals.models import Proposal
from resources.proposals.references import SectionGone, SectionUndecided
from resources.publishing import Taken, publish, remove, restore
from tests.makers import a_resource, a_section
from tests.moderation.conftest import somebody
from tests.moderation.proposing import a_new_one, a_removal, an_edit, fresh

pytestmark = pytest.mark.django_db


def test_an_edit_goes_live_by_its_author_and_the_moderator_is_named(cora, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, summary="Spark on Ray.")
    revision = accept(proposal, moderator=mo, version=1, seen=1, note="Thank you.")
    proposal.refresh_from_db()
    assert fresh(entry).summary == "Spark on Ray."
    assert (revision.number, revision.author, revision.accepted_by) == (2, cora, mo)
    assert (proposal.state, proposal.revision, proposal.decided_by) == ("accepted", revision, mo)
    event = Event.objects.get(act="accepted", proposal=proposal)
    assert (event.actor, event.person, event.details) == (mo, cora, {"version": 1, "revision": 2})
    notice = cora.notices.get(act="proposal_accepted")
    assert (notice.actor, notice.words, notice.revision) == (mo, "Thank you.", revision)
    assert not cora.notices.filter(act="proposal_needs_you").exists()


def test_a_new_entry_and_a_removal(cora, mo):
    made = accept(a_new_one(cora), moderator=mo, version=1).entry
    assert (made.title, made.revision_number) == ("Modin", 1)
    proposal = a_removal(cora, fresh(made))
    accept(proposal, moderator=mo, version=1, seen=1)
    assert not fresh(made).live
    assert fresh(made).revisions.get(number=2).author == cora


@pytest.mark.parametrize("role", ["stranger", "cora", "ed"])
def test_only_moderators_accept(cora, ed, stranger, role):
    proposal = an_edit(cora, a_resource(), title="New")
    with pytest.raises(NotAllowed):
        accept(proposal, moderator={"stranger": stranger, "cora": cora, "ed": ed}[role], version=1, seen=1)
    assert Event.objects.filter(act="accepted").count() == 0


def test_nobody_accepts_their_own(mo, moira):
    proposal = an_edit(mo, a_resource(), title="New")
    with pytest.raises(OwnProposal):
        accept(proposal, moderator=mo, version=1, seen=1)
    assert accept(proposal, moderator=moira, version=1, seen=1).accepted_by == moira


def test_a_blocked_moderator_decides_nothing(cora, mo):
    proposal = an_edit(cora, a_resource(), title="New")
    mo.blocked_until, mo.blocked_reason = timezone.now() + timedelta(days=1), "Account taken over."
    mo.save()
    with pytest.raises(NotAllowed):
        accept(proposal, moderator=mo, version=1, seen=1)


def test_twice_and_after_other_decisions_is_told(cora, mo, moira):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="New")
    accept(proposal, moderator=mo, version=1, seen=1)
    with pytest.raises(StaleProposal, match="accepted by mo"):
        accept(proposal, moderator=moira, version=1, seen=1)
    with pytest.raises(StaleProposal, match="accepted by mo"):
        reject(proposal, moderator=moira, version=1, reason="No.")
    taken_back = an_edit(cora, fresh(entry), title="Newer")
    withdraw(taken_back, author=cora)
    with pytest.raises(StaleProposal, match="withdrawn"):
        accept(taken_back, moderator=mo, version=1, seen=2)


def test_an_amended_proposal_is_looked_at_again(cora, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="New")
    amend(proposal, read_content(entry) | {"title": "Spam"}, author=cora)
    with pytest.raises(StaleProposal, match="amended"):
        accept(proposal, moderator=mo, version=1, seen=1)
    assert fresh(entry).title == "RayDP"


def test_what_is_live_may_move_where_the_change_stays_the_same(cora, ed, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, summary="Spark on Ray.")
    publish(read_content(entry) | {"language": "Python"}, entry=entry, author=ed)
    revision = accept(proposal, moderator=mo, version=1, seen=1)
    assert (fresh(entry).language, fresh(entry).summary, revision.act) == ("Python", "Spark on Ray.", "merged")


def test_a_merge_that_was_not_seen_is_shown_again(cora, ed, mo):
    entry = a_resource(tags=["a"])
    proposal = an_edit(cora, entry, tags=["a", "b"])
    publish(read_content(entry) | {"tags": ["a", "c"]}, entry=entry, author=ed)
    with pytest.raises(StaleProposal, match="edited meanwhile"):
        accept(proposal, moderator=mo, version=1, seen=1)
    accept(proposal, moderator=mo, version=1, seen=2)
    assert fresh(entry).tag_names == ["a", "b", "c"]


def test_a_removal_takes_away_only_what_was_seen(cora, ed, mo):
    entry = a_resource()
    proposal = a_removal(cora, entry)
    publish(read_content(entry) | {"language": "Python"}, entry=entry, author=ed)
    with pytest.raises(StaleProposal):
        accept(proposal, moderator=mo, version=1, seen=1)
    accept(proposal, moderator=mo, version=1, seen=2)
    with pytest.raises(StaleProposal):
        accept(proposal, moderator=mo, version=1, seen=2)
    assert not fresh(entry).live


def test_a_conflict_needs_its_author(cora, ed, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="Mine")
    publish(read_content(entry) | {"title": "Theirs"}, entry=entry, author=ed)
    with pytest.raises(NeedsAuthor):
        accept(proposal, moderator=mo, version=1, seen=2)
    amend(proposal, read_content(fresh(entry)) | {"title": "Both"}, author=cora, base=2)
    proposal.refresh_from_db()
    assert (proposal.standing, proposal.base, proposal.version) == ("applies", 2, 2)
    assert accept(proposal, moderator=mo, version=2, seen=2).content["title"] == "Both"


def test_the_same_change_by_two_leaves_the_queue_with_the_first(cora, mo):
    entry = a_resource()
    first, second = an_edit(cora, entry, title="New"), an_edit(somebody("cy", "contributor"), entry, title="New")
    accept(first, moderator=mo, version=1, seen=1)
    second.refresh_from_db()
    assert (second.state, second.note) == ("withdrawn", "All that it asks for went live as revision 2.")
    with pytest.raises(StaleProposal):
        accept(second, moderator=mo, version=1, seen=2)
    reopened = reopen(second, by=second.author)
    with pytest.raises(NothingLeft):
        accept(reopened, moderator=mo, version=1, seen=2)


def test_what_cannot_go_live_stays_open(cora, mo):
    a_resource("Modin")
    proposal = a_new_one(cora, "Modin", url="https://example.org/other")
    with pytest.raises(Taken):
        accept(proposal, moderator=mo, version=1)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.revision) == ("open", None, None)
    assert Resource.objects.count() == 1


def test_with_changes_keeps_both_names_and_says_what_changed(cora, mo):
    a_resource("Modin")
    proposal = a_new_one(cora, "Modin", url="https://example.org/other")
    content = proposal.content | {"slug": "modin-2", "summary": "Scales pandas over a cluster."}
    revision = accept_with_changes(proposal, content, moderator=mo, version=1, note="I chose another address.")
    assert (revision.author, revision.accepted_by, revision.entry.slug) == (cora, mo, "modin-2")
    versions = proposal.versions.order_by("number")
    assert [(version.number, version.author) for version in versions] == [(1, cora), (2, mo)]
    assert Event.objects.get(act="accepted").details["changed"] == ["slug", "summary"]
    assert not cora.notices.filter(act="proposal_needs_you").exists()


def test_with_changes_settles_a_conflict(cora, ed, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="Mine")
    publish(read_content(entry) | {"title": "Theirs"}, entry=entry, author=ed)
    content = read_content(fresh(entry)) | {"title": "Theirs and mine"}
    publish(read_content(fresh(entry)) | {"title": "Theirs again"}, entry=entry, author=ed)
    with pytest.raises(StaleProposal):
        accept_with_changes(proposal, content, moderator=mo, version=1, seen=2)
    content = read_content(fresh(entry)) | {"title": "Theirs and mine"}
    revision = accept_with_changes(proposal, content, moderator=mo, version=1, seen=3)
    assert (revision.content["title"], revision.author, revision.accepted_by) == ("Theirs and mine", cora, mo)
    assert not cora.notices.filter(act="proposal_needs_you").exclude(revision__number=2).exists()


def test_a_claim_keeps_others_away_for_a_quarter_of_an_hour(cora, mo, moira):
    proposal = an_edit(cora, a_resource(), title="New")
    claim(proposal, moderator=mo)
    with pytest.raises(Claimed, match="mo is looking"):
        accept(proposal, moderator=moira, version=1, seen=1)
    with pytest.raises(Claimed):
        claim(proposal, moderator=moira)
    Proposal.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    accept(proposal, moderator=moira, version=1, seen=1)
    proposal.refresh_from_db()
    assert (proposal.claimed_by, proposal.claimed_until) == (None, None)


def test_siblings_are_rebased_and_show_their_own_change_only(cora, mo):
    entry = a_resource(tags=["a"])
    first, second = (
        an_edit(cora, entry, tags=["a", "b"]),
        an_edit(somebody("cy", "contributor"), entry, tags=["a", "c"]),
    )
    third = an_edit(somebody("di", "contributor"), entry, title="Third")
    accept(first, moderator=mo, version=1, seen=1)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.standing, second.tested_at, third.standing) == ("merges", 2, "applies")
    accept(second, moderator=mo, version=1, seen=2)
    accept(third, moderator=mo, version=1, seen=2)
    assert (fresh(entry).tag_names, fresh(entry).title) == (["a", "b", "c"], "Third")


def test_a_seat_in_a_proposed_section_waits_for_that_section(cora, mo):
    section = propose({"title": "Vision", "slug": "vision"}, author=cora, type="section", summary="New.")
    inside = a_new_one(cora, placements=[{"section": -section.pk}])
    with pytest.raises(SectionUndecided, match="Vision"):
        accept(inside, moderator=mo, version=1)
    made = accept(section, moderator=mo, version=1).entry
    entry = accept(inside, moderator=mo, version=1).entry
    assert [placement.section_id for placement in fresh(entry).placements.all()] == [made.pk]
    with pytest.raises(CannotTakeBack, match="entries in it"):
        undo_decision(section, by=mo)


def test_an_entry_that_was_removed_is_restored_first(cora, ed, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="New")
    remove(entry, author=ed, reason="Gone.")
    with pytest.raises(EntryGone):
        accept(proposal, moderator=mo, version=1, seen=2)
    restore(entry, number=1, author=ed)
    accept(proposal, moderator=mo, version=1, seen=3)
    assert fresh(entry).title == "New"


def test_a_section_with_entries_in_it_stays(cora, mo):
    section = a_section()
    a_resource(sections=(section,))
    with pytest.raises(NotEmpty):
        accept(a_removal(cora, section), moderator=mo, version=1, seen=1)
    assert Section.objects.live().count() == 1


def test_nothing_is_accepted_into_a_section_that_was_removed(cora, mo):
    papers, tools = a_section("Papers"), a_section("Tools")
    seats = [{"section": papers.pk, "position": 1}]
    seated = a_new_one(cora, placements=seats)
    hung = propose({"title": "Old", "slug": "old", "parent": papers.pk}, type="section", author=cora, summary="s")
    moved = an_edit(cora, tools, parent=papers.pk)
    remove(papers, author=mo, reason="Empty.")
    for proposal in (seated, hung, moved):
        with pytest.raises(SectionGone, match="choose another"):
            accept(proposal, moderator=mo, version=1, seen=proposal.base)
    content = seated.content | {"placements": [*seats, {"section": tools.pk, "position": 1}]}
    assert accept_with_changes(seated, content, moderator=mo, version=1).number == 1
