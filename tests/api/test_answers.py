"""What holds for every operation: headers, methods, limits, and errors that say what to do."""

from typing import Any

import pytest
from django.test import Client

from accounts.tokens import revoke_token
from resources.api import rates
from resources.api.rates import BUNDLE, take
from tests.api.asking import a_secret, ask, said
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db


def test_what_has_not_changed_is_not_sent_again():
    a_resource("RayDP")
    first = ask("/resources/")
    again = ask("/resources/", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    a_resource("Modin")
    assert said(ask("/resources/", If_None_Match=first.headers["ETag"]))


def test_head_and_options_are_answered():
    head = ask("/resources/", method="HEAD")
    assert head.status_code == 200
    assert head.headers["ETag"] == ask("/resources/").headers["ETag"]
    options = Client().options("/api/v1/resources/")
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert options.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" not in options.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in options.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO"])
def test_other_methods_are_refused_with_those_that_are_known(method):
    refused = ask("/resources/", method=method)
    assert "GET" in said(refused, 405)["detail"]
    assert refused.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_addresses_without_or_with_one_slash_too_many_lead_on():
    assert ask("/resources?limit=2").headers["Location"] == "/api/v1/resources/?limit=2"
    assert ask("/openapi.json/").headers["Location"] == "/api/v1/openapi.json"
    for path in ("/", "/nothing", "/resources/a/b/c/d/"):
        assert ask(path).status_code in {200, 404}


def test_errors_under_the_address_of_the_api_are_problems_whoever_makes_them():
    answer = Client().get("/api/v2/")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Client().get("/api/v1/resources/%00/").status_code == 400


def test_bad_queries_are_refused():
    said(ask("/resources/?q=%00"), 400)
    said(ask(f"/resources/?q={'x' * 10_240}"), 414)
    said(ask(f"/resources/?q={'x' * 300}"), 422)


def test_a_token_that_does_not_work_is_refused_and_says_where_to_make_one():
    person = a_person()
    secret = a_secret(person)
    assert said(ask("/resources/", secret=secret))
    assert person.tokens.get().last_used_at is not None
    revoke_token(person.tokens.get())
    for header in (f"Bearer {secret}", "Bearer rh_nonsense", "Basic YTpi", "nonsense"):
        refused = ask("/resources/", Authorization=header)
        assert "/accounts/tokens/" in said(refused, 401)["detail"]
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_session_says_nothing_here_and_an_answer_to_a_token_is_private():
    client = Client()
    client.force_login(a_person())
    answer = client.get("/api/v1/resources/")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in answer.headers["Vary"]
    known = ask("/resources/", secret=a_secret(a_person()))
    assert known.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in known.headers["Vary"]


@pytest.fixture
def counted(settings: Any) -> None:
    settings.RATE_LIMITS = True
    rates._purses.clear()


@pytest.mark.usefixtures("counted")
def test_requests_are_counted_and_too_many_refused(monkeypatch):
    monkeypatch.setattr(rates, "STRANGERS", 3)
    monkeypatch.setattr(rates, "time", lambda: 1_800_000_015)
    left = [ask("/resources/", REMOTE_ADDR="10.0.0.1").headers["RateLimit-Remaining"] for _time in range(3)]
    assert left == ["2", "1", "0"]
    refused = ask("/resources/")
    said(refused, 429)
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"] == "45"
    assert ask("/resources/", secret=a_secret(a_person())).headers["RateLimit-Limit"] == str(rates.PEOPLE)
    monkeypatch.setattr(rates, "time", lambda: 1_800_000_060)
    assert ask("/resources/").status_code == 200


@pytest.mark.usefixtures("counted")
def test_many_processes_share_one_count():
    limit, now = 3 * BUNDLE + 5, 1_900_000_000
    allowed = 0
    for _process in range(4):
        rates._purses.clear()
        allowed += sum(take("somebody", limit, now).allowed for _time in range(BUNDLE))
    assert allowed == limit
    assert not take("somebody", limit, now).allowed
    assert take("somebody", limit, now + rates.WINDOW).allowed
