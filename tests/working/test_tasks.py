"""Tasks that the site left to workers are run once, and given back when a worker dies."""

from datetime import timedelta
from threading import Event

import pytest
from django.core import mail
from django.tasks import task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources.notices.mailing import mail_at_once
from resources.notices.telling import tell
from resources.working.models import SILENT, Worker
from resources.working.tasks import ATTEMPTS, give_back, run_tasks
from tests.makers import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _left_to_workers(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.backend.DatabaseBackend"}}


@task
def stumble() -> None:
    """Fails."""
    raise ValueError("It stumbled.")


def one_task(**columns):
    mail_at_once.enqueue([])
    DBTaskResult.objects.update(**columns)
    return DBTaskResult.objects.get()


def state() -> str:
    return DBTaskResult.objects.get().status


def test_a_mail_waits_for_a_worker_and_is_sent_once(django_capture_on_commit_callbacks):
    person = a_person("ada", role="contributor")
    with django_capture_on_commit_callbacks(execute=True):
        tell([person], "blocked", actor=a_person("mo"))
    assert mail.outbox == []
    run_tasks("one", Event())
    run_tasks("two", Event())
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    assert (state(), DBTaskResult.objects.get().worker_ids) == ("SUCCESSFUL", ["one"])


def test_a_task_that_fails_is_said_and_stops_no_other(caplog):
    stumble.enqueue()
    mail_at_once.enqueue([])
    run_tasks("one", Event())
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]
    assert "stumble failed: builtins.ValueError" in caplog.text


def test_a_task_whose_worker_died_is_run_by_the_next():
    one_task(status="RUNNING", started_at=timezone.now(), worker_ids=["dead"])
    assert give_back([]) == 0
    assert give_back(["dead"]) == 1
    run_tasks("next", Event())
    assert DBTaskResult.objects.get().worker_ids == ["dead", "next"]
    assert state() == "SUCCESSFUL"


def test_a_worker_that_is_heard_keeps_its_task_and_one_that_is_silent_loses_it():
    long_ago = timezone.now() - 2 * SILENT
    Worker.objects.create(name="slow")
    one_task(status="RUNNING", started_at=long_ago, worker_ids=["slow"])
    assert give_back([]) == 0
    Worker.objects.update(seen_at=long_ago)
    assert give_back([]) == 1
    assert state() == "READY"


def test_a_task_that_workers_die_of_is_not_tried_for_ever(caplog):
    one_task(status="RUNNING", started_at=timezone.now(), worker_ids=["dead"] * ATTEMPTS)
    assert give_back(["dead"]) == 0
    assert state() == "FAILED"
    assert "not tried again" in caplog.text


def test_a_worker_that_is_asked_to_stop_begins_nothing_more():
    mail_at_once.enqueue([])
    stop = Event()
    stop.set()
    run_tasks("one", stop)
    assert state() == "READY"


def test_tasks_that_are_done_at_once_need_no_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    mail_at_once.enqueue([])
    assert not DBTaskResult.objects.exists()
    assert run_tasks("one", Event()) > 0


def test_a_hundred_tasks_in_the_order_in_which_they_came():
    for _number in range(100):
        mail_at_once.enqueue([])
    asked = list(DBTaskResult.objects.order_by("enqueued_at").values_list("pk", flat=True))
    run_tasks("one", Event())
    assert list(DBTaskResult.objects.order_by("finished_at").values_list("pk", flat=True)) == asked
    assert timezone.now() - DBTaskResult.objects.latest("finished_at").enqueued_at < timedelta(seconds=60)
