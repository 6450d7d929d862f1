"""What goes wrong, and what the pages say then."""

from collections.abc import Collection

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from resources.home.views import server_error
from resources.urls import urlpatterns
from resources.webhooks.views import BUTTONS
from tests.makers import a_person, a_resource

SAMPLES = {
    "slug": "raydp", "number": 1, "pair": (1, 2), "name": "ada", "pk": 1, "act": "resolve", "token": "x", "key": "c1",
    "section": "tags",
}  # fmt: skip

KINDS = ("resource", "section", "wikipage", "casestudy", "comparison")

BESIDE = {
    f"{kind}_{act}"
    for kind in KINDS
    for act in (
        "new", "edit", "conflict", "presence", "remove", "restore", "rollback", "undo", "protect", "unprotect", "watch",
        "talk", "rewrite",
    )
}  # fmt: skip

ACTS = BESIDE | {
    "proposal_talk", "thread", "resolve_thread", "reopen_thread", "edit_post", "delete_post", "restore_post",
    "preview", "draft_save", "draft_discard", "block", "unblock", "clean_up", "trust", "report",
    "decide_reports", "review_batch", "accept_proposal", "ask_for_changes",
    "reject_proposal", "undo_decision", "reopen_proposal", "withdraw_proposal", "claim_proposal", "release_proposal",
    "amend_proposal", "recheck_proposal", "repair_proposal", "tag_watch",
    "releases", "wikipage_verify", "wikipage_unverify", "comparison_verify", "comparison_unverify",
    "wikipage_redirect", "wikipage_merge",
    "accept_repairs", "accept_repair", "reject_repair", "undo_repair", "retest_link", "ignore_link", "unignore_link",
    "accept_link_page", "webhooks", "webhook", *(f"webhook_{act}" for act in BUTTONS), "mcp",
    "claim", "read_notices", "watching", "notice_settings", "new_feed", "unsubscribe",
}  # fmt: skip
"""Paths that take a POST: their own tests say what it does."""


def addresses(without: Collection[str] = ()) -> list[str]:
    """One address of every path of the knowledge base."""
    found = []
    for pattern in urlpatterns:
        if not isinstance(pattern, URLPattern):
            continue  # the API has tests of its own
        assert pattern.name
        if pattern.name in without:
            continue
        wanted = set(pattern.pattern.converters)
        found.append(reverse(pattern.name, kwargs={name: SAMPLES[name] for name in wanted}))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_every_page_names_its_methods(client: Client, method: str) -> None:
    assert len(addresses()) == len(urlpatterns) - 1
    for address in addresses(without=ACTS if method == "POST" else ()):
        assert client.generic(method, address).status_code == 405, address


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "FOO"])
def test_accounts_name_their_methods(client: Client, method: str) -> None:
    assert client.generic(method, "/accounts/login/").status_code == 405
    assert client.generic(method, "/accounts/logout/").status_code == 405
    assert client.get("/accounts/logout/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/nothing/", "/resources/nothing/", "/sections/nothing/", "/tags/nothing/", "/people/nobody/",
        "/resources/raydp/history/9/", "/resources/raydp/history/1..9/", "/resources/raydp/history/0/",
        f"/resources/raydp/history/{10**18}/", "/resources/nothing/history/",
    ],
)  # fmt: skip
def test_missing_page_offers_ways_on(client: Client, address: str) -> None:
    a_resource()
    response = client.get(address)
    assert response.status_code == 404
    page = response.content.decode()
    assert "There is no page at this address" in page
    assert 'action="/search/"' in page


@pytest.mark.django_db
def test_malformed_request_is_answered_in_words() -> None:
    response = Client(headers={"host": "else.example"}).get("/")
    assert response.status_code == 400


@pytest.mark.django_db
def test_broken_page_reads_no_database(rf: RequestFactory) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = server_error(rf.get("/resources/?q=x"))
    assert response.status_code == 500
    assert "Something broke here" in response.content.decode()
    assert len(queries) == 0


@pytest.mark.django_db
def test_sign_in_leads_back_and_out_again(client: Client) -> None:
    a_person("ada", display_name="Ada Byron")
    page = client.get("/accounts/login/?next=/tags/").content.decode()
    assert 'name="next" value="/tags/"' in page
    wrong = client.post("/accounts/login/", {"login": "ada", "password": "battery", "next": "/tags/"})
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.content.decode()
    assert 'value="ada"' in wrong.content.decode()
    right = client.post("/accounts/login/", {"login": "Ada", "password": "correct horse", "next": "/tags/"})
    assert right["Location"] == "/tags/"
    assert "Your account, Ada Byron" in client.get("/tags/").content.decode()
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "Sign in" in client.get("/tags/").content.decode()


@pytest.mark.django_db
def test_sign_in_never_leads_off_the_site(client: Client) -> None:
    a_person("ada")
    answer = client.post(
        "/accounts/login/", {"login": "ada", "password": "correct horse", "next": "https://evil.example/"}
    )
    assert answer["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["/accounts/login/", "/accounts/login/?next=/accounts/login/", "/accounts/logout/"])
def test_sign_in_never_leads_back_to_itself(client: Client, target: str) -> None:
    a_person("ada")
    given = {"login": "ada", "password": "correct horse", "next": target}
    assert client.post("/accounts/login/", given)["Location"] == "/"
    assert client.get("/accounts/login/", {"next": target})["Location"] == "/"


@pytest.mark.django_db
def test_old_form_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "ada", "password": "x"})
    assert response.status_code == 403
    assert "This form was too old" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/people/a%00/", 400),
        ("/%00", 400),
        ("/complete/?q=%00", 200),
        ("/report/?person=x%00", 404),
        ("/log/?actor=%00", 200),
    ],
)
def test_a_zero_byte_in_an_address_is_no_failure(client, address, status):
    client.force_login(a_person("ada", role="moderator"))
    assert client.get(address).status_code == status
