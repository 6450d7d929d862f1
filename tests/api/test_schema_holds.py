"""Every operation does what the document says: thousands of requests by schemathesis against a running server.

With a token, so that writes are tried too; what needs one is also asked for without (its check "ignored_auth").
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.processes import ROOT, finish, run

pytestmark = pytest.mark.django_db

SECONDS = 25
"""What schemathesis may take; more where the machine is slow, and never two minutes."""

PREPARE = """
import django; django.setup()
from resources.entries.content import read_content
from resources.publishing import publish
from tests.api.asking import a_secret
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_release, a_resource, a_section
section = a_section("Libraries")
entry = a_resource("RayDP", sections=(section,), tags=["spark"], author=a_person("ada"))
publish(read_content(entry) | {"year": 2021}, entry=entry, author=a_person("ada"), base=1)
a_guide("Ray Core", body="# Tasks")
a_case_study(claims=(a_claim(),))
a_comparison(cells={"ray/cost": "Low."})
a_release()
print(a_secret(a_person("ed", role="editor"), "read", "propose"))
"""


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """The site under the production server, while the context lasts; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "2", "--no-log", "rayhub.wsgi:application"]
    given = environment | {"SITE_URL": address, "LOG_LEVEL": "ERROR", "RATE_LIMITS": "0"}
    with subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"{address}/api/v1/openapi.json")
            yield address
        finally:
            server.terminate()


def _wait(address: str) -> None:
    for _time in range(120):
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("The server did not start within 30 seconds.")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on one database only: what is tried is the same on both")
def test_every_operation_does_what_the_document_says(own_site, tmp_path):
    secret = finish(run(PREPARE, own_site)).split()[-1]
    with serving(own_site) as address:
        command = [
            str(Path(sys.executable).parent / "schemathesis"),
            "--config-file",
            str(ROOT / "tests/api/schemathesis.toml"),
        ]
        command += ["run", f"{address}/api/v1/openapi.json", "-H", f"Authorization: Bearer {secret}", "--no-color"]
        command += ["--seed", "1", "--max-examples", "3", "--max-time", str(SECONDS), "--generation-database", "none"]
        tried = subprocess.run(
            command, cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, timeout=115, check=False
        )
    assert tried.returncode == 0, tried.stdout[-6000:]
    assert " passed" in tried.stdout
