"""Titles for those who type "[[", forms whose token is too old, and the page for a broken server."""

import pytest
from django.test import Client, RequestFactory

from resources.entries.models import Resource
from resources.home.views import server_error
from tests.editing.cast import fields_of
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

EDIT = "/resources/raydp/edit/"


def test_titles_are_completed_those_that_begin_so_first(client):
    a_resource("Deep Spark")
    a_resource("Spark on Ray")
    a_section("Sparks")
    gone = a_resource("Spark of old")
    Resource.objects.filter(pk=gone.pk).update(removed_at=gone.changed_at)
    found = client.get("/complete/?q=spark").json()["found"]
    assert [one["title"] for one in found] == ["Spark on Ray", "Sparks", "Deep Spark"]
    assert found[0] == {
        "title": "Spark on Ray",
        "url": "/resources/spark-on-ray/",
        "kind": "Resource",
        "mention": "[[resource:spark-on-ray|Spark on Ray]]",
        "short": "[[resource:spark-on-ray]]",
    }
    assert client.get("/complete/").json() == {"found": []}
    assert client.get("/complete/", {"q": "%" * 500}).json() == {"found": []}
    assert client.post("/complete/").status_code == 405


def strict_browser():
    from accounts.roles import give_role

    person = a_person("ed")
    give_role(person, "editor")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    return browser


def test_a_form_that_is_too_old_goes_on_with_a_fresh_token():
    a_resource()
    browser = strict_browser()
    fields = fields_of(browser, EDIT) | {"summary": "Typed for an hour.", "libraries": ["core", "data"], "act": "save"}
    fields["csrfmiddlewaretoken"] = "x" * 64
    answer = browser.post(EDIT, fields, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Typed for an hour." in page
    assert page.count('name="libraries"') == 2
    from tests.editing.forms import fields_in

    again = fields_in(page.replace('<form method="post" action="/resources', '<form class="desk" action="/resources'))
    assert browser.post(EDIT, again, headers={"origin": "http://testserver"}).status_code == 302
    assert Resource.objects.get().summary == "Typed for an hour."


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site", "origin": "http://testserver"}, {}],
)
def test_a_form_from_elsewhere_is_not_carried_on(headers):
    a_resource()
    page = strict_browser().post(EDIT, {"summary": "Planted."}, headers=headers)
    assert page.status_code == 403
    assert "Planted." not in page.content.decode()
    assert "This form was too old" in page.content.decode()


def test_passwords_are_never_carried_on():
    answer = Client(enforce_csrf_checks=True).post(
        "/accounts/login/", {"login": "ada", "password": "secret words"}, headers={"sec-fetch-site": "same-origin"}
    )
    assert answer.status_code == 403
    assert "secret words" not in answer.content.decode()


def test_the_page_of_a_broken_server_says_where_the_text_is():
    assert "your text is kept in this browser" in server_error(RequestFactory().post(EDIT)).content.decode()
