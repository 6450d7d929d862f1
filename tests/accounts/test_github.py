"""Sign-in with GitHub, where the site has its keys."""

import os
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings as site
from django.db import IntegrityError

from accounts.models import User
from accounts.roles import role_of
from tests.accounts.acting import link, sign_in
from tests.makers import a_person
from tests.processes import ROOT

pytestmark = pytest.mark.django_db
PAGES = ["github/login/", "github/login/callback/", "connected/", "connected/signup/", "connected/cancelled/"]


@pytest.fixture
def keys(settings):
    settings.GITHUB_SIGN_IN = True
    app = {"client_id": "id-1", "secret": "s", "key": ""}
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"SCOPE": ["user:email"], "APPS": [app]}}


def test_without_keys_there_is_no_trace_of_it(client):
    for path in PAGES:
        assert client.get(f"/accounts/{path}").status_code == 404, path
    assert "GitHub" not in client.get("/accounts/login/").content.decode()
    assert "github.com" not in str(site.SECURE_CSP["form-action"])


def test_with_keys_a_button_leads_to_github_and_a_link_asks_first(client, keys):
    assert "Go on with GitHub" in client.get("/accounts/login/").content.decode()
    assert "Go on with GitHub" in client.get("/accounts/signup/").content.decode()
    assert client.get("/accounts/github/login/").status_code == 200
    answer = client.post("/accounts/github/login/")
    assert answer["Location"].startswith("https://github.com/login/oauth/authorize?client_id=id-1")
    assert "state=" in answer["Location"]


def test_a_callback_that_nobody_asked_for_signs_nobody_in(client, keys):
    answer = client.get("/accounts/github/login/callback/?code=x&state=y")
    assert answer.status_code in {200, 401, 302}
    assert "_auth_user_id" not in client.session


def test_connected_accounts_are_listed_and_ended(client, keys):
    user = a_person("ada")
    SocialAccount.objects.create(user=user, provider="github", uid="1", extra_data={"login": "ada-gh"})
    sign_in(client)
    page = client.get("/accounts/connected/")
    assert page.status_code == 200
    assert "Disconnect" in page.content.decode()
    theirs = SocialAccount.objects.create(user=a_person("bob"), provider="github", uid="2")
    client.post("/accounts/connected/", {"account": theirs.pk})
    assert SocialAccount.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize(
    "keys", [{}, {"GITHUB_CLIENT_ID": "id-1"}, {"GITHUB_CLIENT_ID": "id-1", "GITHUB_CLIENT_SECRET": "s"}]
)
def test_a_form_may_lead_to_github_only_where_both_keys_are_set(tmp_path, keys):
    code = "from django.conf import settings as s; print(s.GITHUB_SIGN_IN, *s.SECURE_CSP['form-action'])"
    environ = os.environ | {"RAYHUB_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "rayhub.settings"} | keys
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, text=True, capture_output=True, check=True
    )
    both = len(keys) == 2
    assert out.stdout.split() == [str(both), "'self'", *(["https://github.com"] if both else [])]


def come_from_github(client, *, verified: bool, email: str = "grace@example.org"):
    """Somebody whom GitHub has just sent back, and who chooses a name here."""
    account = SocialAccount(provider="github", uid="77", extra_data={"login": "grace-gh"})
    login = SocialLogin(
        provider=get_adapter().get_provider(None, "github"),
        user=User(email=email),
        account=account,
        email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
    )
    login.state = {"process": "login", "next": "/tags/"}
    session = client.session
    session["socialaccount_sociallogin"] = login.serialize()
    session.save()
    assert "You come from GitHub" in client.get("/accounts/connected/signup/").content.decode()
    return client.post("/accounts/connected/signup/", {"username": "Grace", "email": email})


def test_whom_github_vouches_for_is_a_contributor_at_once(client, keys):
    assert come_from_github(client, verified=True)["Location"] == "/tags/"
    user = User.objects.get()
    assert (user.name, user.display_name, role_of(user)) == ("grace", "Grace", "contributor")
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    assert client.get("/accounts/password/set/").status_code == 200


def test_whom_github_does_not_vouch_for_confirms_the_address(client, keys):
    assert come_from_github(client, verified=False)["Location"] == "/accounts/confirm-email/"
    assert role_of(User.objects.get()) == "reader"
    client.post(link())
    assert role_of(User.objects.get()) == "contributor"


def test_an_address_that_is_taken_here_is_not_joined_by_coming_from_github(client, keys):
    a_person("ada")
    assert come_from_github(client, verified=True, email="ada@example.org")["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_who_loses_a_race_for_a_name_chooses_another(client, keys, monkeypatch):
    with monkeypatch.context() as lost:
        lost.setattr("allauth.socialaccount.forms.SignupForm.save", lose)
        assert "taken a moment ago" in come_from_github(client, verified=True).content.decode()
    again = client.post("/accounts/connected/signup/", {"username": "Hopper", "email": "grace@example.org"})
    assert again["Location"] == "/tags/"
    assert User.objects.get().name == "hopper"


def lose(*_given):
    raise IntegrityError
