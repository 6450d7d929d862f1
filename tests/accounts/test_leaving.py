"""Leaving: what was written stays, the person is forgotten."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.leaving import LastAdministrator, leave
from accounts.models import User
from accounts.roles import role_of
from accounts.tokens import make_token, token_of
from resources.editing.models import Draft
from resources.history.models import Revision
from resources.notices.models import MailRhythm, Notice, Watch
from tests.accounts.acting import prove, sign_in, sign_up
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db


def test_who_leaves_is_forgotten_and_the_work_stays(client):
    user = a_person("ada", role="editor", display_name="Ada Byron", bio="Countess", links=["https://ada.example"])
    a_resource("RayDP", author=user)
    _token, secret = make_token(user, name="x", scopes=["read"], days=7)
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    Draft.objects.create(person=user, key="new", fields={"title": "half"})
    MailRhythm.objects.create(person=user)
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    assert "/reauthenticate/" in client.post("/accounts/leave/", {"name": "ada"})["Location"]
    prove(client)
    answer = client.post("/accounts/leave/", {"name": "ada"}, follow=True)
    assert "Your account is gone" in answer.content.decode()
    left = User.objects.get(pk=user.pk)
    assert left.name.startswith("former-")
    assert (left.display_name, left.email) == ("Former contributor", f"{left.name}@removed.invalid")
    assert (left.bio, left.links, left.is_active, left.has_usable_password()) == ("", [], False, False)
    assert role_of(left) == "reader"
    assert not left.groups.exists()
    assert Revision.objects.get().author == left
    assert token_of(secret) is None
    for model in (EmailAddress, Authenticator, UserSession):
        assert not model.objects.filter(user=user).exists()
    for model in (Draft, MailRhythm, Notice, Watch):
        assert not model._default_manager.filter(person=user).exists()
    for browser in (client, elsewhere):
        assert "Sign in" in browser.get("/").content.decode()
    page = client.get("/resources/raydp/history/").content.decode()
    assert "Former contributor" in page
    assert "Ada" not in page
    assert "ada@example.org" not in json.dumps(list(User.objects.values()), default=str)
    assert sign_in(Client()).status_code == 200


@pytest.mark.parametrize("typed", ["", "Ada", "bob", "ada@example.org"])
def test_the_name_must_be_typed_exactly(client, typed):
    a_person("ada")
    sign_in(client)
    prove(client)
    assert client.post("/accounts/leave/", {"name": typed}).status_code == 200
    assert User.objects.get().is_active


def test_looking_at_the_page_deletes_nothing(client):
    a_person("ada")
    sign_in(client)
    prove(client)
    assert client.get("/accounts/leave/?name=ada").status_code == 200
    assert User.objects.get().name == "ada"


def test_the_last_administrator_stays_and_is_told_the_remedy(client):
    admin = a_person("admin", role="administrator")
    sign_in(client, "admin")
    prove(client)
    answer = client.post("/accounts/leave/", {"name": "admin"})
    assert "add_person" in answer.content.decode()
    assert User.objects.get().is_active
    a_person("second", role="administrator")
    leave(admin)
    with pytest.raises(LastAdministrator):
        leave(User.objects.get(name="second"))


def test_the_name_and_address_are_free_again(client):
    leave(a_person("ada"))
    assert sign_up(client, "ada", "ada@example.org")["Location"] == "/accounts/confirm-email/"
    assert User.objects.filter(name="ada").exists()


def test_a_stranger_cannot_leave(client):
    assert client.post("/accounts/leave/", {"name": "ada"})["Location"].startswith("/accounts/login/")
