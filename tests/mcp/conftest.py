"""A production server on loopback with a few entries, for clients of the protocol."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.processes import ROOT, finish, own_database, run

PATIENCE = 60

ENTRIES = """
import django; django.setup()
from resources.entries.content import read_content
from resources.publishing import publish, remove
from tests.makers import a_case_study, a_claim, a_guide, a_person, a_resource, a_section

section = a_section("Libraries", parent=a_section("Everything"))
a_case_study("Uber", claims=(a_claim("c1", source="https://example.org/a"),))
a_guide("Long", body="\\n\\n".join(f"Paragraph {number} of many." for number in range(2_000)))
guide = a_guide("Before")
publish(read_content(guide) | {"slug": "after"}, entry=guide, author=a_person(), base=1)
remove(a_guide("Gone"), author=a_person(), reason="Gone.")
a_resource("RayDP", sections=(section,), tags=["spark"], summary="Spark on Ray.")
a_guide("Ray Data", body="Reads [[resource:raydp]] well.")
"""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The address of the server."""
    folder = tmp_path_factory.mktemp("mcp")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with django_db_blocker.unblock(), own_database(folder) as environment:
        address = f"http://127.0.0.1:{port}"
        environment |= {"SITE_URL": address}
        finish(run(ENTRIES, environment))
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning", "rayhub.wsgi:application",
        ]  # fmt: skip
        log = folder / "server.log"
        with log.open("wb") as output:
            server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(f"{address}/healthz", server)
            yield address
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _turn in range(PATIENCE * 10):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            assert server.poll() is None
            time.sleep(0.1)
    pytest.fail("The server does not answer.")
