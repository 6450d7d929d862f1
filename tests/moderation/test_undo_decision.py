"""A decision can be taken back for ten minutes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.entries.content import read_content
from resources.history.models import Event
from resources.moderation.actions import NotAllowed
from resources.moderation.deciding import accept, ask_for_changes, reject, undo_decision
from resources.moderation.refusals import NothingLeft, TooLate
from resources.moderation.undoing import CannotTakeBack
from resources.proposals.models import Proposal
from resources.publishing import publish, restore
from tests.makers import a_resource
from tests.moderation.proposing import a_new_one, a_removal, an_edit, fresh

pytestmark = pytest.mark.django_db


def test_an_accepted_edit_is_taken_out_of_what_is_live_now(cora, ed, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="New")
    accept(proposal, moderator=mo, version=1, seen=1)
    publish(read_content(fresh(entry)) | {"language": "Python"}, entry=entry, author=ed)
    undone = undo_decision(proposal, by=mo)
    assert (fresh(entry).title, fresh(entry).language, fresh(entry).revision_number) == ("RayDP", "Python", 4)
    assert entry.revisions.get(number=4).act == "undone"
    assert (undone.state, undone.decided_by, undone.revision, undone.standing) == ("open", None, None, "applies")
    assert undone.waiting_since == proposal.waiting_since
    assert Event.objects.get(act="decision_undone").details == {"undone": "accepted"}
    assert cora.notices.filter(act="proposal_undone").count() == 1
    accept(proposal, moderator=mo, version=1, seen=4)
    assert fresh(entry).title == "New"


def test_a_new_entry_is_removed_and_comes_back_at_its_address(cora, mo):
    proposal = a_new_one(cora)
    entry = accept(proposal, moderator=mo, version=1).entry
    undo_decision(proposal, by=mo)
    assert not fresh(entry).live
    again = accept(proposal, moderator=mo, version=1)
    assert (again.entry_id, again.number, again.act, fresh(entry).live) == (entry.pk, 3, "restored", True)


def test_a_new_entry_that_somebody_restored_is_not_written_over(cora, ed, mo):
    proposal = a_new_one(cora)
    entry = accept(proposal, moderator=mo, version=1).entry
    undo_decision(proposal, by=mo)
    restore(fresh(entry), number=1, author=ed)
    with pytest.raises(NothingLeft):
        accept(proposal, moderator=mo, version=1)


def test_a_removal_is_restored(cora, mo):
    entry = a_resource()
    proposal = a_removal(cora, entry)
    accept(proposal, moderator=mo, version=1, seen=1)
    undo_decision(proposal, by=mo)
    assert fresh(entry).live


def test_what_others_built_on_is_refused_cleanly(cora, ed, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="New")
    accept(proposal, moderator=mo, version=1, seen=1)
    publish(read_content(fresh(entry)) | {"title": "Newer"}, entry=entry, author=ed)
    with pytest.raises(CannotTakeBack):
        undo_decision(proposal, by=mo)
    proposal.refresh_from_db()
    assert (proposal.state, fresh(entry).title) == ("accepted", "Newer")
    made = a_new_one(cora)
    created = accept(made, moderator=mo, version=1).entry
    publish(read_content(fresh(created)) | {"title": "Newer"}, entry=created, author=ed)
    with pytest.raises(CannotTakeBack):
        undo_decision(made, by=mo)


@pytest.mark.parametrize("door", [ask_for_changes, reject])
def test_a_refusal_is_undone(cora, mo, moira, door):
    proposal = an_edit(cora, a_resource(), title="New")
    door(proposal, moderator=mo, version=1, **{"note" if door is ask_for_changes else "reason": "So."})
    for person in (cora,):
        with pytest.raises(NotAllowed):
            undo_decision(proposal, by=person)
    assert undo_decision(proposal, by=moira).state == "open"
    with pytest.raises(TooLate):
        undo_decision(proposal, by=moira)


def test_after_ten_minutes_a_decision_stands(cora, mo):
    proposal = an_edit(cora, a_resource(), title="New")
    accept(proposal, moderator=mo, version=1, seen=1)
    Proposal.objects.update(decided_at=timezone.now() - timedelta(minutes=10, seconds=1))
    with pytest.raises(TooLate):
        undo_decision(proposal, by=mo)
