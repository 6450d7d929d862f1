"""A worker in a process of its own: it tests links, sends mails, ends when asked, and is replaced when killed."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

import pytest

from tests.links.loopback_web import loopback_web
from tests.processes import ROOT, finish, own_database, run

SETUP = """
import sys
from datetime import timedelta
import django; django.setup()
from django.utils import timezone
from resources.notices.telling import tell
from resources.working.models import Chore
from tests.makers import a_guide, a_person
Chore.objects.create(name="notices", due_at=timezone.now() + timedelta(hours=1))  # the mail is for the task
a_guide(body="\\n\\n".join(f"[x]({address})" for address in sys.argv[1:]))
tell([a_person("ada", role="contributor")], "blocked", actor=a_person("mo"))
"""

WATCH = """
import json, sys
import django; django.setup()
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from resources.links.models import Host, Link
from resources.notices.models import Notice
from resources.working.models import Chore, Worker
for line in sys.stdin:
    if line == "later\\n":  # as if a quarter of an hour had passed
        Notice.objects.update(mailing_since=None)
        Chore.objects.filter(name="notices").update(due_at=timezone.now())
    print(json.dumps({
        "links": sorted(Link.objects.values_list("state", flat=True)),
        "held": Host.objects.exclude(held_by="").count(),
        "tasks": [[task.status, len(task.worker_ids)] for task in DBTaskResult.objects.all()],
        "mailed": Notice.objects.exclude(mailed_at=None).count(),
        "workers": Worker.objects.count(),
        "ready": Client(headers={"host": "localhost"}).get("/readyz").text,
    }), flush=True)
"""


@contextmanager
def mail_server(answers: bool) -> Iterator[tuple[int, list[str]]]:
    """A mail server on loopback: its port, and the mails that it took. One that does not answer lets everybody wait."""
    taken: list[str] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            Thread(target=talk, args=(connection,), daemon=True).start()

    def talk(connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as wire:
            if not answers:
                wire.read(1)
                return
            for line in greeted(wire):
                if line.upper().startswith(b"DATA"):
                    say(wire, "354 go on")
                    taken.append(b"".join(iter(wire.readline, b".\r\n")).decode())
                say(wire, "221 bye" if line.upper().startswith(b"QUIT") else "250 fine")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], taken
        listener.shutdown(socket.SHUT_RDWR)


def greeted(wire: Any) -> Iterator[bytes]:
    say(wire, "220 a small mail server")
    return iter(wire.readline, b"")


def say(wire: Any, words: str) -> None:
    wire.write(f"{words}\r\n".encode())
    wire.flush()


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, text=True, stderr=-1)


class Site:
    """What stands in the site's database, asked of a process that stays."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.watcher = run(WATCH, environment)

    def now(self, word: str = "") -> dict[str, Any]:
        assert self.watcher.stdin is not None
        assert self.watcher.stdout is not None
        self.watcher.stdin.write(f"{word}\n")
        self.watcher.stdin.flush()
        if not (said := self.watcher.stdout.readline()):
            raise AssertionError(self.watcher.communicate()[1])
        return dict(json.loads(said))

    def until(self, true: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """What stands there as soon as that is true."""
        end = time.monotonic() + 60
        while not true(found := self.now()):
            assert time.monotonic() < end, found
            with socket.create_server(("127.0.0.1", 0)) as nothing:  # waits without a busy loop
                nothing.settimeout(0.1)
                with suppress(TimeoutError):
                    nothing.accept()
        return found


@pytest.mark.once
def test_a_worker_works_and_when_it_is_killed_another_takes_everything_up(db, own_site):
    with loopback_web(2) as web, mail_server(answers=False) as (deaf, _), mail_server(answers=True) as (port, taken):
        environment = own_site | {
            "LINK_CHECK_ALLOW_PRIVATE": "127.0.0.0/8", "LINK_CHECK_PORTS": str(web.port),
            "LINK_CHECKS": "on", "TASKS": "database", "EMAIL_URL": f"smtp://127.0.0.1:{deaf}",
        }  # fmt: skip
        finish(run(SETUP, environment, web.address("ok/1"), web.address("hang/1", 2)))
        site = Site(environment)
        assert "no worker" in site.now()["ready"]
        first = start(environment)
        found = site.until(lambda site: site["held"] == 1 and site["tasks"] == [["RUNNING", 1]])
        assert (found["mailed"], found["workers"]) == (0, 1)
        assert "worker: 1 at work" in found["ready"]
        first.kill()
        first.communicate(timeout=10)
        second = start(environment | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"})
        found = site.until(lambda site: site["tasks"] == [["SUCCESSFUL", 2]] and site["held"] == 1)
        assert found["workers"] == 1
        site.now("later")
        third = start(environment | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"})
        site.until(lambda site: site["mailed"] == 1 and "ok" in site["links"])
        for worker in (second, third):
            worker.send_signal(signal.SIGTERM)
            _, errors = worker.communicate(timeout=30)
            assert worker.returncode == 0, errors
        found = site.now()
        assert (found["held"], found["workers"]) == (0, 0)
        assert "no worker" in found["ready"]
        assert len(taken) == 1
        site.watcher.communicate()


def test_without_tables_it_says_what_to_do(tmp_path, db):
    with own_database(tmp_path, tables=False) as environment, start(environment) as worker:
        _, errors = worker.communicate(timeout=30)
    assert (worker.returncode, "manage.py migrate" in errors) == (2, True)
