"""The small web, for tests that visit it."""

from collections.abc import Iterator

import pytest

from tests.fetching.small_web import Web, small_web


@pytest.fixture
def web() -> Iterator[Web]:
    """A small web of this test's own."""
    with small_web() as made:
        yield made
