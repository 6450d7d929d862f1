"""Sign-in with GitHub, where the site has its keys."""

import os
import subprocess
import sys

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as site

from tests.accounts.acting import sign_in
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
