"""The small web, for tests that open links, and a site that may reach it."""

from typing import Any

import pytest

from tests.fetching.conftest import web  # noqa: F401  # a fixture
from tests.fetching.small_web import Web


@pytest.fixture
def opening(settings: Any, web: Web) -> Web:  # noqa: F811  # pytest hands it over by its name
    """The small web, which link checks of this site may reach."""
    settings.LINK_CHECKS = True
    settings.LINK_CHECK_ALLOW_PRIVATE = ("127.0.0.0/8",)
    settings.LINK_CHECK_PORTS = frozenset({web.port})
    return web
