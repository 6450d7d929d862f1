"""Who talks in these tests."""

from typing import Any

from accounts.models import User
from accounts.roles import Role, give_role
from tests.makers import a_person


def someone(name: str, role: str = Role.CONTRIBUTOR, **fields: Any) -> User:
    """A person with a role."""
    person = a_person(name, **fields)
    give_role(person, role)
    return User.objects.get(pk=person.pk)
