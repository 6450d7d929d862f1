"""What visits told is kept: how a link stands, and its history in runs of the same answer."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from resources.fetching.visits import Cause, HostMemory, Verdict, Visit
from resources.links.models import Check, Link
from resources.links.recording import LONGEST_HISTORY, record, remember, tally
from tests.makers import a_guide, a_resource

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)


def visit(days: float = 0, verdict: Verdict = Verdict.OK, cause: Cause = Cause.FOUND, **told) -> Visit:
    return Visit("https://example.org/raydp", verdict, cause, at=START + timedelta(days=days), **told)


def missing(days: float) -> Visit:
    return visit(days, Verdict.BROKEN, Cause.NOT_FOUND, status=404)


def test_a_visit_is_seen_at_the_link_and_in_its_history():
    a_resource()
    link = Link.objects.get()
    turned = record({link.pk: visit(status=200, title="RayDP", fingerprint="f1", etag='"a"')}, chance=Random(1))
    assert [(one.link.pk, one.before) for one in turned] == [(link.pk, "untested")]
    link.refresh_from_db()
    assert (link.state, link.status, link.title, link.fingerprint, link.etag) == ("ok", 200, "RayDP", "f1", '"a"')
    assert link.checked_at == link.worked_at == START
    assert [(check.verdict, check.times) for check in link.checks.all()] == [("ok", 1)]


def test_the_page_that_was_accepted_is_remembered_until_somebody_says_otherwise():
    a_resource()
    link = Link.objects.get()
    record({link.pk: visit(fingerprint="f1")}, chance=Random(1))
    record({link.pk: visit(7, cause=Cause.DRIFTED, fingerprint="f2", likeness=0.1)}, chance=Random(1))
    link.refresh_from_db()
    assert (link.fingerprint, link.likeness, link.cause) == ("f1", 0.1, "drifted")


def test_the_same_answer_lengthens_a_run_and_another_begins_one():
    a_resource()
    link = Link.objects.get()
    for told in (visit(0), visit(7), visit(14), missing(21), missing(21.5), visit(22)):
        record({link.pk: told}, chance=Random(1))
    runs = [(check.verdict, check.times, (check.last_at - check.first_at).days) for check in link.checks.all()]
    assert runs == [("ok", 1, 0), ("broken", 2, 0), ("ok", 3, 14)]


def test_a_history_is_never_unbounded():
    a_resource()
    link = Link.objects.get()
    for day in range(LONGEST_HISTORY + 5):
        record({link.pk: visit(day) if day % 2 else missing(day)}, chance=Random(1))
    assert link.checks.count() == LONGEST_HISTORY
    assert link.checks.order_by("last_at")[0].first_at == START + timedelta(days=5)


def test_a_void_visit_leaves_no_trace_but_is_made_again_soon():
    a_resource()
    link = Link.objects.get()
    record({link.pk: visit(0)}, chance=Random(1))
    assert record({link.pk: visit(1, Verdict.BROKEN, Cause.VOID)}, chance=Random(1)) == []
    link.refresh_from_db()
    assert (link.state, link.checked_at) == ("ok", START)
    assert link.due_at < START + timedelta(days=1, hours=1)
    assert Check.objects.count() == 1


def test_a_link_that_went_meanwhile_is_passed_over():
    assert record({4711: visit()}, chance=Random(1)) == []
    assert not Check.objects.exists()


def test_a_visit_costs_two_queries_and_a_handful_for_all(django_assert_max_num_queries):
    a_guide(body=" ".join(f"[x](https://example.org/{place})" for place in range(60)))
    pks = list(Link.objects.values_list("pk", flat=True))
    record(dict.fromkeys(pks[:50], visit()), chance=Random(1))
    with django_assert_max_num_queries(50 * 2 + 8):
        record(dict.fromkeys(pks[:50], visit(1)), chance=Random(1))


def test_what_was_learnt_of_a_host_is_kept():
    a_resource()
    host = Link.objects.get().host
    remember({host.pk: HostMemory(crawl_delay=2.5, robots_at=START, nonsense="404")})
    host.refresh_from_db()
    assert (host.crawl_delay, host.robots_at, host.nonsense) == (2.5, START, "404")


def test_a_day_is_counted_once():
    a_resource()
    assert tally(START.date()).counts == {"untested": 1}
    record({Link.objects.get().pk: visit()}, chance=Random(1))
    assert tally(START.date()).counts == {"ok": 1}
    assert type(tally(START.date()))._default_manager.count() == 1
