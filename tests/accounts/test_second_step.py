"""The second step: codes of an app, recovery codes."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from tests.accounts.acting import prove, sign_in
from tests.makers import a_person

pytestmark = pytest.mark.django_db


def code_for(secret: str, *, later: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def set_up(client) -> tuple[str, list[str]]:
    """Turns the app on; gives its secret and the recovery codes."""
    sign_in(client)
    prove(client)
    secret = client.get("/accounts/2fa/app/add/").context["form"].secret
    answer = client.post("/accounts/2fa/app/add/", {"code": code_for(secret)})
    page = client.get(answer["Location"])
    return secret, page.context["unused_codes"]


def test_with_an_app_the_password_alone_signs_nobody_in(client):
    a_person("ada")
    secret, codes = set_up(client)
    assert len(codes) == 10
    other = Client()
    assert sign_in(other, next="/tags/")["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in other.session
    wrong = other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    assert other.post("/accounts/2fa/authenticate/", {"code": code_for(secret, later=1)})["Location"] == "/tags/"
    assert "Sign out" in other.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_mail_says_that_an_app_was_added_and_from_where(client):
    a_person("ada")
    set_up(client)
    text = str(mail.outbox[-1].body)
    assert "Authenticator app activated" in text
    assert "from 127.0.0.1" in text


def test_a_recovery_code_works_once(client):
    a_person("ada")
    _secret, codes = set_up(client)
    for expected in (302, 200):
        other = Client()
        sign_in(other)
        assert other.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == expected


def test_recovery_codes_are_shown_once(client):
    a_person("ada")
    _secret, codes = set_up(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert codes[1] not in page
    assert "cannot be shown again" in page
    client.post("/accounts/2fa/recovery-codes/new/")
    fresh = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert not set(codes) & set(fresh)


def test_a_wrong_first_code_turns_nothing_on(client):
    user = a_person("ada")
    sign_in(client)
    prove(client)
    client.get("/accounts/2fa/app/add/")
    assert "Incorrect code" in client.post("/accounts/2fa/app/add/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.filter(user=user).exists()


def test_turning_it_on_or_off_asks_for_the_password(client):
    user = a_person("ada")
    sign_in(client)
    assert "/reauthenticate/" in client.get("/accounts/2fa/app/add/")["Location"]
    set_up(client)
    assert "Turn off" in client.get("/accounts/2fa/").content.decode()
    fresh = Client()
    fresh.force_login(user)
    assert "/reauthenticate/" in fresh.post("/accounts/2fa/app/remove/")["Location"]
    assert client.post("/accounts/2fa/app/remove/").status_code == 302
    assert not Authenticator.objects.filter(user=user, type="totp").exists()
    assert sign_in(Client())["Location"] == "/"


def test_guessing_codes_is_stopped(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    a_person("ada")
    secret, _codes = set_up(client)
    other = Client()
    sign_in(other)
    for _attempt in range(3):
        other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    other.post("/accounts/2fa/authenticate/", {"code": code_for(secret, later=1)})
    assert "_auth_user_id" not in other.session


def test_the_pages_of_others_passkeys_do_not_exist(client):
    key = Authenticator.objects.create(user=a_person("bob"), type="webauthn", data={"name": "bob's"})
    a_person("ada")
    sign_in(client)
    prove(client)
    assert client.get(f"/accounts/passkeys/{key.pk}/edit/").status_code == 404
    assert client.post(f"/accounts/passkeys/{key.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", '{"response": {}}', '{"response": {"userHandle": 5}}', "x"]
)
def test_a_passkey_that_was_made_up_signs_nobody_in(client, credential):
    a_person("ada")
    client.get("/accounts/passkeys/login/", headers={"accept": "application/json"})
    answer = client.post("/accounts/passkeys/login/", {"credential": credential})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
