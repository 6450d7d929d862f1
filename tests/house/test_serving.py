"""manage.py serve: one server per port, and all of it ends with one Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT, migrated_sqlite


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int, folder: Path, *options: str) -> subprocess.Popen[str]:
    environment = os.environ | {"RAYHUB_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    # A shell in the background would make its children ignore Ctrl-C.
    default = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); sys.argv = sys.argv[1:]; "
    default += "import runpy; runpy.run_path('manage.py', run_name='__main__')"
    command = [sys.executable, "-c", default, "manage.py", "serve", "--port", str(port), *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=-1, stderr=-1, start_new_session=True)


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = start(port, tmp_path, "--without-worker")
    try:
        assert answers(port)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=30)
        process.communicate()


def answers(port: int) -> bool:
    """Whether the server comes up within half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                return bool(answer.read() == b"ok\n")
        except OSError:
            select_for(0.1)
    return False


def select_for(seconds: float) -> None:
    """Waits without a busy loop for the server to open its port."""
    with socket.socket() as nothing:
        nothing.settimeout(seconds)
        nothing.bind(("127.0.0.1", 0))
        nothing.listen()
        with pytest.raises(TimeoutError):
            nothing.accept()


def test_one_interrupt_of_the_whole_group_ends_the_server(server, port):
    os.killpg(server.pid, signal.SIGINT)
    assert server.wait(20) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_worker_stands_beside_the_server_comes_back_and_ends_with_it(port, tmp_path):
    migrated_sqlite(tmp_path / "rayhub.sqlite3")
    process = start(port, tmp_path)
    try:
        assert answers(port)
        first = worker_of(process)
        os.kill(first, signal.SIGKILL)
        second = worker_of(process, other_than=first)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        _out, errors = process.communicate(timeout=40)
    assert process.returncode == 0, errors
    assert "The worker ended with -9; it is begun again" in errors
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def worker_of(server: subprocess.Popen[str], other_than: int = 0) -> int:
    """The process that works beside the server, as soon as it does."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        command = ["pgrep", "-f", f"manage.py worker --beside {server.pid}$"]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
        if others := [int(pid) for pid in found if int(pid) != other_than]:
            return others[0]
        select_for(0.1)
    pytest.fail("No worker came.")


def test_a_port_in_use_is_refused_with_the_remedy(server, port, tmp_path):
    second = start(port, tmp_path, "--without-worker")
    _out, errors = second.communicate(timeout=30)
    assert second.returncode == 2
    assert f"make run PORT={port + 1}" in errors
