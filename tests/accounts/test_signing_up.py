"""Making an account: a name, an address that is confirmed, and a contributor."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from accounts.credits import credited_account
from accounts.models import User
from accounts.roles import role_of
from tests.accounts.acting import count_hashes, link, sign_in, sign_up, words
from tests.makers import a_person

pytestmark = pytest.mark.django_db


def test_the_link_in_the_mail_makes_a_contributor_who_is_signed_in_and_goes_on(client):
    answer = sign_up(client, next="/tags/")
    assert answer["Location"] == "/accounts/confirm-email/"
    user = User.objects.get(name="grace")
    assert role_of(user) == "reader"
    assert mail.outbox[0].to == ["grace@example.org"]
    page = client.get(link())
    assert "Is <strong>grace@example.org</strong>" in page.content.decode()
    assert not EmailAddress.objects.get(user=user).verified
    assert client.post(link())["Location"] == "/tags/"
    assert role_of(User.objects.get(name="grace")) == "contributor"
    assert "Sign out" in client.get("/").content.decode()


def test_the_link_works_in_another_browser_once_and_nobody_is_signed_in_there(client):
    sign_up(client)
    other = Client()
    assert other.post(link())["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in other.session
    assert "used up" in other.get(link()).content.decode()
    assert other.post(link()).status_code == 404
    assert sign_in(other, "grace")["Location"] == "/"


def test_without_the_link_nobody_signs_in_and_a_new_one_is_sent(client):
    sign_up(client)
    user = User.objects.get(name="grace")
    assert sign_in(Client(), "grace")["Location"] == "/accounts/confirm-email/"
    assert role_of(user) == "reader"


@pytest.mark.parametrize("key", ["x", "MQ:1vH:abc", "a" * 300])
def test_a_link_that_was_made_up_confirms_nothing(client, key):
    assert client.post(f"/accounts/confirm-email/{key}/").status_code == 404


def test_an_address_that_is_taken_gets_the_same_answer_and_its_owner_a_mail(client):
    a_person("ada")
    answers = [
        sign_up(Client(), name, email) for name, email in (("eve", "ADA@example.org"), ("eva", "eva@example.org"))
    ]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert dict(answers[0].cookies).keys() == dict(answers[1].cookies).keys()
    pages = [words(Client().get(answer["Location"])) for answer in answers]
    assert pages[0] == pages[1]
    assert not User.objects.filter(name="eve").exists()
    assert [message.to for message in mail.outbox] == [["ada@example.org"], ["eva@example.org"]]
    assert "there is one already" in str(mail.outbox[0].body)


def test_a_taken_address_costs_as_many_hashes_as_a_new_one(client, monkeypatch):
    a_person("ada")
    hashed = count_hashes(monkeypatch)
    sign_up(Client(), "eva", "eva@example.org")
    new = len(hashed)
    sign_up(Client(), "eve", "ada@example.org")
    assert len(hashed) == 2 * new


def test_the_author_of_a_commit_is_not_taken_over_by_signing_up(client):
    author = credited_account("Jimmy Yao", "jimmy@example.org")
    assert sign_up(client, "jimmy", "jimmy@example.org")["Location"] == "/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert "Ask an administrator" in str(mail.outbox[0].body)
    client.post("/accounts/password/reset/", {"email": "jimmy@example.org"})
    assert "/password/reset/key/" not in str(mail.outbox[1].body)
    author.refresh_from_db()
    assert author.is_credited_only


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("admin", "kept for the site"),
        ("Ａｄｍｉｎ", "kept for the site"),
        ("_admin_", "kept for the site"),
        ("former-abc123", "kept for the site"),
        ("аdа", "several alphabets"),
        ("раураӏ", "looks like another"),
        ("a\u202eb", "Use letters"),
        ("a b", "Use letters"),
        ("a/../b", "Use letters"),
        (".ada", "Use letters"),
        ("ADA", "Somebody has this name"),
        ("ad٣", "Write digits"),
        ("x" * 61, "at most 60"),
    ],
)
def test_a_name_that_misleads_is_refused_with_the_reason(client, name, why):
    a_person("ada")
    a_person("paypal")
    answer = sign_up(client, name)
    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "kept"), [("Grace", "grace"), ("Ｇrace", "grace"), ("Zoë", "zoë"), ("王小明", "王小明"), ("иван", "иван")]
)
def test_a_name_is_kept_in_one_form(client, typed, kept):
    sign_up(client, typed)
    assert User.objects.get().name == kept


@pytest.mark.parametrize(
    ("password", "why"), [("short", "at least 8"), ("password1", "too common"), ("grace@example", "too similar")]
)
def test_a_weak_password_is_refused_with_the_reason(client, password, why):
    assert why in sign_up(client, password=password).content.decode()
    assert not User.objects.exists()


def test_long_passwords_and_those_without_signs_are_good(client):
    assert sign_up(client, password="nothing but small letters " * 5).status_code == 302


def test_fields_that_the_form_does_not_have_change_nothing(client):
    sign_up(client, is_staff="1", is_superuser="1", role="administrator", is_active="0")
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.is_active, role_of(user)) == (False, False, True, "reader")


def test_of_two_who_take_a_name_at_once_one_is_told(client, monkeypatch):
    def lost(*_given):
        raise IntegrityError

    monkeypatch.setattr("allauth.account.forms.SignupForm.save", lost)
    answer = sign_up(client)
    assert answer.status_code == 200
    assert "taken a moment ago" in answer.content.decode()


def test_sign_up_is_limited_per_network_address(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "2/h/ip"}
    for number in range(2):
        assert sign_up(Client(), f"grace{number}", f"g{number}@example.org").status_code == 302
    answer = sign_up(client, "grace9", "g9@example.org")
    assert answer.status_code == 429
    assert "tried too often" in answer.content.decode()


def test_the_page_says_that_there_is_no_mail_server(client, settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path
    assert "no mail server" in client.get("/accounts/signup/").content.decode()
    assert "no mail server" in client.get("/accounts/password/reset/").content.decode()
    settings.MAIL_FOLDER = None
    assert "no mail server" not in client.get("/accounts/signup/").content.decode()


def test_somebody_who_is_signed_in_makes_no_second_account(client):
    a_person("ada")
    sign_in(client)
    assert client.get("/accounts/signup/")["Location"] == "/"
