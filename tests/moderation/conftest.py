"""The cast of review: cora proposes, mo and moira decide, ed edits at once, and a stranger looks on."""

import pytest

from accounts.models import User
from accounts.roles import give_role
from tests.makers import a_person


def somebody(name: str, role: str) -> User:
    person = a_person(name)
    give_role(person, role)
    return person


@pytest.fixture
def cora():
    return somebody("cora", "contributor")


@pytest.fixture
def ed():
    return somebody("ed", "editor")


@pytest.fixture
def mo():
    return somebody("mo", "moderator")


@pytest.fixture
def moira():
    return somebody("moira", "moderator")


@pytest.fixture
def stranger():
    return a_person("stranger")
