"""Asking for changes, rejecting, reopening, withdrawing, and claims."""

import pytest

from resources.entries.content import read_content
from resources.history.models import Event
from resources.moderation.actions import NotAllowed, amend, reopen, withdraw
from resources.moderation.deciding import ask_for_changes, claim, reject, release
from resources.moderation.refusals import OwnProposal, ReasonMissing, StaleProposal
from resources.notices.models import Watch
from tests.makers import a_person, a_resource, a_section
from tests.moderation.proposing import a_new_one, an_edit

pytestmark = pytest.mark.django_db


def test_changes_are_asked_for_amended_and_the_asker_is_told(cora, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="New")
    asked = ask_for_changes(proposal, moderator=mo, version=1, note="Shorter, please.")
    assert (asked.state, asked.note) == ("changes_requested", "Shorter, please.")
    assert cora.notices.get(act="proposal_changes_requested").words == "Shorter, please."
    amended = amend(proposal, read_content(entry) | {"title": "N"}, author=cora, summary="Shorter.")
    assert (amended.state, amended.version, amended.title, amended.summary) == ("open", 2, "N", "Shorter.")
    assert amended.waiting_since > proposal.waiting_since
    assert mo.notices.get(act="proposal_amended").proposal == proposal
    assert [version.content["title"] for version in proposal.versions.order_by("number")] == ["New", "N"]


def test_an_amendment_of_an_open_one_keeps_its_place_and_ends_the_claim(cora, mo):
    entry = a_resource()
    proposal = claim(an_edit(cora, entry, title="New"), moderator=mo)
    amended = amend(proposal, read_content(entry) | {"title": "N"}, author=cora)
    assert (amended.waiting_since, amended.claimed_by) == (proposal.waiting_since, None)
    assert mo.notices.filter(act="proposal_amended").count() == 1


@pytest.mark.parametrize("words", ["", "  ", "\u200b"])
def test_a_refusal_needs_a_reason(cora, mo, words):
    proposal = an_edit(cora, a_resource(), title="New")
    with pytest.raises(ReasonMissing):
        reject(proposal, moderator=mo, version=1, reason=words)
    with pytest.raises(ReasonMissing):
        ask_for_changes(proposal, moderator=mo, version=1, note=words)


def test_rejected_and_reopened_by_a_moderator(cora, mo, moira):
    proposal = an_edit(cora, a_resource(), title="New")
    rejected = reject(proposal, moderator=mo, version=1, reason="Not about Ray.")
    assert (rejected.state, rejected.decided_by, rejected.note) == ("rejected", mo, "Not about Ray.")
    assert cora.notices.get(act="proposal_rejected").words == "Not about Ray."
    with pytest.raises(StaleProposal, match="rejected by mo"):
        reject(proposal, moderator=moira, version=1, reason="Not about Ray.")
    with pytest.raises(NotAllowed):
        reopen(proposal, by=cora)
    again = reopen(proposal, by=moira)
    assert (again.state, again.decided_by, again.decided_at, again.note) == ("open", None, None, "")
    assert cora.notices.filter(act="proposal_reopened").count() == 1


def test_withdrawn_and_reopened_by_the_author(cora, mo):
    proposal = an_edit(cora, a_resource(), title="New")
    with pytest.raises(NotAllowed):
        withdraw(proposal, author=mo)
    withdraw(proposal, author=cora)
    with pytest.raises(StaleProposal, match="withdrawn"):
        withdraw(proposal, author=cora)
    with pytest.raises(StaleProposal):
        amend(proposal, proposal.content, author=cora)
    with pytest.raises(NotAllowed):
        reopen(proposal, by=mo)
    assert reopen(proposal, by=cora).state == "open"
    with pytest.raises(StaleProposal):
        reopen(proposal, by=cora)
    acts = Event.objects.filter(proposal=proposal).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["proposed", "withdrawn", "reopened"]


def test_only_the_author_amends_and_only_the_version_they_saw(cora, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="New")
    with pytest.raises(NotAllowed):
        amend(proposal, proposal.content, author=mo)
    amend(proposal, proposal.content | {"title": "N"}, author=cora, version=1)
    with pytest.raises(StaleProposal):
        amend(proposal, proposal.content | {"title": "O"}, author=cora, version=1)
    with pytest.raises(ValueError, match="no such field"):
        amend(proposal, {"colour": "red"}, author=cora, version=2)


@pytest.mark.parametrize("door", [ask_for_changes, reject])
def test_nobody_decides_their_own(mo, door):
    proposal = an_edit(mo, a_resource(), title="New")
    words = {"note" if door is ask_for_changes else "reason": "So."}
    with pytest.raises(OwnProposal):
        door(proposal, moderator=mo, version=1, **words)
    with pytest.raises(OwnProposal):
        claim(proposal, moderator=mo)


def test_a_claim_is_released_by_its_holder_only(cora, mo, moira):
    proposal = claim(an_edit(cora, a_resource(), title="New"), moderator=mo)
    assert release(proposal, moderator=moira).claimed_by == mo
    assert release(proposal, moderator=mo).claimed_by is None
    with pytest.raises(NotAllowed):
        claim(proposal, moderator=a_person("stranger"))


def test_moderators_who_watch_the_section_hear_of_new_proposals(cora, mo, moira):
    section = a_section()
    for person in (mo, cora):
        Watch.objects.create(person=person, entry=section)
    a_new_one(cora, placements=[{"section": section.pk}])
    assert mo.notices.filter(act="proposal_new").count() == 1
    assert not moira.notices.exists()
    assert not cora.notices.exists()
