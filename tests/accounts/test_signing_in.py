"""Signing in and out."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import get_resolver

from accounts.credits import credited_account
from accounts.models import User
from accounts.urls import urlpatterns
from tests.accounts.acting import count_hashes, sign_in, words
from tests.makers import a_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", ["ada", "ADA", "ada@example.org", "Ada@Example.org", " ada "])
def test_a_person_signs_in_and_out_and_gets_a_new_session(client, login):
    a_person("ada")
    client.get("/accounts/login/")
    answer = sign_in(client, login)
    assert (answer.status_code, answer.url) == (302, "/")
    assert "Sign out" in client.get("/").content.decode()
    assert client.post("/accounts/logout/").status_code == 302
    assert "Sign in" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("known", "unknown"), [("ada", "bob"), ("ada@example.org", "bob@example.org"), ("ada", "jimmy-yao")]
)
def test_a_wrong_password_and_a_missing_account_get_the_same_answer(client, known, unknown):
    a_person("ada")
    credited_account("Jimmy Yao", "jimmy@example.org")
    answers = [sign_in(Client(), login, "wrong horse") for login in (known, unknown)]
    assert "wrong horse" not in words(answers[0])
    assert answers[0].status_code == answers[1].status_code == 200
    told = [re.sub(rf"\b{typed}\b", "X", words(one)) for typed, one in zip((known, unknown), answers, strict=True)]
    assert told[0] == told[1]


@pytest.mark.parametrize("login", ["ada", "ada@example.org", "bob", "bob@example.org"])
def test_every_attempt_costs_one_hash(client, login, monkeypatch):
    a_person("ada")
    hashed = count_hashes(monkeypatch)
    sign_in(client, login, "wrong horse")
    assert hashed == ["wrong horse"]


def test_guessing_at_one_account_is_stopped_but_not_for_good_and_not_for_others(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    a_person("ada")
    a_person("bob")
    for _attempt in range(3):
        sign_in(client, "ada", "wrong horse")
    answer = sign_in(client, "ada")
    assert answer.status_code == 200
    assert "tried too often" in answer.content.decode()
    assert sign_in(Client(), "bob").status_code == 302
    for _attempt in range(4):
        stopped = sign_in(client, "nobody", "wrong horse")
    assert "tried too often" in stopped.content.decode()


def test_attempts_are_counted_where_every_process_sees_them(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert "LocMem" in settings.CACHES["pages"]["BACKEND"]


def test_an_inactive_person_cannot_sign_in_and_keeps_their_work(client):
    person = a_person("ada", is_active=False)
    sign_in(client)
    assert "_auth_user_id" not in client.session
    assert User.objects.get(pk=person.pk)


@pytest.mark.parametrize("password", ["", "!", "correct horse"])
def test_a_credited_author_cannot_sign_in(client, password):
    author = credited_account("Jimmy Yao", "jimmy@example.org")
    sign_in(client, author.name, password)
    assert "_auth_user_id" not in client.session


def test_signing_out_by_a_link_is_refused(client):
    assert client.get("/accounts/logout/").status_code == 405


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_next_address_elsewhere_is_not_followed(client, target):
    a_person("ada")
    assert sign_in(client, next=target).url == "/"


@pytest.mark.parametrize("login", ["a\0b", "'; drop table", "x" * 5000, "<script>", "@", "@@", "ada@"])
def test_odd_names_are_answered_in_words(client, login):
    answer = sign_in(client, login)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(("name", "email"), [("ADA", "other@example.org"), ("other", "ADA@example.org")])
def test_names_and_emails_are_unique_whatever_their_case(name, email):
    a_person("ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(name, email)


def addresses() -> list[str]:
    given = {"pk": 1, "name": "x", "key": "x", "uidb36": "x"}
    found = []
    for pattern in urlpatterns:
        needed = pattern.pattern.regex.groupindex or pattern.pattern.converters
        found.append("/" + get_resolver().reverse(pattern.name, **{name: given[name] for name in needed}))
    return sorted(set(found))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_every_page_names_its_methods(client, method):
    assert len(addresses()) > 40
    for address in addresses():
        assert client.generic(method, address).status_code == 405, address


def test_a_stranger_is_led_to_the_sign_in_and_sees_no_settings(client):
    for path in ("", "email/", "password/change/", "2fa/", "passkeys/", "passkeys/add/", "passkeys/1/edit/", "sessions/",
                 "tokens/", "yours/", "data/", "leave/", "mails/", "mails/x/", "2fa/app/add/"):  # fmt: skip
        answer = client.get(f"/accounts/{path}")
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/accounts/login/"), path


def test_the_administration_has_no_way_in_of_its_own(client):
    a_person("admin", role="administrator")
    a_person("ada")
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/?next=")
    client.post("/admin/login/", {"username": "admin", "password": "correct horse"})
    assert "_auth_user_id" not in client.session
    sign_in(client, "admin")
    assert client.get("/admin/").status_code == 200
    other = Client()
    sign_in(other, "ada")
    assert other.get("/admin/", follow=True).status_code == 403
