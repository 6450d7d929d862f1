"""What every test may use, and the laws that hold for all: no network but loopback."""

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from rayhub import drawing
from resources.templatetags import once
from tests.processes import KEPT, forget, migrated_here, own_database

# The suite tries the same examples every time; HYPOTHESIS_PROFILE=explore looks for new ones.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

# Tests do in a second what takes people a day; this holds for the processes that they start.
os.environ.setdefault("RATE_LIMITS", "0")
os.environ.setdefault("LINK_CHECKS", "0")
os.environ.setdefault("TASKS", "immediate")


class QuickArgon2(Argon2PasswordHasher):
    """The site's own way to keep passwords, with the least work: a suite makes thousands of accounts."""

    time_cost, memory_cost, parallelism = 1, 8, 1


LONG = (
    "links/test_ray_engine.py", "api/test_schema_holds.py", "house/test_serving.py", "accounts/test_parallel.py",
    "moderation/test_at_the_same_instant.py", "house/test_access.py", "readme/test_exporting.py", "browser/test_pages.py",
    "browser/test_everyone.py", "browser/test_order.py", "working/test_worker.py", "links/test_killed.py",
    "browser/test_review.py", "browser/test_nothing_is_lost.py", "readme/test_round_trip.py", "readme/test_replaying.py",
    "publishing/test_parallel.py", "api/test_at_the_same_instant.py", "notices/test_parallel.py",
    "browser/test_talking.py", "browser/test_links.py", "browser/test_story.py", "browser/test_repairs.py",
    "browser/test_editing.py", "browser/test_people.py", "browser/test_comparing.py", "knowledge/test_content_files.py",
    "mcp/test_asking.py", "links/test_listing.py", "site/test_budgets.py",
)  # fmt: skip
"""What takes longest goes first: whoever begins with it last lets all others wait."""


def pytest_configure(config: pytest.Config) -> None:
    """Before any account is made."""
    settings.PASSWORD_HASHERS = ["tests.conftest.QuickArgon2"]
    if not hasattr(config, "workerinput"):
        os.environ[KEPT] = tempfile.mkdtemp(prefix="rayhub-kept-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last one, who was the first, clears up."""
    if not hasattr(config, "workerinput"):
        forget()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, in the order above; the others stay as they are."""
    tests = Path(__file__).parent
    order = {tests / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path, len(LONG)))


LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

LISTS_REMEDY = (
    "No real lists: put awesome lists as .md files into ../shared/data/lists. Hand-made twins run without them."
)
AWESOME_RAY_REMEDY = (
    "No awesome-ray: put its versions into ../shared/data/awesome-ray/history and a bundle of its repository beside them, as "
    "awesome-ray.bundle. Hand-made twins run without them."
)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's own would migrate a database in every process, which takes longer than most tests."""
    here = ExitStack()
    with django_db_blocker.unblock():
        here.enter_context(migrated_here())
    yield
    with django_db_blocker.unblock():
        here.close()


@pytest.fixture(autouse=True)
def _room_for_drawings() -> None:
    """A store that is full begins anew, which in the middle of a test would change how many queries a page takes."""
    for store, most in ((drawing._pages, drawing.MOST_KEPT), (once._drawn, once.MOST_KEPT)):
        if len(store) > most // 2:
            store.clear()


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to another machine fails the test that made it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        outside = address[0] not in LOOPBACK and not address[0].startswith("127.")
        if self.family in {socket.AF_INET, socket.AF_INET6} and outside:
            pytest.fail(f"This test wants to reach {address[0]}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def need(present: bool, remedy: str) -> None:
    """Skips with the remedy what this machine cannot do; REQUIRE_ALL=1 makes that a failure."""
    if not present:
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail(f"Missing: {remedy}")
        pytest.skip(remedy)


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a site with an empty database of its own, for tests with several processes."""
    with own_database(tmp_path) as environment:
        yield environment


@pytest.fixture(scope="session")
def lists() -> list[Path]:
    """The real lists beside the project, where there are any."""
    found = sorted((SHARED / "lists").glob("*.md"))
    if not found:
        pytest.skip(LISTS_REMEDY)
    return found


@pytest.fixture(scope="session")
def versions() -> list[Path]:
    """Every version of the awesome-ray list, the oldest first."""
    found = sorted((SHARED / "awesome-ray" / "history").glob("*.md"))
    if not found:
        pytest.skip(AWESOME_RAY_REMEDY)
    return found


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any, tmp_path: Path) -> None:
    """Pages without collected static files: these tests look at words; those in the browser serve a site of their own."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def _mails_at_once(settings: Any) -> None:
    """What an act leaves to workers is done at once; the tests of the worker leave it."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def _no_hurry(settings: Any) -> None:
    """The tests of the limits switch them on, and those of links that are opened after an act."""
    settings.RATE_LIMITS = False
    settings.LINK_CHECKS = False
