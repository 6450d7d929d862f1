"""Revisions as programs read them."""

import pytest

from resources.entries.content import read_content
from resources.publishing import publish, remove
from tests.api.asking import ask, said
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    entry = a_resource("RayDP", author=a_person("ada"))
    content = read_content(entry) | {"summary": "Twice.", "tags": ["spark"]}
    publish(content, entry=entry, author=a_person("bo"), base=1, summary="Shorter")
    return entry


def test_revisions_are_listed_the_newest_first_in_pages(entry):
    first = said(ask("/resources/raydp/revisions/?limit=1"))
    assert [(row["number"], row["author"]["name"], row["summary"]) for row in first["items"]] == [(2, "bo", "Shorter")]
    second = said(ask(first["next"].partition("/api/v1")[2]))
    assert [row["number"] for row in second["items"]] == [1]
    assert second["next"] is None


def test_a_revision_is_read_with_its_content(entry):
    found = said(ask("/resources/raydp/revisions/1/"))
    assert found["content"]["summary"] == "RayDP in one sentence."
    assert found["act"] == "created"
    assert found["page"].endswith("/resources/raydp/history/1/")


def test_two_are_compared_field_by_field(entry):
    found = said(ask("/resources/raydp/compare/?old=1&new=2"))
    assert {(one["field"], one["kind"]) for one in found["changed"]} == {("summary", "scalar"), ("tags", "set")}
    assert {one["field"]: one["after"] for one in found["changed"]} == {"summary": "Twice.", "tags": ["spark"]}
    assert said(ask("/resources/raydp/compare/?old=2&new=2"))["changed"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/resources/raydp/revisions/3/", 404),
        ("/resources/raydp/revisions/0/", 422),
        ("/resources/raydp/revisions/99999999999999999999/", 422),
        ("/resources/none/revisions/", 404),
        ("/nonsense/raydp/revisions/", 404),
        ("/resources/raydp/compare/?old=1&new=9", 404),
        ("/resources/raydp/compare/?old=1", 422),
        ("/resources/raydp/compare/?old=a&new=b", 422),
    ],
)
def test_what_is_not_there_is_said(entry, path, status):
    said(ask(path), status)


def test_the_history_of_what_was_removed_stays(entry):
    remove(entry, author=a_person(), reason="Spam.")
    assert said(ask("/resources/raydp/revisions/"))["items"][0]["act"] == "removed"
    assert said(ask("/resources/raydp/revisions/3/"))["number"] == 3
