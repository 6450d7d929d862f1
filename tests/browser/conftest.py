"""A real site in a process of its own, and a real Chromium that looks at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.conftest import need
from tests.processes import kept, migrated_sqlite

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 30
"""Seconds that the server may take to start."""

EDITS = """
import django; django.setup()
from resources.entries.content import read_content
from resources.entries.models import Resource, Section
from resources.publishing import publish, remove
from tests.makers import a_person

TEXT = '''
## A short checklist

- [x] Keep the cluster on an isolated network
- [ ] Turn on token authentication[^1]

> [!WARNING]
> Never expose port `8265`.

```python
@ray.remote(num_cpus=2)
def square(x: int) -> int:
    return x * x  # by itself
```

| Port | What |
|-----:|------|
| 8265 | Dashboard |

[^1]: See the notes.
'''
ada = a_person("ada", display_name="Ada Byron")
for summary in ("Heals clusters.", "Heals and scales clusters."):
    kuberay = Resource.objects.get(slug="kuberay")
    content = read_content(kuberay) | {"summary": summary, "tags": ["kubernetes", summary[:5].lower()]}
    publish(content, entry=kuberay, author=ada, summary=f"Say that it {summary.lower()}")
lines = [f"Paragraph {number} of a longer text that stands here for the comparison." for number in range(40)]
for _round in range(2):
    section = Section.objects.get(slug="security")
    publish(
        read_content(section) | {"introduction": TEXT + "\\n\\n".join(lines)}, entry=section, author=ada, summary="Long."
    )
    lines[5] = "Paragraph 5 was rewritten for the comparison."
    lines.insert(10, lines.pop(30))
remove(Resource.objects.get(slug="balsa"), author=ada, reason="Nobody has it any more.")
"""

PEOPLE = """
from accounts.models import User

a_person("cora", role="contributor", display_name="Cora Brook")
a_person("ed", role="editor", display_name="Ed Marsh")
a_person("mo", role="moderator", display_name="Mo Hill")
a_person("paula", role="contributor")
a_person("n" * 60, role="contributor")
a_person("vera", role="editor", display_name="Vera Vogt")
admin = User.objects.get(name="admin")
admin.set_password("correct horse")
admin.save(update_fields=["password"])
"""
"""Who signs in: a contributor, an editor, a moderator, and the administrator."""


@pytest.fixture(scope="session")
def site_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the site that the tests look at: its folder, its database, its address."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return os.environ | {
        "RAYHUB_DATA": str(folder), "SITE_URL": f"http://127.0.0.1:{port}", "DEBUG": "0", "PYTHONPATH": str(ROOT),
        "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "rayhub.settings",
    }  # fmt: skip


@pytest.fixture(scope="session")
def site(site_environment: dict[str, str]) -> Iterator[str]:
    """The address of a production server with the starter content and a few edits, on a database of its own."""
    chromium_path()
    environment, address = site_environment, site_environment["SITE_URL"]
    folder, port = Path(environment["RAYHUB_DATA"]), address.rpartition(":")[2]
    shutil.copytree(kept("site", partial(_prepare, environment)), folder, dirs_exist_ok=True)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port,
        "--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning", "rayhub.wsgi:application",
    ]  # fmt: skip
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(f"{address}/readyz", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _prepare(environment: dict[str, str], folder: Path) -> None:
    """Makes the site in this folder, for every process of the run to copy."""
    folder.mkdir()
    migrated_sqlite(folder / "rayhub.sqlite3")
    given = environment | {"RAYHUB_DATA": str(folder)}
    for command in (["manage.py", "prepare_site"], ["-c", EDITS + PEOPLE]):
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=given, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()


def _wait(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns when the server answers; fails with its log when it ends or takes too long."""
    for _turn in range(PATIENCE * 10):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:  # refused, reset, or too slow on a busy machine
            if server.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail(f"The server does not answer:\n{log.read_text()}")


NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""What Chromium is called. The one without a window does the same at half the cost."""


def chromium_path() -> str:
    """Where Chromium is on this machine; without one, the test is skipped."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    need(found is not None, "Chromium is missing here. Run: apt-get install chromium")
    return str(found)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser; for one module, since Django refuses its database to a thread in which Playwright runs."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


type Opener = Callable[..., Page]

PASSWORD = "correct horse"  # of everybody on the site that the tests serve


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Opener]:
    """Opens an address of the site in a fresh context: open_page("/tags/", width=320, dark=True, scripts=False)."""
    contexts = []

    def opened(
        address: str, *, width: int = 1280, dark: bool = False, scripts: bool = True, state: StorageState | None = None
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            storage_state=state,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    """The cookies of everybody who has signed in during this run."""
    return {}


@pytest.fixture
def signed_in_page(open_page: Opener, sessions: dict[str, StorageState]) -> Opener:
    """As open_page, for somebody who is signed in: signed_in_page("cora", "/resources/new/", width=320).

    The people are "cora" (contributor), "ed" (editor), "mo" (moderator) and "admin". Everybody signs in once in a run and
    keeps the session; a test that ends its session, or changes the account, asks for one of its own with fresh=True.
    """

    def opened(name: str, address: str = "/", *, fresh: bool = False, **choices: Any) -> Page:
        state = None if fresh else sessions.get(name)
        if state is None:
            page = open_page("/accounts/login/")
            page.locator("input[autocomplete~=username]").fill(name)
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("main form button.first").click()
            page.wait_for_url(lambda url: "/accounts/" not in url)
            state = page.context.storage_state()
            if not fresh:
                sessions[name] = state
        return open_page(address, state=state, **choices)

    return opened
