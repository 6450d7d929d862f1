"""The loopback web, for tests that visit it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.links.loopback_web import Web, loopback_web


@pytest.fixture(scope="module")
def one_web() -> Iterator[Web]:
    """A web for all tests of a module."""
    with loopback_web() as web:
        yield web


@pytest.fixture
def web(one_web: Web, settings: Any, tmp_path: Path) -> Web:
    """The same, as if nobody had asked it anything, with settings that let it be asked."""
    settings.LINK_CHECK_ALLOW_PRIVATE = ("127.0.0.0/8",)
    settings.LINK_CHECK_PORTS = frozenset({one_web.port})
    settings.RAYHUB_DATA = tmp_path
    one_web.paths.clear()
    one_web.most_at_once.clear()
    return one_web
