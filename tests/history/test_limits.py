"""How much one person may do in an hour."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import give_role
from resources.entries.content import read_content
from resources.entries.models import Entry
from resources.history.limits import MOST, NEW, NEW_FOR, TooFast, keep_pace, most_for
from resources.moderation.actions import amend, propose, reopen, submit, withdraw
from resources.moderation.batches import Asked, propose_many
from resources.moderation.reporting import report
from resources.proposals.models import Proposal
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_a_hurry(settings):
    settings.RATE_LIMITS = True


def somebody(role, *, new=False):
    person = a_person(role)
    give_role(person, role)
    joined = timezone.now() - (timedelta(0) if new else 2 * NEW_FOR)
    User.objects.filter(pk=person.pk).update(joined_at=joined)
    return User.objects.get(pk=person.pk)


def a_crowd(number):
    """So many rows with a moment of now."""
    User.objects.bulk_create(User(name=f"p{one}", email=f"p{one}@example.org") for one in range(number))


def test_the_table_grows_with_the_role():
    numbers = [most_for(somebody("contributor", new=new), "propose") for new in (True, False)]
    numbers += [most_for(somebody(role), "propose") for role in ("editor", "moderator")]
    assert numbers == [10, 40, 120, 600]
    assert most_for(somebody("administrator"), "propose") is None


def test_one_more_than_the_most_is_refused_and_says_when():
    cora = somebody("contributor", new=True)
    entry = a_resource()
    for number in range(MOST["propose"][NEW]):
        propose(read_content(entry) | {"year": 2000 + number}, author=cora, entry=entry)
    with pytest.raises(TooFast, match="try again at") as refused:
        submit(read_content(entry), author=cora, entry=entry)
    assert timezone.now() < refused.value.again < timezone.now() + timedelta(minutes=61)
    assert refused.value.status == 429
    assert Proposal.objects.count() == MOST["propose"][NEW]
    more = Asked(read_content(entry), "resource", cora, "Imported.", Entry.objects.get(pk=entry.pk))
    assert len(propose_many([more], batch="an import")) == 1


def test_editors_and_reporters_are_held_too(monkeypatch):
    ed = somebody("editor")
    monkeypatch.setitem(MOST, "publish", {"editor": 1})
    monkeypatch.setitem(MOST, "report", {"editor": 1})
    entry = a_resource()
    submit(read_content(entry) | {"year": 2000}, author=ed, entry=entry)
    with pytest.raises(TooFast):
        submit(read_content(entry) | {"year": 2001}, author=ed, entry=entry)
    report(entry, reporter=ed, reason="wrong")
    with pytest.raises(TooFast):
        report(a_resource("Other"), reporter=ed, reason="wrong")


def test_other_rows_than_events_are_counted_by_their_moment():
    cora = somebody("contributor")
    done = User.objects.filter(pk=cora.pk)
    keep_pace(cora, "post", done=done, moment="joined_at")
    a_crowd(MOST["post"]["contributor"])
    with pytest.raises(TooFast):
        keep_pace(cora, "post", done=User.objects.all(), moment="joined_at")


def test_the_switch_turns_all_of_it_off(settings):
    settings.RATE_LIMITS = False
    cora = somebody("contributor")
    a_crowd(MOST["post"]["contributor"] + 1)
    keep_pace(cora, "post", done=User.objects.all(), moment="joined_at")


def test_who_amends_without_end_is_held_and_so_is_who_reopens(monkeypatch):
    cora, entry = somebody("contributor"), a_resource()
    monkeypatch.setitem(MOST, "amend", {"contributor": 2})
    first = propose(read_content(entry) | {"year": 2001}, author=cora, entry=entry)
    second = propose(read_content(entry) | {"year": 2002}, author=cora, entry=entry)
    amend(first, first.content | {"year": 2003}, author=cora)
    reopen(withdraw(second, author=cora), by=cora)
    for act in (
        lambda: amend(first, first.content | {"year": 2004}, author=cora),
        lambda: reopen(withdraw(second, author=cora), by=cora),
    ):
        with pytest.raises(TooFast):
            act()
    first.refresh_from_db()
    assert first.content["year"] == 2003
