"""Signing in and out."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.makers import a_person

pytestmark = pytest.mark.django_db


def test_a_person_signs_in_and_out_and_gets_a_new_session(client):
    a_person("ada")
    client.get("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": "ada", "password": "correct horse"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert "Sign out" in client.get("/").content.decode()
    assert client.post("/accounts/logout/").status_code == 302
    assert "Sign in" in client.get("/").content.decode()


def test_a_wrong_password_and_a_missing_account_get_the_same_answer(client):
    a_person("ada")
    answers = [
        client.post("/accounts/login/", {"login": name, "password": "wrong horse"}).content.decode()
        for name in ("ada", "nobody")
    ]
    assert "wrong horse" not in answers[0]
    assert answers[0].replace("ada", "X").split("csrf")[0] == answers[1].replace("nobody", "X").split("csrf")[0]


def test_an_inactive_person_cannot_sign_in_and_keeps_their_work(client):
    person = a_person("ada", is_active=False)
    client.post("/accounts/login/", {"login": "ada", "password": "correct horse"})
    assert "_auth_user_id" not in client.session
    assert User.objects.get(pk=person.pk)


def test_signing_out_by_a_link_is_refused(client):
    assert client.get("/accounts/logout/").status_code == 405


def test_a_next_address_elsewhere_is_not_followed(client):
    a_person("ada")
    data = {"login": "ada", "password": "correct horse", "next": "https://evil.example/"}
    assert client.post("/accounts/login/", data).url == "/"


@pytest.mark.parametrize(("name", "email"), [("ADA", "other@example.org"), ("other", "ADA@example.org")])
def test_names_and_emails_are_unique_whatever_their_case(name, email):
    a_person("ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(name, email)
