"""manage.py serve"""

import os
import signal
import socket
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError

GRACE_SECONDS = 8.0


class Command(BaseCommand):
    help = "Serves the site with the production server, until Ctrl-C. Example: manage.py serve --port 8080 --workers 4"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        _check_free(host, port)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        command += ["--workers", str(options["workers"]), "--blocking-threads", "2", "--backpressure", "256"]
        command += ["--respawn-failed-workers", "--no-ws", "--log-level", "warning", "rayhub.wsgi:application"]
        # In a session of its own the server does not get the terminal's Ctrl-C: a signal to it and to its workers at the
        # same instant can leave it waiting for ever.
        server = subprocess.Popen(command, start_new_session=True)  # noqa: S603  # a fixed program, no shell
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        self.stdout.write(f"RayHub is at http://{host}:{port}/  (Ctrl-C stops it)")
        self.stdout.flush()
        try:
            code = server.wait()
        except KeyboardInterrupt:
            _stop(server)
            self.stderr.write("Stopped.", style_func=str)
            return
        if code:
            raise CommandError(f"The server ended with {code}. Its lines above say why.", returncode=1)


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


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """Asks the server to end, and ends all of it when it does not."""
    server.terminate()
    with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
        server.wait(GRACE_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
