"""The settings: profile, sessions, one's data."""

import json

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.tokens import make_token
from tests.accounts.acting import prove, sign_in
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db


def test_the_profile_is_kept_as_it_was_typed_but_for_what_is_not_seen(client):
    a_person("ada")
    sign_in(client)
    data = {
        "display_name": " Ada\u202e  Byron ",
        "bio": "First.\r\nSecond.\0",
        "links": "https://a.example\nhttps://a.example/x",
    }
    data["bio"] = "First.\r\nSecond.\u200f"
    assert client.post("/accounts/", data)["Location"] == "/accounts/"
    user = User.objects.get(name="ada")
    assert (user.display_name, user.bio) == ("Ada Byron", "First.\nSecond.")
    assert user.links == ["https://a.example", "https://a.example/x"]
    assert "https://a.example\nhttps://a.example/x" in client.get("/accounts/").content.decode()


@pytest.mark.parametrize(
    "link",
    [
        "http://a.example",
        "javascript:alert(1)",
        "https://",
        "https://x",
        "//a.example",
        "https://u@a.example",
        "https://[",
        "data:x",
    ],
)
def test_a_link_that_is_none_is_refused_with_the_reason(client, link):
    a_person("ada")
    sign_in(client)
    answer = client.post("/accounts/", {"links": link})
    assert "begins with https://" in answer.content.decode()
    assert User.objects.get(name="ada").links == []


def test_too_many_links_and_too_long_a_text_are_refused(client):
    a_person("ada")
    sign_in(client)
    links = "\n".join(f"https://{number}.example" for number in range(6))
    assert "Keep the best 5" in client.post("/accounts/", {"links": links}).content.decode()
    assert "at most 500" in client.post("/accounts/", {"bio": "x" * 501}).content.decode()


def test_fields_that_the_form_does_not_have_change_nothing(client):
    a_person("ada")
    sign_in(client)
    client.post("/accounts/", {"display_name": "A", "name": "root", "is_staff": "1", "email": "x@example.org"})
    user = User.objects.get(name="ada")
    assert (user.is_staff, user.email, user.display_name) == (False, "ada@example.org", "A")


def test_one_ends_a_session_elsewhere_and_all_others(client):
    a_person("ada")
    browsers = [Client() for _number in range(3)]
    for number, browser in enumerate(browsers):
        sign_in(browser)
        UserSession.objects.filter(session_key=browser.session.session_key).update(user_agent=f"Firefox/{number}")
    sign_in(client)
    first = UserSession.objects.get(user_agent="Firefox/0")
    assert client.post(f"/accounts/sessions/{first.pk}/end/")["Location"] == "/accounts/sessions/"
    assert "Sign in" in browsers[0].get("/").content.decode()
    assert "Sign out" in browsers[1].get("/").content.decode()
    assert client.post(f"/accounts/sessions/{first.pk}/end/").status_code == 404
    assert client.post("/accounts/sessions/").status_code == 302
    assert "Sign in" in browsers[1].get("/").content.decode()
    assert "Sign out" in client.get("/").content.decode()
    own = UserSession.objects.get()
    assert client.post(f"/accounts/sessions/{own.pk}/end/")["Location"] == "/"
    assert "Sign in" in client.get("/").content.decode()


def test_a_session_of_another_does_not_exist_for_one(client):
    a_person("bob")
    bob = Client()
    sign_in(bob, "bob")
    a_person("ada")
    sign_in(client)
    session = UserSession.objects.get(user__name="bob")
    assert client.post(f"/accounts/sessions/{session.pk}/end/").status_code == 404
    assert client.get(f"/accounts/sessions/{session.pk}/end/").status_code == 405
    assert "Sign out" in bob.get("/").content.decode()


def test_ones_data_is_a_file_with_everything_and_no_secret(client):
    user = a_person("ada")
    _token, secret = make_token(user, name="papers", scopes=["read"], days=7)
    a_resource("RayDP", author=user)
    sign_in(client)
    assert "/reauthenticate/" in client.get("/accounts/data/")["Location"]
    prove(client)
    answer = client.get("/accounts/data/")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/json"
    data = json.loads(answer.content)
    assert data["account"]["emails"] == [{"email": "ada@example.org", "verified": True, "primary": True}]
    assert data["account"]["tokens"][0]["name"] == "papers"
    assert data["account"]["sessions"][0]["ip"] == "127.0.0.1"
    assert data["revisions"][0]["content"]["title"] == "RayDP"
    assert data["events"]
    for kept_back in (secret, user.password, user.tokens.get().hash, client.session.session_key):
        assert kept_back not in answer.content.decode()


def test_the_menu_marks_the_page_and_the_mails_are_for_administrators(client):
    a_person("ada")
    sign_in(client)
    page = client.get("/accounts/passkeys/").content.decode()
    assert page.count('aria-current="page"') == 1
    assert 'href="/accounts/passkeys/" aria-current="page"' in page
    prove(client)
    leave = client.get("/accounts/leave/").content.decode()
    assert 'href="/accounts/yours/" aria-current="page"' in leave
    assert leave.count('aria-current="page"') == 1
    assert "/accounts/mails/" not in page
    assert "/accounts/connected/" not in page


def test_the_list_of_sessions_asks_as_much_for_many_as_for_one(client, django_assert_max_num_queries):
    a_person("ada")
    for _number in range(12):
        sign_in(Client())
    sign_in(client)
    UserSession.objects.create(user=User.objects.get(), ip="127.0.0.1", session_key="gone", user_agent="Gone")
    with django_assert_max_num_queries(14):
        page = client.get("/accounts/sessions/")
    assert len(page.context["sessions"]) == 13
    assert "Gone" not in page.content.decode()


@pytest.mark.parametrize("shown", ["Mo", "мо", "m.o", "Mo Moderates", "RayHub", "Administrator", "former-1"])
def test_nobody_is_shown_under_the_name_of_another_or_of_the_house(client, shown):
    a_person("mo", role="moderator", display_name="Mo Moderates")
    a_person("ada")
    sign_in(client)
    answer = client.post("/accounts/", {"display_name": shown, "bio": "", "links": ""})
    assert b"This looks like the name of somebody else" in answer.content
    assert User.objects.get(name="ada").display_name == ""


def test_a_name_of_letters_that_nobody_sees_is_none(client):
    a_person("ada")
    sign_in(client)
    assert client.post("/accounts/", {"display_name": "ㅤ⠀", "bio": "", "links": ""}).status_code == 302
    assert str(User.objects.get(name="ada")) == "ada"
