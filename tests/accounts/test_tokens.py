"""Personal access tokens."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Token
from accounts.tokens import MOST, TooManyTokens, make_token, revoke_token, token_of
from tests.accounts.acting import prove, sign_in
from tests.makers import a_person

pytestmark = pytest.mark.django_db
FORM = {"name": "papers", "scopes": ["read", "propose"], "days": "90"}


def test_a_token_is_shown_once_and_only_its_hash_is_kept(client):
    user = a_person("ada")
    sign_in(client)
    assert "/reauthenticate/" in client.post("/accounts/tokens/", FORM)["Location"]
    assert not user.tokens.exists()
    prove(client)
    page = client.post("/accounts/tokens/", FORM)
    secret = page.context["secret"]
    token = user.tokens.get()
    assert secret.startswith("rh_")
    assert secret in page.content.decode()
    assert secret not in client.get("/accounts/tokens/").content.decode()
    assert secret not in str(Token.objects.values().get())
    assert token_of(secret) == token
    assert token.scopes == ["read", "propose"]


@pytest.mark.parametrize("secret", ["", "rh_", "rh_" + "x" * 43, "\udc80", "x" * 10_000])
def test_a_secret_that_was_made_up_opens_nothing(secret):
    make_token(a_person("ada"), name="x", scopes=["read"], days=7)
    assert token_of(secret) is None


def test_a_token_that_was_revoked_or_has_ended_or_whose_owner_left_opens_nothing(client):
    user = a_person("ada")
    revoked, first = make_token(user, name="a", scopes=["read"], days=7)
    ended, second = make_token(user, name="b", scopes=["read"], days=7)
    _kept, third = make_token(user, name="c", scopes=["read"], days=7)
    revoke_token(revoked)
    past = timezone.now() - timedelta(seconds=1)
    Token.objects.filter(pk=ended.pk).update(created_at=past - timedelta(days=7), expires_at=past)
    assert [token_of(secret) is None for secret in (first, second, third)] == [True, True, False]
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert token_of(third) is None


def test_the_last_use_is_noted_at_most_once_a_minute(django_assert_num_queries):
    token, secret = make_token(a_person("ada"), name="x", scopes=["read"], days=7)
    with django_assert_num_queries(2):
        token_of(secret)
    with django_assert_num_queries(1):
        token_of(secret)
    Token.objects.filter(pk=token.pk).update(last_used_at=timezone.now() - timedelta(minutes=2))
    with django_assert_num_queries(2):
        token_of(secret)


def test_one_revokes_ones_own_tokens_alone(client):
    theirs, secret = make_token(a_person("bob"), name="x", scopes=["read"], days=7)
    own, own_secret = make_token(a_person("ada"), name="y", scopes=["read"], days=7)
    sign_in(client)
    assert client.post(f"/accounts/tokens/{theirs.pk}/revoke/").status_code == 404
    assert client.get(f"/accounts/tokens/{own.pk}/revoke/").status_code == 405
    for _twice in range(2):
        assert client.post(f"/accounts/tokens/{own.pk}/revoke/")["Location"] == "/accounts/tokens/"
    assert Client().post(f"/accounts/tokens/{own.pk}/revoke/")["Location"].startswith("/accounts/login/")
    assert token_of(secret)
    assert token_of(own_secret) is None


@pytest.mark.parametrize(
    "change",
    [{"name": ""}, {"scopes": []}, {"scopes": ["everything"]}, {"days": "9999"}, {"days": "-1"}, {"name": "x" * 61}],
)
def test_a_form_that_is_wrong_makes_nothing(client, change):
    user = a_person("ada")
    sign_in(client)
    prove(client)
    answer = client.post("/accounts/tokens/", FORM | change)
    assert 'role="alert"' in answer.content.decode()
    assert not user.tokens.exists()


def test_there_is_a_limit_that_names_the_remedy():
    user = a_person("ada")
    for _number in range(MOST):
        make_token(user, name="x", scopes=["read"], days=7)
    with pytest.raises(TooManyTokens, match="Revoke one"):
        make_token(user, name="x", scopes=["read"], days=7)
