"""check_links, killed fifty times at any moment: is anything lost, is any link stuck?

A loopback web of eight hosts, a site with a database of its own, and `kill -9` at a random time after the first report. What
was reported must be in the database, once; no host may stay held; and a last run, which nobody kills, must find all the rest.
The number of kills is the first argument (50); on SQLite, or on DATABASE_URL (an empty database).
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.links.loopback_web import loopback_web

ROOT = Path(__file__).resolve().parents[1]
HOSTS, LINKS_PER_KILL = 8, 160

SETUP = """
import json, sys
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from resources.links.models import Host
from tests.makers import a_guide
addresses = json.loads(sys.stdin.read())
for start in range(0, len(addresses), 500):
    a_guide(f"Guide {start}", body="\\n\\n".join(f"[x]({address})" for address in addresses[start:start + 500]))
Host.objects.update(at_once=10, a_second=8)
"""

HURRY = """
import django; django.setup()
from resources.links.models import Host
Host.objects.update(a_second=1000)
"""

STANDING = """
import json
import django; django.setup()
from django.db.models import Sum
from resources.links.models import Host, Link
print(json.dumps({
    "links": {address: [state, times] for address, state, times in
              Link.objects.annotate(times=Sum("checks__times")).values_list("address", "state", "times")},
    "held": Host.objects.exclude(held_by="").count(),
}))
"""


def run(code: str, environment: dict[str, str], given: str = "") -> str:
    """What Python code prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        input=given,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def check_links(environment: dict[str, str]) -> subprocess.Popen[str]:
    """The command, with its report to read."""
    command = [sys.executable, "manage.py", "check_links", "--json"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE)


def reported(line: str) -> str:
    """The address of a whole line of the report."""
    return str(json.loads(line.lstrip(" ,"))["url"]) if '{"url"' in line and line.endswith("}\n") else ""


def killed(process: subprocess.Popen[str], told: list[str], chance: random.Random) -> bool:
    """Kills it some time after its first report; whether it still ran. What it reported is added."""
    assert process.stdout is not None
    until = None
    lines = []
    for line in process.stdout:
        lines.append(line)
        until = until or (time.monotonic() + chance.random() if reported(line) else None)
        if until and time.monotonic() >= until:
            break
    process.kill()
    lines += process.stdout.readlines()
    told += filter(None, map(reported, lines))
    return process.wait() != 0


def main() -> None:
    """Prints what was found; exit 1 when something was lost."""
    kills, chance, told, done = int(sys.argv[1]) if len(sys.argv) > 1 else 50, random.Random(1), list[str](), 0
    links = LINKS_PER_KILL * max(kills, 10)
    with tempfile.TemporaryDirectory(prefix="rayhub-kills-") as folder, loopback_web(HOSTS) as web:
        environment = os.environ | {
            "RAYHUB_DATA": folder, "LINK_CHECK_ALLOW_PRIVATE": "127.0.0.0/8", "LINK_CHECK_PORTS": str(web.port),
            "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "rayhub.settings",
        }  # fmt: skip
        addresses = [web.address(f"ok/{number}", number % HOSTS + 1) for number in range(links)]
        run(SETUP, environment, json.dumps(addresses))
        for kill in range(kills):
            done += killed(check_links(environment), told, chance)
            if kill % 10 == 9:
                print(f"{done} kills, {len(told)} links reported")
        run(HURRY, environment)
        last = check_links(environment)
        told += filter(None, map(reported, last.communicate()[0].splitlines(keepends=True)))
        found = json.loads(run(STANDING, environment))
    lost = [address for address in told if found["links"][address] != ["ok", 1]]
    stuck = [address for address in addresses if found["links"][address][0] != "ok"]
    twice = len(told) - len(set(told))
    print(f"{done} kills of {kills}; {len(told)} of {links} links reported; lost {len(lost)}, reported twice {twice},")
    print(f"links never tested {len(stuck)}, hosts still held {found['held']}")
    sys.exit(bool(done < kills or lost or twice or stuck or found["held"]))


if __name__ == "__main__":
    main()
