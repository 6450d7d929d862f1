"""check_links --engine ray: the same run on a real Ray of this machine."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import need
from tests.links.loopback_web import loopback_web
from tests.processes import ROOT, finish, run

HOSTS = 6

SETUP = """
import sys
import django; django.setup()
from resources.links.models import Host
from tests.makers import a_guide
a_guide(body="\\n\\n".join(f"[x]({address})" for address in sys.argv[1:]))
Host.objects.update(at_once=2, a_second=200)
"""

STANDING = """
import json
import django; django.setup()
from django.db.models import Count
from resources.links.models import Check, Host, Link
print(json.dumps({
    "states": dict(Link.objects.values_list("state").annotate(Count("pk"))), "checks": Check.objects.count(),
    "held": Host.objects.exclude(held_by="").count(), "robots": Host.objects.exclude(robots_at=None).count(),
}))
"""


def check_links(environment: dict[str, str]) -> tuple[subprocess.Popen[str], str, str]:
    command = [sys.executable, "manage.py", "check_links", "--engine", "ray", "--json"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=-1, stderr=-1)
    out, errors = process.communicate(timeout=180)
    return process, out, errors


def left_of(process: subprocess.Popen[str]) -> str:
    """The processes of a Ray that this one began: its session bears the number of whoever began it."""
    wanted = f"session_[0-9_-]*_{process.pid}/"
    return subprocess.run(["pgrep", "-f", wanted], capture_output=True, text=True, check=False).stdout


@pytest.mark.once
def test_the_visits_are_made_by_ray_each_once_and_at_each_hosts_pace(db, own_site):
    need(find_spec("ray") is not None, "Ray is missing here. Run: make ray")
    with loopback_web(HOSTS) as web:
        environment = own_site | {
            "LINK_CHECK_ALLOW_PRIVATE": "127.0.0.0/8", "LINK_CHECK_PORTS": str(web.port), "RAY_ADDRESS": "local",
        }  # fmt: skip
        addresses = [web.address(f"ok/{number}", number % HOSTS + 1) for number in range(180)]
        addresses += [web.address(f"missing/{number}", number % HOSTS + 1) for number in range(12)]
        finish(run(SETUP, environment, *addresses))
        process, out, errors = check_links(environment)
        assert process.returncode == 1, errors
        found = json.loads(out)
        assert sorted(link["url"] for link in found["links"]) == sorted(addresses)
        assert (found["summary"]["ok"], found["summary"]["broken"], found["summary"]["left"]) == (180, 12, 0)
        assert {web.asked(f"ok/{number}") for number in range(180)} == {1}
        assert max(web.most_at_once.values()) <= 2
        standing = json.loads(finish(run(STANDING, environment)))
        assert standing == {"states": {"ok": 180, "failing": 12}, "checks": 192, "held": 0, "robots": HOSTS}
        assert left_of(process) == "", "a Ray goes on without its command"


def test_without_ray_the_command_says_how_to_install_it(tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['ray'] = None\n")
    process, out, errors = check_links(os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}", "RAYHUB_DATA": str(tmp_path)})
    assert (process.returncode, out) == (2, "")
    assert "make ray" in errors
