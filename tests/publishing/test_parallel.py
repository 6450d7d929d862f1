"""publish() from real parallel processes, on the database that the suite runs on."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

SETUP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.makers import a_person, a_resource
a_person("ada"); a_person("bob")
a_resource()
"""

WRITER = """
import sys
import django; django.setup()
from accounts.models import User
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.publishing import publish
name, field, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
author = User.objects.get(name=name)
for count in range(times):
    entry = Resource.objects.get()
    content = entry.revisions.get(number=entry.revision_number).content
    publish(content | {field: f"{name} {count}"}, entry=entry, base=content and entry.revision_number, author=author)
"""

REPORT = """
import django; django.setup()
from resources.entries.models import Resource
from resources.history.models import Event, Revision
entry = Resource.objects.get()
numbers = list(entry.revisions.order_by("number").values_list("number", flat=True))
print(numbers == list(range(1, 402)), entry.revision_number, entry.language, entry.licence, Event.objects.count())
lines = [(r.content["language"], r.content["licence"]) for r in entry.revisions.order_by("number")]
print(len({a for a, b in lines}), len({b for a, b in lines}))
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a site with a database of its own, of the kind that the suite runs on."""
    data = {"RAYHUB_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "rayhub.settings", "PYTHONPATH": str(ROOT)}
    if connection.vendor == "sqlite":
        yield os.environ | data | {"DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
        return
    name = f"parallel_{uuid.uuid4().hex}"
    server = settings.DATABASES["default"]
    where = {
        "host": server["HOST"],
        "port": server["PORT"] or None,
        "user": server["USER"],
        "password": server["PASSWORD"],
    }
    where = {key: value for key, value in where.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            user = f"{where['user']}:{where.get('password', '')}@" if "user" in where else ""
            url = f"postgresql://{user}/{name}?host={where.get('host', '')}"
            yield os.environ | data | {"DATABASE_URL": url + (f"&port={where['port']}" if "port" in where else "")}
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(code: str, environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, text=True, stdout=-1, stderr=-1
    )


def finish(process: subprocess.Popen[str]) -> str:
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out


def test_two_processes_of_200_publishes_make_400_revisions_without_gap_or_twin(environment):
    finish(run(SETUP, environment))
    writers = [run(WRITER, environment, "ada", "language", "200"), run(WRITER, environment, "bob", "licence", "200")]
    for writer in writers:
        finish(writer)
    first, second = finish(run(REPORT, environment)).splitlines()
    assert first == "True 401 ada 199 bob 199 401"
    # Every text that either wrote was live at some time: 200 and the empty one.
    assert second == "201 201"
