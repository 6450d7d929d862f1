"""Entries as programs read them: every kind, narrowed, sorted, in pages, with the fields that were asked for."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.entries.content import MODELS, content_fields, read_content
from resources.entries.models import Entry
from resources.publishing import publish, remove
from tests.api.asking import ask, said
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

LISTS = {
    "resources": Entry.Type.RESOURCE,
    "sections": Entry.Type.SECTION,
    "wiki": Entry.Type.WIKIPAGE,
    "case-studies": Entry.Type.CASESTUDY,
    "comparisons": Entry.Type.COMPARISON,
}


@pytest.fixture
def one_of_each() -> dict[str, Any]:
    section = a_section("Libraries")
    return {
        "resources": a_resource("RayDP", sections=(section,), tags=["spark"], libraries=["data"], year=2021),
        "sections": section,
        "wiki": a_guide("Ray Core", body="# Tasks\n\nSee [[resource:raydp]]."),
        "case-studies": a_case_study("Uber", claims=(a_claim("c1"),)),
        "comparisons": a_comparison("Engines", cells={"ray/cost": "Low."}),
    }


@pytest.mark.parametrize("name", LISTS)
def test_every_kind_is_listed_and_read_whole(one_of_each, name):
    entry = one_of_each[name]
    row = said(ask(f"/{name}/"))["items"][0]
    assert (row["id"], row["type"], row["slug"], row["revision"]) == (entry.pk, LISTS[name], entry.slug, 1)
    short = {field.name for field in content_fields(MODELS[LISTS[name]]) if field.kind in {"scalar", "set"}}
    assert row["facts"].keys() == short
    assert not {"content", "html", "source"} & row.keys()
    whole = said(ask(f"/{name}/{entry.slug}/?include=html,source"))
    assert whole["content"] == read_content(MODELS[LISTS[name]].objects.get(pk=entry.pk))
    assert whole["page"].endswith(entry.get_absolute_url())
    assert whole["html"] == entry.html
    assert whole["source"].startswith(f"---\nid: {entry.key}\n")


def test_fields_leave_out_all_that_was_not_named(one_of_each):
    assert said(ask("/resources/?fields=title"))["items"] == [
        {"id": one_of_each["resources"].pk, "type": "resource", "slug": "raydp", "title": "RayDP"}
    ]
    assert said(ask("/resources/raydp/?fields=html")).keys() == {"id", "type", "slug", "html"}
    wrong = said(ask("/resources/?fields=secrets"), 422)
    assert wrong["errors"][0]["field"] == "fields"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ray", ["RayDP"]),
        ("q=spark", []),
        ("tag=spark", ["RayDP"]),
        ("tag=none", []),
        ("library=data", ["RayDP"]),
        ("library=tune", ["Modin"]),
        ("kind=paper", ["Modin"]),
        ("language=Python", ["Modin"]),
        ("state=archived", ["Modin"]),
        ("section=libraries", ["RayDP"]),
        ("kind=paper&tag=spark", []),
        ("sort=title", ["Modin", "RayDP"]),
        ("sort=added", ["Modin", "RayDP"]),
        ("sort=year", ["RayDP", "Modin"]),
    ],
)
def test_resources_are_narrowed_and_sorted(one_of_each, query, found):
    a_resource("Modin", kind="paper", language="Python", state="archived", libraries=["tune"])
    assert [row["title"] for row in said(ask(f"/resources/?{query}"))["items"]] == found


def test_other_kinds_are_narrowed_in_their_own_way(one_of_each):
    a_guide("Actors", parent=one_of_each["wiki"])
    a_section("Below", parent=one_of_each["sections"])
    assert [row["slug"] for row in said(ask("/wiki/?parent=ray-core"))["items"]] == ["actors"]
    assert [row["slug"] for row in said(ask("/sections/?parent=libraries"))["items"]] == ["below"]
    assert said(ask("/case-studies/?industry=other"))["items"]
    assert not said(ask("/case-studies/?industry=finance"))["items"]


@pytest.mark.parametrize("query", ["kind=nonsense", "limit=0", "limit=1000000", "limit=abc", "sort=random", "limit=-1"])
def test_a_wrong_parameter_is_named(query):
    wrong = said(ask(f"/resources/?{query}"), 422)
    assert wrong["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize("sort", ["title", "changed", "added", "year"])
def test_pages_show_everything_once_while_others_write(sort):
    for number in range(7):
        a_resource(f"Same {number % 2}", slug=f"r{number}", year=2020 + number % 3 if number else None)
    seen: list[str] = []
    path = f"/resources/?limit=2&sort={sort}&fields=title"
    pages = 0
    while path:
        answer = ask(path)
        page = said(answer)
        seen += [row["slug"] for row in page["items"]]
        assert ('rel="next"' in answer.headers.get("Link", "")) == bool(page["next"])
        path = page["next"].partition("/api/v1")[2] if page["next"] else ""
        pages += 1
        if pages == 2:
            a_resource("Aaa", slug=f"first-{sort}")
    known = [slug for slug in seen if slug.startswith("r")]
    assert sorted(known) == [f"r{number}" for number in range(7)]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("cursor", ["nonsense", "AAAA", "Ym9ndXM", "x" * 1000])
def test_a_cursor_that_we_did_not_make_leads_nowhere(cursor):
    said(ask(f"/resources/?cursor={cursor}"), 404)


def test_a_cursor_of_another_order_leads_nowhere():
    for number in range(2):
        a_resource(f"R{number}")
    page = said(ask("/resources/?limit=1&sort=added"))
    cursor = page["next"].partition("cursor=")[2].partition("&")[0]
    said(ask(f"/resources/?cursor={cursor}"), 404)


def test_bad_slugs_are_not_found_and_old_ones_lead_on(one_of_each):
    entry = one_of_each["resources"]
    publish(read_content(entry) | {"slug": "raydp-2"}, entry=entry, author=a_person(), base=1)
    moved = ask("/resources/raydp/?fields=title")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/api/v1/resources/raydp-2/?fields=title")
    said(ask("/resources/none/"), 404)
    said(ask("/nonsense/"), 404)
    said(ask(f"/resources/{'x' * 400}/"), 422)


def test_what_was_removed_says_so(one_of_each):
    remove(one_of_each["resources"], author=a_person(), reason="Spam.")
    gone = said(ask("/resources/raydp/"), 410)
    assert "/api/v1/resources/raydp/revisions/" in gone["detail"]
    assert not said(ask("/resources/"))["items"]


@pytest.mark.parametrize(
    ("name", "include"), [("resources", "content,html,source"), ("resources", "html"), ("case-studies", "source")]
)
def test_a_list_takes_as_many_queries_for_many_as_for_few(one_of_each, name, include):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            said(ask(f"/{name}/?include={include}&limit=100"))
        return len(asked)

    for number in range(2):
        a_resource(f"A{number}", tags=["one"], sections=(one_of_each["sections"],))
        a_case_study(f"A{number}", claims=(a_claim(),))
    few = queries()
    for number in range(20):
        a_resource(f"B{number}", tags=["one", f"t{number}"], sections=(one_of_each["sections"],))
        a_case_study(f"B{number}", claims=(a_claim(),))
    assert queries() == few <= 9
