"""manage.py serve"""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

GRACE_SECONDS = 8.0
WORKER_GRACE_SECONDS = 18.0
STEADY_SECONDS = 60.0
"""A worker that lived so long is begun again after a second, when it ends; another waits twice as long each time."""
LONGEST_WAIT = 60.0

Process = subprocess.Popen[bytes]


class Command(BaseCommand):
    help = (
        "Serves the site with the production server, and a worker beside it for links and mails, until Ctrl-C. "
        "Example: manage.py serve --port 8080 --workers 4"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes of the server (%(default)s)")
        parser.add_argument(
            "--without-worker", action="store_true", help="`manage.py worker` runs elsewhere, or nowhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        _check_free(host, port)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        command += ["--workers", str(options["workers"]), "--blocking-threads", "2", "--backpressure", "256"]
        command += ["--respawn-failed-workers", "--no-ws", "--log-level", "warning", "rayhub.wsgi:application"]
        server = _start(command)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        self.stdout.write(f"RayHub is at http://{host}:{port}/  (Ctrl-C stops it)")
        self.stdout.flush()
        worker = None if options["without_worker"] else _Worker()
        try:
            while (code := _ended(server)) is None:
                if worker and (words := worker.look_after()):
                    self.stderr.write(words, style_func=str)
        except KeyboardInterrupt:
            _stop(server, worker)
            self.stderr.write("Stopped.", style_func=str)
            return
        _stop(server, worker)
        if code:
            raise CommandError(f"The server ended with {code}. Its lines above say why.", returncode=1)


class _Worker:
    """The worker beside the server; one that ends is begun again."""

    def __init__(self) -> None:
        self.wait = 1.0
        self.due = time.monotonic()
        self.begun = 0.0
        self.process: Process | None = None

    def look_after(self) -> str:
        """Begins it when it is due; words for the operator when it has ended."""
        now = time.monotonic()
        if self.process is None and now >= self.due:
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--beside", str(os.getpid())]
            self.process, self.begun = _start(command), now
        elif self.process is not None and (code := self.process.poll()) is not None:
            self.wait = 1.0 if now - self.begun > STEADY_SECONDS else min(2 * self.wait, LONGEST_WAIT)
            self.process, self.due = None, now + self.wait
            return f"The worker ended with {code}; it is begun again in {self.wait:.0f} s. Its lines above say why."
        return ""


def _start(command: list[str]) -> Process:
    # In a session of its own a process does not get the terminal's Ctrl-C: a signal to the server and to its workers at the
    # same instant can leave it waiting for ever.
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603  # a fixed program, no shell


def _ended(server: Process) -> int | None:
    """The server's exit code, or None when it still serves half a second later."""
    with suppress(subprocess.TimeoutExpired):
        return server.wait(0.5)
    return None


def _check_free(host: str, port: int) -> None:
    """Refuses a port that another server has: the system would let both share it, each answering now and then."""
    if not 1 <= port <= 65535:
        raise CommandError(f"{port} is no port. Choose one from 1 to 65535.", returncode=2)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot serve on {host}:{port}: {error.strerror}. Choose another: make run PORT={port + 1}",
                returncode=2,
            ) from error


def _stop(server: Process, worker: _Worker | None) -> None:
    """Asks both to end, and ends all of either when it does not."""
    both = [(server, GRACE_SECONDS)]
    if worker and worker.process:
        both.append((worker.process, WORKER_GRACE_SECONDS))
    for process, _grace in both:
        process.terminate()
    for process, grace in both:
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(grace)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
