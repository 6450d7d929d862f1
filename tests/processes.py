"""Real processes side by side, on a database of their own."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]

KEPT = "RAYHUB_TEST_KEPT"
"""Names the folder of what all processes of one run make once and copy; tests/conftest.py makes and removes it."""


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """A path in that folder that the first one who asks makes, while the others wait; whoever changes it copies it."""
    folder = Path(os.environ[KEPT])
    made = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(folder / f"{name}.new")
            (folder / f"{name}.new").rename(made)
    return made


@contextmanager
def own_database(folder: Path, *, tables: bool = True) -> Iterator[dict[str, str]]:
    """The environment of a site with an empty database of its own, with tables, of the kind that the suite runs on."""
    data = {"RAYHUB_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "rayhub.settings", "PYTHONPATH": str(ROOT)}
    if connection.vendor == "sqlite":
        if tables:
            migrated_sqlite(folder / "site.sqlite3")
        yield os.environ | data | {"DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}"}
        return
    name = f"parallel_{uuid.uuid4().hex}"
    if tables:
        kept("migrated.name", _migrate_postgresql)
    with _administering() as admin:
        admin.execute(f"CREATE DATABASE {name}{f' TEMPLATE {_template()}' if tables else ''}")
        try:
            yield os.environ | data | {"DATABASE_URL": _address(name)}
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def migrated_here() -> Iterator[None]:
    """Points this process to an empty, migrated database of its own, as Django's own creation of test databases would; one
    process of the run migrates, and the others copy.
    """
    name = "file:here?mode=memory&cache=shared" if connection.vendor == "sqlite" else f"here_{uuid.uuid4().hex}"
    admin = None if connection.vendor == "sqlite" else _administering()
    if admin is not None:
        kept("migrated.name", _migrate_postgresql)
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {_template()}")
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    if admin is None:
        with closing(sqlite3.connect(kept("migrated.sqlite3", _migrate_sqlite))) as whole:
            whole.backup(connection.connection)
    yield
    connection.close()
    if admin is not None:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        admin.close()


def migrated_sqlite(path: Path) -> None:
    """Puts an empty, migrated SQLite database there."""
    shutil.copy(kept("migrated.sqlite3", _migrate_sqlite), path)


def _migrate(environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True, capture_output=True)


def _migrate_sqlite(path: Path) -> None:
    _migrate({"DATABASE_URL": f"sqlite:///{path}", "RAYHUB_DATA": str(path.parent)})
    # A database in memory, which is a copy, has no log to write ahead.
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def _migrate_postgresql(path: Path) -> None:
    with _administering() as admin:
        admin.execute(f"CREATE DATABASE {_template()}")
    _migrate({"DATABASE_URL": _address(_template()), "RAYHUB_DATA": str(path.parent)})
    path.touch()


def forget() -> None:
    """Removes what this run kept; for its last process."""
    folder = Path(os.environ.pop(KEPT))
    if (folder / "migrated.name").exists():
        with _administering() as admin:
            admin.execute(f"DROP DATABASE {_template(folder)} WITH (FORCE)")
    shutil.rmtree(folder, ignore_errors=True)


def _template(folder: Path | None = None) -> str:
    """The database that others are copied from: this run's own."""
    return (folder or Path(os.environ[KEPT])).name.replace("-", "_").lower()


def _server() -> dict[str, str]:
    """Where the PostgreSQL server is, in psycopg's words."""
    server = settings.DATABASES["default"]
    found = {name: str(server[name.upper()] or "") for name in ("host", "port", "user", "password")}
    return {name: value for name, value in found.items() if value}


def _administering() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(dbname="postgres", autocommit=True, **_server())  # type: ignore[arg-type]  # all are words


def _address(name: str) -> str:
    where = _server()
    user = f"{where['user']}:{where.get('password', '')}@" if "user" in where else ""
    port = f"&port={where['port']}" if "port" in where else ""
    return f"postgresql://{user}/{name}?host={where.get('host', '')}{port}"


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
