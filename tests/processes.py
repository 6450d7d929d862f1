"""Real processes side by side, on a database of their own."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a site with a database of its own, of the kind that the suite runs on."""
    data = {"RAYHUB_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "rayhub.settings", "PYTHONPATH": str(ROOT)}
    if connection.vendor == "sqlite":
        yield os.environ | data | {"DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}"}
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
    """Starts Python code in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, text=True, stdin=-1, stdout=-1, stderr=-1
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What the process printed; fails with its errors."""
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out
