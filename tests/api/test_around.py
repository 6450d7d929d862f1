"""What stands around entries: links, the tree, changes, people, tags, releases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.links.models import Link
from resources.publishing import remove
from tests.api.asking import ask, said
from tests.makers import a_guide, a_person, a_release, a_resource, a_section

pytestmark = pytest.mark.django_db


def test_links_say_how_they_stand_and_where():
    a_resource("RayDP", url="https://example.org/a")
    a_guide("Ray Core", body="See <https://example.org/b>.")
    Link.objects.filter(address="https://example.org/b").update(
        state="broken", cause="not_found", status=404, checked_at=timezone.now()
    )
    assert [one["address"] for one in said(ask("/links/"))["items"]] == [
        "https://example.org/a",
        "https://example.org/b",
    ]
    broken = said(ask("/links/?health=broken"))["items"]
    assert [(one["health"], one["status"], one["host"]) for one in broken] == [("broken", 404, "example.org")]
    assert broken[0]["places"][0] | {"id": 0} == {
        "id": 0, "type": "wikipage", "slug": "ray-core", "title": "Ray Core", "field": "body",
        "page": broken[0]["places"][0]["page"], "written": "https://example.org/b",
    }  # fmt: skip
    assert broken[0]["detail"].endswith(".")
    assert [one["address"] for one in said(ask("/wiki/ray-core/links/"))["items"]] == ["https://example.org/b"]
    assert not said(ask("/links/?host=none.example"))["items"]
    assert len(said(ask("/links/?q=example.org"))["items"]) == 2
    said(ask("/links/?health=odd"), 422)
    said(ask("/wiki/none/links/"), 404)


def test_links_take_as_many_queries_for_many_as_for_few():
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            said(ask("/links/?limit=100"))
        return len(asked)

    a_resource("R")
    few = queries()
    for number in range(20):
        a_resource(f"R{number}")
    assert queries() == few <= 3


def test_the_tree_has_sections_with_what_is_in_them():
    root = a_section("List")
    above = a_section("Libraries", parent=root)
    below = a_section("Data", parent=above)
    a_resource("RayDP", sections=(below,))
    tree = said(ask("/tree/"))["sections"]
    assert [(one["slug"], one["resources"], [child["slug"] for child in one["children"]]) for one in tree] == [
        ("libraries", 1, ["data"])
    ]


def test_changes_are_listed_from_a_moment_on():
    first = a_resource("A")
    between = timezone.now().isoformat()
    a_guide("B", author=a_person("bo"))
    remove(first, author=a_person(), reason="Spam.")
    rows = said(ask("/changes/"))["items"]
    assert [(row["entry"]["slug"], row["act"], row["number"]) for row in rows] == [
        ("a", "removed", 2), ("b", "created", 1), ("a", "created", 1),
    ]  # fmt: skip
    since = between.replace("+00:00", "Z")
    assert [row["entry"]["slug"] for row in said(ask(f"/changes/?since={since}"))["items"]] == ["a", "b"]
    assert [row["act"] for row in said(ask("/changes/?type=resource&act=removed"))["items"]] == ["removed"]
    assert not said(ask("/changes/?since=9999-13-39T29:00:00Z"))["items"]
    assert len(said(ask("/changes/?since=0000-01-01T00:00:00%2B12:00"))["items"]) == 3
    said(ask("/changes/?since=yesterday"), 422)
    page = said(ask("/changes/?limit=2"))
    assert len(said(ask(page["next"].partition("/api/v1")[2]))["items"]) == 1


def test_people_show_what_everybody_may_know_and_no_more():
    person = a_person("bo", role="editor", bio="I write.")
    a_resource("A", author=person)
    a_person("silent")
    assert [one["name"] for one in said(ask("/people/"))["items"]] == ["bo"]
    found = said(ask("/people/BO/"))
    assert (found["name"], found["role"], found["bio"], found["begun"], found["revisions"]) == (
        "bo",
        "editor",
        "I write.",
        1,
        1,
    )
    assert "example.org" not in ask("/people/bo/").content.decode()
    said(ask("/people/nobody/"), 404)


def test_tags_and_releases_are_listed():
    a_resource("A", tags=["spark", "data"])
    a_release("2.9.0")
    a_release("2.10.0")
    assert [(one["slug"], one["entries"]) for one in said(ask("/tags/"))["items"]] == [("data", 1), ("spark", 1)]
    first = said(ask("/releases/?limit=1"))
    assert [one["version"] for one in first["items"]] == ["2.10.0"]
    assert [one["version"] for one in said(ask(first["next"].partition("/api/v1")[2]))["items"]] == ["2.9.0"]
