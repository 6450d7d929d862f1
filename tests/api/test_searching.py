"""Search, as programs have it."""

import pytest

from tests.api.asking import ask, said
from tests.makers import a_guide, a_resource

pytestmark = pytest.mark.django_db


def test_everything_is_found_with_the_words_and_operators_of_the_page():
    a_resource("RayDP", tags=["spark"], kind="paper", summary="Spark on Ray.")
    a_guide("Ray Core", body="Tasks, actors and objects.")
    found = said(ask("/search/?q=actors"))
    assert (found["total"], [one["title"] for one in found["items"]]) == (1, ["Ray Core"])
    assert "actors" in found["items"][0]["snippet"]
    assert found["items"][0]["page"].endswith("/wiki/ray-core/")
    assert [one["title"] for one in said(ask("/search/?q=ray+kind:paper"))["items"]] == ["RayDP"]
    assert said(ask("/search/?q=ray"))["facets"]
    assert said(ask("/search/?q=kind:nonsense+ray"))["problems"]


def test_results_come_in_pages_and_end():
    for number in range(5):
        a_resource(f"Tool {number}")
    first = said(ask("/search/?q=tool&limit=2&sort=title"))
    seen = [one["title"] for one in first["items"]]
    while first["next"]:
        first = said(ask(first["next"].partition("/api/v1")[2]))
        seen += [one["title"] for one in first["items"]]
    assert seen == [f"Tool {number}" for number in range(5)]
    assert said(ask("/search/?q=tool&start=500"))["items"] == []


def test_nothing_and_what_is_too_long():
    assert said(ask("/search/?q=nothingatall"))["items"] == []
    assert said(ask("/search/?q="))["items"] == []
    said(ask("/search/"), 422)
    said(ask(f"/search/?q={'x' * 500}"), 422)
    said(ask("/search/?q=a&limit=51"), 422)
