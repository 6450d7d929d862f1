"""The cast of these tests: cora proposes, ed edits at once, mo decides, and the chief administers."""

import pytest

from tests.makers import a_person


@pytest.fixture
def cora():
    return a_person("cora", role="contributor")


@pytest.fixture
def ed():
    return a_person("ed", role="editor")


@pytest.fixture
def mo():
    return a_person("mo", role="moderator")


@pytest.fixture
def chief():
    return a_person("chief", role="administrator")
