"""Chores come round, each done by one worker, and what nobody needs any more goes."""

from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources.links.models import Host, Link, Tally
from resources.notices.mailing import mail_at_once
from resources.publishing import publish
from resources.working.chores import CHORES, CLAIM, UNUSED, clean, do_chores
from resources.working.models import Chore, Worker
from tests.makers import a_guide, a_person

pytestmark = pytest.mark.django_db


def test_every_chore_is_done_when_it_is_due_and_not_before(caplog):
    assert len({chore.name for chore in CHORES}) == len(CHORES)
    do_chores(Event())
    assert set(Chore.objects.values_list("name", flat=True)) == {chore.name for chore in CHORES}
    assert not Chore.objects.filter(done_at=None).exists()
    assert Tally.objects.exists()
    before = dict(Chore.objects.values_list("name", "done_at"))
    do_chores(Event())
    assert dict(Chore.objects.values_list("name", "done_at")) == before
    Chore.objects.filter(name="tally").update(due_at=timezone.now())
    do_chores(Event())
    assert {name for name, at in Chore.objects.values_list("name", "done_at") if at != before[name]} == {"tally"}


def test_a_chore_that_somebody_does_is_done_by_nobody_else_until_the_claim_is_old():
    at = timezone.now()
    Chore.objects.create(name="tally", due_at=at + CLAIM)
    do_chores(Event())
    assert not Tally.objects.exists()
    Chore.objects.update(due_at=at)
    do_chores(Event())
    assert Tally.objects.exists()


def test_a_worker_that_stops_begins_no_chore():
    stop = Event()
    stop.set()
    do_chores(stop)
    assert not Chore.objects.exists()


def test_links_that_went_out_of_use_long_ago_go_and_those_in_use_stay():
    guide = a_guide(body="[x](https://example.org/a) [y](https://other.example/b)")
    publish(
        {"title": guide.title, "slug": guide.slug, "body": "[y](https://other.example/b)"},
        entry=guide,
        author=a_person(),
    )
    clean()
    assert Link.objects.count() == 2
    Link.objects.filter(address="https://example.org/a").update(
        unused_since=timezone.now() - UNUSED - timedelta(hours=1)
    )
    clean()
    assert Link.objects.get().address == "https://other.example/b"
    assert Host.objects.get().name == "other.example"


def test_tasks_are_kept_for_a_while_after_they_are_done(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.backend.DatabaseBackend"}}
    now = timezone.now()
    for status, days in (("SUCCESSFUL", 6), ("SUCCESSFUL", 8), ("FAILED", 8), ("FAILED", 15), ("READY", 30)):
        made = mail_at_once.enqueue([])
        finished = None if status == "READY" else now - timedelta(days=days)
        DBTaskResult.objects.filter(pk=made.id).update(status=status, finished_at=finished)
    Worker.objects.create(name="gone", seen_at=now - timedelta(days=2))
    clean()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY", "SUCCESSFUL"]
    assert not Worker.objects.exists()
