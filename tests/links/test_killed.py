"""Killed at any moment: nothing that was reported is lost, no link is stuck, and side by side nothing is tested twice."""

import json
import signal
import subprocess
import sys
from typing import Any

from tests.links.loopback_web import loopback_web
from tests.processes import ROOT, finish, run

KILLS = 3
HOSTS = 4

SETUP = """
import sys
import django; django.setup()
from resources.links.models import Host
from tests.makers import a_guide
title, *addresses = sys.argv[1:]
a_guide(title, body="\\n\\n".join(f"[x]({address})" for address in addresses))
Host.objects.update(at_once=10, a_second=10)
"""

STANDING = """
import json
import django; django.setup()
from resources.links.models import Host, Link
print(json.dumps({
    "links": {link.address: [link.state, sum(check.times for check in link.checks.all())] for link in Link.objects.all()},
    "held": Host.objects.exclude(held_by="").count(),
}))
"""


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "check_links", "--json", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=-1, stderr=-1)


def standing(environment: dict[str, str]) -> dict[str, Any]:
    return json.loads(finish(run(STANDING, environment)))


def reported(line: str) -> str | None:
    """The address of a line of the report."""
    return json.loads(line.lstrip(" ,"))["url"] if '{"url"' in line else None


def test_killed_again_and_again_then_side_by_side_then_interrupted(db, own_site):
    with loopback_web(HOSTS) as web:
        environment = own_site | {"LINK_CHECK_ALLOW_PRIVATE": "127.0.0.0/8", "LINK_CHECK_PORTS": str(web.port)}
        addresses = [web.address(f"ok/{number}", number % HOSTS + 1) for number in range(400)]
        finish(run(SETUP, environment, "Killed", *addresses))
        told: list[str] = []
        for kill in range(KILLS):
            process = start(environment)
            wanted = len(told) + 1 + 5 * kill
            assert process.stdout is not None
            for line in process.stdout:
                if address := reported(line):
                    told.append(address)
                if len(told) >= wanted:
                    process.kill()
                    break
            out, errors = process.communicate(timeout=30)
            told += filter(None, map(reported, out.splitlines(keepends=True)[:-1]))
            assert process.returncode == -signal.SIGKILL, f"after {len(told)}: {errors}"
        assert len(told) == len(set(told)), "what was reported is asked again"
        web.paths.clear()
        for process in [start(environment), start(environment)]:
            out, errors = process.communicate(timeout=60)
            assert process.returncode == 0, errors
            told += [one["url"] for one in json.loads(out)["links"]]
        assert {path: times for path, times in web.paths.items() if path.startswith("/ok/") and times > 1} == {}
        found = standing(environment)
        assert found["held"] == 0, "a host is stuck"
        assert {address: ["ok", 1] for address in addresses} == found["links"], "a check is lost, or a link stuck"
        assert set(told) <= set(addresses)
        finish(
            run(SETUP, environment, "Slow", web.address("ok/new"), web.address("hang/1", 2), web.address("hang/2", 2))
        )
        assert_interrupted(start(environment))
        assert standing(environment)["held"] == 0


def assert_interrupted(process: subprocess.Popen[str]) -> None:
    """Ctrl-C after the first line: it ends at once, and says what is kept."""
    assert process.stdout is not None
    lines = [process.stdout.readline(), process.stdout.readline()]
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert "Stopped. 1 link was tested, and that is kept." in errors
    assert json.loads("".join(lines) + out)["summary"]["left"] == 2
