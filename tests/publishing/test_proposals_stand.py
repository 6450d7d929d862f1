"""How an open proposal stands when its entry changes, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import give_role
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.history.models import Event
from resources.moderation.actions import NotAllowed, propose, submit
from resources.proposals.models import Proposal
from resources.publishing import publish, remove
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora():
    person = a_person("cora")
    give_role(person, "contributor")
    return person


def proposed(person, entry, **fields):
    return propose(read_content(entry) | fields, author=person, entry=entry, base=entry.revision_number, summary="Why.")


@pytest.mark.parametrize(
    ("theirs", "word", "told"),
    [
        ({"title": "RayDP 2"}, "applies", 0),
        ({"tags": ["spark"]}, "merges", 0),
        ({"summary": "Another sentence."}, "needs_you", 1),
    ],
)
def test_a_proposal_is_tested_when_its_entry_changes(cora, theirs, word, told):
    entry = a_resource()
    proposal = proposed(cora, entry, summary="Spark on Ray.", tags=["etl"])
    publish(read_content(entry) | theirs, entry=entry, author=a_person("ed"))
    proposal.refresh_from_db()
    assert (proposal.standing, proposal.tested_at) == (word, 2)
    assert cora.notices.filter(act="proposal_needs_you", proposal=proposal).count() == told


def test_a_reader_may_not_propose_and_a_contributor_does_not_publish(cora):
    entry = a_resource()
    with pytest.raises(NotAllowed):
        proposed(a_person("stranger"), entry)
    sent = submit(read_content(entry) | {"title": "New"}, author=cora, entry=entry, base=1)
    assert isinstance(sent, Proposal)
    assert Resource.objects.get().title == "RayDP"
    assert Event.objects.filter(act="proposed", proposal=sent, actor=cora).count() == 1


def test_the_database_refuses_illegal_moves_and_half_decisions(cora):
    proposal = proposed(cora, a_resource())
    Proposal.objects.filter(pk=proposal.pk).update(state="withdrawn")
    for wrong in (
        {"state": "accepted"},
        {"state": "rejected", "decided_by": cora.pk},
        {"state": "changes_requested", "note": "Why?"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**wrong)
    assert Proposal.objects.filter(pk=proposal.pk).update(state="open") == 1


def test_what_is_live_already_leaves_the_queue_and_its_author_is_told(cora):
    entry = a_resource()
    proposal, other = proposed(cora, entry, summary="Spark on Ray."), proposed(cora, entry, title="RayDP 2")
    ed = a_person("ed", role="editor")
    publish(read_content(entry) | {"summary": "Spark on Ray."}, entry=entry, author=ed)
    proposal.refresh_from_db()
    other.refresh_from_db()
    assert (proposal.state, other.state) == ("withdrawn", "open")
    assert "revision 2" in proposal.note
    assert proposal.events.filter(act="superseded", actor=ed).count() == 1
    assert cora.notices.filter(act="proposal_superseded", proposal=proposal).count() == 1


def test_a_removal_that_somebody_else_made_is_asked_for_no_more(cora):
    entry = a_resource()
    proposal = propose(read_content(entry), author=cora, entry=entry, base=1, summary="Gone.", remove_it=True)
    remove(entry, author=a_person("ed", role="editor"), reason="Gone.")
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
