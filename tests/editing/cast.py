"""People at their browsers."""

from typing import Any

from django.test import Client

from accounts.roles import give_role
from tests.editing.forms import fields_in
from tests.makers import a_person


def signed_in(role: str, name: str = "") -> Client:
    """A browser in which somebody with this role is signed in."""
    person = a_person(name or role)
    give_role(person, role)
    client = Client()
    client.force_login(person)
    return client


def fields_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send of a form that nobody touched."""
    return fields_in(client.get(address).content.decode())
