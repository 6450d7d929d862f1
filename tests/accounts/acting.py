"""What people do on their way in, through the pages."""

import re

from django.core import mail
from django.test import Client

from accounts.models import User

PASSWORD = "correct horse"


def sign_in(client: Client, login: str = "ada", password: str = PASSWORD, **more: str):
    """The sign-in form, sent."""
    return client.post("/accounts/login/", {"login": login, "password": password} | more)


def prove(client: Client, password: str = PASSWORD):
    """The password once more, as weighty pages ask."""
    return client.post("/accounts/reauthenticate/", {"password": password})


def sign_up(
    client: Client, name: str = "grace", email: str = "grace@example.org", password: str = PASSWORD, **more: str
):
    """The sign-up form, sent."""
    return client.post("/accounts/signup/", {"username": name, "email": email, "password1": password} | more)


def link() -> str:
    """The path of the link in the last mail."""
    return re.findall(r"https?://[^/\s]+(/accounts/\S+)", str(mail.outbox[-1].body))[0]


def words(answer) -> str:
    """A page's text, without the tokens that differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def count_hashes(monkeypatch) -> list[str]:
    """The passwords that are hashed from now on, in their order: hashing is what takes the time."""
    hashed: list[str] = []

    def counted(name: str) -> None:
        original = getattr(User, name)

        def act(self: User, raw: str) -> object:
            hashed.append(raw)
            return original(self, raw)

        monkeypatch.setattr(User, name, act)

    counted("check_password")
    counted("set_password")
    return hashed
