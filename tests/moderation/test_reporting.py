"""Reports, what becomes of them, and the weight of who reports."""

import pytest

from resources.discussion.models import Post, Thread
from resources.entries.models import Entry
from resources.history.models import Event
from resources.moderation.models import Report
from resources.moderation.refusals import NotAllowed
from resources.moderation.reporting import AlreadyDecided, CannotReport, accuracy_of, dismiss, report, uphold
from tests.makers import a_person, a_resource
from tests.moderation.conftest import somebody

pytestmark = pytest.mark.django_db


def test_every_kind_of_thing_can_be_reported(cora, ed):
    entry = a_resource(author=ed)
    thread = Thread.objects.create(entry=Entry.objects.get(), title="Hello", author=ed)
    post = Post.objects.create(thread=thread, author=ed, text="Buy!")
    for thing in (entry, entry.revisions.get(), post, ed):
        made = report(thing, reporter=cora, reason="spam", words="Advertising.")
        assert made.weight == 1.0
    assert Report.objects.count() == 4
    assert Event.objects.filter(act="reported", actor=cora).count() == 4


def test_a_second_report_of_the_same_is_the_first(cora):
    entry = a_resource()
    assert report(entry, reporter=cora, reason="spam") == report(entry, reporter=cora, reason="wrong")


def test_reporters_are_told_what_became_of_it(cora, ed, mo):
    entry = a_resource()
    both = [report(entry, reporter=person, reason="outdated") for person in (cora, ed)]
    uphold(both, by=mo, note="Thank you, it is repaired.")
    assert [person.notices.get().act for person in (cora, ed)] == ["report_upheld"] * 2
    assert cora.notices.get().words == "Thank you, it is repaired."
    assert Event.objects.get(act="report_upheld").details["reports"] == [one.pk for one in both]


def test_the_weight_grows_with_accuracy(cora, mo):
    weights = []
    for number, decide in enumerate((uphold, uphold, dismiss, dismiss, dismiss)):
        decide([report(a_resource(f"R{number}"), reporter=cora, reason="wrong")], by=mo)
        weights.append(accuracy_of(cora).weight)
    assert weights == [1.33, 1.5, 1.2, 1.0, 0.86]
    assert report(a_resource("Last"), reporter=cora, reason="wrong").weight == 0.86


def test_decided_twice_says_that_somebody_was_faster(cora, mo, moira):
    made = report(a_resource(), reporter=cora, reason="wrong")
    dismiss([made], by=mo)
    with pytest.raises(AlreadyDecided):
        uphold([made], by=moira)
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("dismissed", mo)


def test_who_may_not(cora, mo, ed):
    entry = a_resource(author=cora)
    with pytest.raises(NotAllowed):
        report(entry, reporter=a_person("stranger"), reason="spam")
    for own in (entry.revisions.get(), cora):
        with pytest.raises(CannotReport):
            report(own, reporter=cora, reason="spam")
    made = report(entry, reporter=cora, reason="spam")
    with pytest.raises(NotAllowed):
        uphold([made], by=ed)
    about = report(mo, reporter=cora, reason="abuse")
    with pytest.raises(NotAllowed, match="about you"):
        dismiss([about], by=mo)
    dismiss([about], by=somebody("moira", "moderator"))


def test_two_things_decided_at_once_have_a_line_in_the_log_each(cora, ed, mo):
    first, second = a_resource("One", author=ed), a_resource("Two", author=ed)
    told = [report(entry, reporter=cora, reason="wrong", words="No.") for entry in (first, second)]
    uphold(told, by=mo, note="Repaired.")
    logged = Event.objects.filter(act="report_upheld").order_by("pk")
    assert [event.entry_id for event in logged] == [first.pk, second.pk]
    assert set(cora.notices.filter(act="report_upheld").values_list("entry", flat=True)) == {first.pk, second.pk}
