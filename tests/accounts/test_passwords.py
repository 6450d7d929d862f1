"""Setting a new password, changing it, and changing the address."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.credits import credited_account
from accounts.models import User
from tests.accounts.acting import link, prove, sign_in, words
from tests.makers import a_person

pytestmark = pytest.mark.django_db
NEW = "a better horse"


def ask(client, email):
    return client.post("/accounts/password/reset/", {"email": email})


def test_the_link_sets_a_new_password_once_and_ends_the_sessions(client):
    a_person("ada")
    elsewhere = Client()
    sign_in(elsewhere)
    ask(client, "Ada@example.org")
    first = link()
    form = client.get(first)["Location"]
    assert client.post(form, {"password1": NEW})["Location"] == "/accounts/password/reset/key/done/"
    assert "Sign in" in elsewhere.get("/").content.decode()
    assert sign_in(Client(), password=NEW).status_code == 302
    assert "used up" in Client().get(first).content.decode()


def test_unknown_and_known_addresses_get_the_same_answer(client):
    a_person("ada")
    credited_account("Jimmy Yao", "jimmy@example.org")
    a_person("gone", is_active=False)
    answers = [ask(Client(), f"{name}@example.org") for name in ("ada", "bob", "jimmy", "gone")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/accounts/password/reset/done/")}
    assert len({words(Client().get(answer["Location"])) for answer in answers}) == 1
    assert len(mail.outbox) == 4
    assert [("/reset/key/" in str(message.body)) for message in mail.outbox] == [True, False, False, False]


def test_asking_again_and_again_is_stopped_for_known_and_unknown_alike(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "2/h/key"}
    a_person("ada")
    for email in ("ada@example.org", "bob@example.org"):
        assert [ask(Client(), email).status_code for _turn in range(3)] == [302, 302, 429]


@pytest.mark.parametrize("key", ["1-set-password", "1-abc-def", "zzzzzzzz-abc-def"])
def test_a_link_that_was_made_up_sets_nothing(client, key):
    a_person("ada")
    address = f"/accounts/password/reset/key/{key}/"
    assert "used up or too old" in client.get(address).content.decode()
    assert "used up or too old" in client.post(address, {"password1": NEW}).content.decode()


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client):
    a_person("ada")
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    wrong = client.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW})
    assert "not your present password" in wrong.content.decode()
    right = client.post("/accounts/password/change/", {"oldpassword": "correct horse", "password1": NEW})
    assert right.status_code == 302
    assert "Sign out" in client.get("/").content.decode()
    assert "Sign in" in elsewhere.get("/").content.decode()
    assert "password has been changed" in str(mail.outbox[-1].body)


def test_a_new_address_asks_for_the_password_and_counts_when_its_link_is_opened(client):
    user = a_person("ada")
    sign_in(client)
    data = {"email": "countess@example.org", "action_add": ""}
    assert "/accounts/reauthenticate/" in client.post("/accounts/email/", data)["Location"]
    assert not mail.outbox
    prove(client)
    assert client.post("/accounts/email/", data).status_code == 302
    assert "waits for you" in client.get("/accounts/email/").content.decode()
    user.refresh_from_db()
    assert user.email == "ada@example.org"
    client.post(link())
    user.refresh_from_db()
    assert user.email == "countess@example.org"
    assert [address.email for address in EmailAddress.objects.filter(user=user)] == ["countess@example.org"]
    assert "ada@example.org" in mail.outbox[-1].to


@pytest.mark.parametrize("known", [True, False])
def test_an_address_of_another_account_is_not_told_and_not_taken(client, known):
    user = a_person("ada")
    if known:
        a_person("bob")
    sign_in(client)
    prove(client)
    answer = client.post("/accounts/email/", {"email": "bob@example.org", "action_add": ""})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.email == "ada@example.org"


def test_an_address_of_a_credited_author_is_not_taken_by_confirming_it(client):
    user, author = a_person("ada"), credited_account("Jimmy Yao", "jimmy@example.org")
    sign_in(client)
    prove(client)
    client.post("/accounts/email/", {"email": "jimmy@example.org", "action_add": ""})
    answer = client.post(link(), follow=True)
    assert "Ask an administrator" in answer.content.decode()
    assert User.objects.get(pk=user.pk).email == "ada@example.org"
    assert User.objects.get(pk=author.pk).email == "jimmy@example.org"
