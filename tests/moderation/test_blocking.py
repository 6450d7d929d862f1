"""Blocks: who may, what they do, and how they end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.entries.content import read_content
from resources.history.models import Event
from resources.moderation.actions import NotAllowed, propose, reopen, submit, withdraw
from resources.moderation.blocking import FOR_GOOD, CannotBlock, block, unblock
from resources.moderation.reporting import report
from tests.makers import a_person, a_resource
from tests.moderation.conftest import somebody

pytestmark = pytest.mark.django_db


def in_days(days):
    return timezone.now() + timedelta(days=days)


def test_a_blocked_person_writes_nothing_and_reads_why(cora, mo):
    entry = a_resource()
    block(cora, until=in_days(3), reason="Advertising.", by=mo)
    cora.refresh_from_db()
    for act in (
        lambda: propose(read_content(entry), author=cora, entry=entry),
        lambda: submit(read_content(entry), author=cora, entry=entry),
    ):
        with pytest.raises(NotAllowed, match=r"because: Advertising\. You can answer on your page"):
            act()
    with pytest.raises(NotAllowed):
        report(entry, reporter=cora, reason="spam")
    event = Event.objects.get(act="blocked")
    assert (event.actor, event.person, event.why) == (mo, cora, "Advertising.")
    assert cora.notices.get().act == "blocked"


def test_a_block_ends_by_itself_or_when_it_is_lifted(cora, mo):
    block(cora, until=in_days(3), reason="Advertising.", by=mo)
    assert cora.is_blocked
    type(cora).objects.filter(pk=cora.pk).update(blocked_until=timezone.now())
    cora.refresh_from_db()
    assert not cora.is_blocked
    block(cora, until=FOR_GOOD, reason="Advertising again.", by=mo)
    unblock(cora, by=mo)
    assert not cora.is_blocked
    unblock(cora, by=mo)
    assert Event.objects.filter(act="unblocked").count() == 1


def test_a_second_block_replaces_the_first(cora, mo, moira):
    block(cora, until=in_days(3), reason="Advertising.", by=mo)
    block(cora, until=in_days(9), reason="More of it.", by=moira)
    cora.refresh_from_db()
    assert cora.blocked_reason == "More of it."
    assert cora.blocked_until > in_days(8)


def test_nobody_blocks_themselves_or_an_administrator(mo):
    admin = somebody("ann", "administrator")
    for by, whom in ((mo, mo), (mo, admin), (admin, admin)):
        with pytest.raises(NotAllowed):
            block(whom, until=in_days(1), reason="Why not.", by=by)
    block(mo, until=in_days(1), reason="A pause.", by=admin)


@pytest.mark.parametrize("role", ["reader", "contributor", "editor"])
def test_only_moderators_block(cora, role):
    with pytest.raises(NotAllowed):
        block(cora, until=in_days(1), reason="Why not.", by=somebody("x", role))
    with pytest.raises(NotAllowed):
        unblock(cora, by=a_person("x"))


def test_a_block_without_a_reason_or_in_the_past_is_refused(cora, mo):
    with pytest.raises(CannotBlock):
        block(cora, until=in_days(1), reason=" ", by=mo)
    with pytest.raises(CannotBlock):
        block(cora, until=in_days(-1), reason="Late.", by=mo)


def test_a_blocked_person_reopens_nothing_and_leaves_the_profile_as_it_is(client, cora, mo):
    entry = a_resource()
    proposal = withdraw(propose(read_content(entry) | {"summary": "x"}, author=cora, entry=entry), author=cora)
    block(cora, until=in_days(3), reason="Advertising.", by=mo)
    cora.refresh_from_db()
    with pytest.raises(NotAllowed, match="Advertising"):
        reopen(proposal, by=cora)
    client.force_login(cora)
    answer = client.post("/accounts/", {"display_name": "Cora", "bio": "Buy this.", "links": "https://spam.example"})
    assert b"You are blocked for now" in answer.content
    cora.refresh_from_db()
    assert (cora.display_name, cora.bio, cora.links) == ("", "", [])
