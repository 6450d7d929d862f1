"""Protection of entries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.entries.content import read_content
from resources.entries.models import Entry
from resources.history.models import Event, Revision
from resources.moderation.actions import NotAllowed, propose, reopen, submit, withdraw
from resources.moderation.models import Protection
from resources.moderation.protecting import CannotProtect, protect, unprotect
from resources.proposals.models import Proposal
from tests.makers import a_resource

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


def fresh():
    return Entry.objects.get()


def sent(person):
    return submit(read_content(a_entry()) | {"year": 2020}, author=person, entry=a_entry(), base=1)


def a_entry():
    return Entry.objects.get().resource


def test_editors_only_refuses_contributors_with_the_reason(cora, ed, mo):
    entry = a_resource()
    protect(entry, level="editors", reason="Edit war.", until=timezone.now() + TOMORROW, by=mo)
    with pytest.raises(NotAllowed, match=r"Only editors may change this until .*, because: Edit war\."):
        propose(read_content(entry), author=cora, entry=fresh())
    assert isinstance(sent(ed), Revision)


def test_moderators_only_makes_editors_propose(ed, mo):
    entry = a_resource()
    protect(entry, level="moderators", reason="Edit war.", until=None, by=mo)
    assert isinstance(sent(ed), Proposal)
    assert isinstance(sent(mo), Revision)


def test_a_protection_ends_by_itself_or_when_it_is_lifted(cora, mo):
    entry = a_resource()
    protect(entry, level="editors", reason="Edit war.", until=timezone.now() + TOMORROW, by=mo)
    Protection.objects.update(until=timezone.now())
    assert fresh().protection_level == ""
    protect(entry, level="moderators", reason="Again.", until=None, by=mo)
    assert fresh().protection_level == "moderators"
    unprotect(entry, by=mo)
    unprotect(entry, by=mo)
    assert fresh().protection_level == ""
    acts = list(Event.objects.filter(entry=entry).order_by("pk").values_list("act", flat=True))
    assert acts == ["created", "protected", "protected", "unprotected"]
    assert isinstance(propose(read_content(entry), author=cora, entry=entry), Proposal)


def test_who_waits_is_told(cora, mo):
    entry = a_resource()
    propose(read_content(entry) | {"year": 2020}, author=cora, entry=entry)
    protect(entry, level="editors", reason="Edit war.", until=None, by=mo)
    assert cora.notices.filter(act="protected").count() == 1


def test_only_moderators_protect_and_say_why(ed, mo):
    entry = a_resource()
    with pytest.raises(NotAllowed):
        protect(entry, level="editors", reason="Mine.", until=None, by=ed)
    with pytest.raises(NotAllowed):
        unprotect(entry, by=ed)
    with pytest.raises(CannotProtect):
        protect(entry, level="editors", reason="  ", until=None, by=mo)
    with pytest.raises(CannotProtect):
        protect(entry, level="editors", reason="Late.", until=timezone.now() - TOMORROW, by=mo)


def test_what_was_withdrawn_before_the_protection_is_not_reopened_under_it(cora, mo):
    entry = a_resource()
    proposal = withdraw(propose(read_content(entry) | {"summary": "x"}, author=cora, entry=entry), author=cora)
    protect(entry, level="editors", reason="Edit war.", until=None, by=mo)
    with pytest.raises(NotAllowed, match="Edit war"):
        reopen(proposal, by=cora)
