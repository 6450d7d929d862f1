"""Tasks that the site left to workers (mails): each is claimed by one worker, and given back when that one dies."""

import logging
from collections.abc import Collection
from threading import Event
from typing import Any

from django.db import transaction
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus, task_backends
from django.utils import timezone
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult

from resources.working.models import SILENT, Worker

ATTEMPTS = 3
"""A task that so many workers died of is not tried again."""

PAUSE = 1.0
"""Seconds between two looks for tasks."""

_log = logging.getLogger(__name__)


class WorkersDied(Exception):
    """Every worker that began this task died before it was done. Look at the log for what it does to them."""


def tasks_wait() -> bool:
    """Whether the site leaves its tasks to workers at all."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def run_tasks(worker: str, stop: Event) -> float:
    """Runs the tasks that wait, one after another; returns the seconds after which to look again."""
    while not stop.is_set() and tasks_wait():
        task = _claim(worker)
        if task is None:
            break
        _runner(worker).run_task(task)
        task.refresh_from_db()
        if task.status == TaskResultStatus.FAILED:
            _log.error("Task %s failed: %s", task.task_path, task.exception_class_path)
    return PAUSE


def give_back(dead: Collection[str]) -> int:
    """Lets others have the tasks of workers that died: those named, and those not heard any more. Returns how many."""
    now, given = timezone.now(), 0
    running = DBTaskResult.objects.running()
    living = set(Worker.objects.heard(now).values_list("name", flat=True)) - set(dead)
    for task in running:
        worker = task.worker_ids[-1] if task.worker_ids else ""
        fresh = task.started_at is not None and task.started_at > now - SILENT
        if worker in living or (fresh and worker not in dead):
            continue
        if len(task.worker_ids) >= ATTEMPTS:
            task.set_failed(WorkersDied(f"{len(task.worker_ids)} workers died of it."))
            _log.error("Task %s is not tried again: %d workers died of it.", task.task_path, len(task.worker_ids))
            continue
        # Somebody else may have given it back meanwhile, and a third may be at work on it.
        given += running.filter(pk=task.pk, started_at=task.started_at).update(status=TaskResultStatus.READY)
    return given


def _claim(worker: str) -> "DBTaskResult[..., Any] | None":
    """The next task, marked as this worker's."""
    ready = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
    if not ready.exists():  # without a lock: most of the time there is none
        return None
    with transaction.atomic():
        task = ready.get_locked()
        if task is not None:
            task.claim(worker)
    return task


def _runner(worker: str) -> Runner:
    return Runner(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=1,
        worker_id=worker,
        excluded_queue_names=[],
    )
