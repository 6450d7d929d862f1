"""manage.py add_person, and the first administrator."""

import io
import json

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from accounts.credits import credited_account, house_account
from accounts.models import User
from accounts.roles import role_of
from tests.accounts.acting import sign_in
from tests.makers import a_person

pytestmark = pytest.mark.django_db


def add(*arguments: str) -> str:
    out = io.StringIO()
    call_command("add_person", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize("role", ["contributor", "editor", "moderator", "administrator"])
def test_a_new_person_gets_a_password_that_is_printed_once_and_signs_in(client, role):
    out = add("mo", "--email", "Mo@example.org", "--role", role)
    user = User.objects.get(name="mo")
    assert role_of(user) == role
    assert (user.is_staff, user.is_superuser) == (role == "administrator",) * 2
    password = out.split("only this once: ")[1].strip()
    assert sign_in(client, "mo@example.org", password)["Location"] == "/"


def test_the_password_comes_from_standard_input(client, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("a good sentence\n"))
    out = add("mo", "--email", "mo@example.org", "--role", "editor", "--password-stdin")
    assert "sentence" not in out
    assert "only this once" not in out
    assert sign_in(client, "mo", "a good sentence").status_code == 302


def test_a_second_time_it_changes_the_account_and_keeps_the_password(client):
    user = a_person("mo")
    out = add("MO", "--email", "new@example.org", "--role", "moderator")
    assert out == "Changed mo (new@example.org), moderator.\n"
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert [(address.email, address.verified) for address in EmailAddress.objects.filter(user=user)] == [
        ("new@example.org", True)
    ]
    assert sign_in(client, "mo").status_code == 302
    add("mo", "--email", "new@example.org", "--role", "editor")
    assert role_of(User.objects.get(name="mo")) == "editor"


def test_an_author_of_commits_is_opened_and_keeps_the_work():
    author = credited_account("Jimmy Yao", "jimmy@example.org")
    result = json.loads(add("jimmy-yao", "--email", "jimmy@example.org", "--role", "contributor", "--json"))
    assert (result["new"], result["role"]) == (False, "contributor")
    author.refresh_from_db()
    assert author.is_active
    assert author.check_password(result["password"])


@pytest.mark.parametrize(
    ("name", "email", "words"),
    [
        ("mo", "ada@example.org", "belongs to ada"),
        ("mo", "nonsense", "valid email"),
        ("a b", "mo@example.org", "Use letters"),
        ("rayhub", "mo@example.org", "the site itself"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_is_written(name, email, words):
    a_person("ada")
    house_account()
    count = User.objects.count()
    with pytest.raises(CommandError, match=words) as caught:
        add(name, "--email", email, "--role", "editor")
    assert caught.value.returncode == 2
    assert User.objects.count() == count


@pytest.mark.parametrize(
    ("line", "words"), [("short\n", "8 characters"), ("", "needs one line"), ("\n", "needs one line")]
)
def test_a_password_that_cannot_be_is_refused(monkeypatch, line, words):
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    with pytest.raises(CommandError, match=words) as caught:
        add("mo", "--email", "mo@example.org", "--role", "editor", "--password-stdin")
    assert caught.value.returncode == 2
    assert not User.objects.exists()


def test_a_role_that_is_none_is_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        add("mo", "--email", "mo@example.org", "--role", "reader")


def test_the_first_administrator_has_the_role_and_signs_in(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    out = io.StringIO()
    call_command("prepare_site", "--without-content", stdout=out)
    password = out.getvalue().partition("password")[2].split()[0]
    user = User.objects.get(name="admin")
    assert (role_of(user), user.is_staff, user.groups.get().name) == ("administrator", True, "administrator")
    assert sign_in(client, "admin", password)["Location"] == "/"
