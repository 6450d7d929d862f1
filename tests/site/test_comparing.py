"""Two revisions compared: fields by name, words marked, unchanged lines folded, moved blocks told."""

import pytest
from django.test import Client

from resources.entries.content import read_content
from resources.entries.models import Resource, Section
from resources.publishing import publish, remove
from resources.text.lines import SHOWN
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def _edited_section() -> None:
    lines = [f"Line {number} says something of its own, and at length." for number in range(40)]
    section = a_section("Security", introduction="\n".join(lines))
    lines[5] = "Line 5 says something altogether new of its own, and at length."
    lines.insert(20, lines.pop(35))
    content = read_content(section) | {"introduction": "\n".join(lines), "title": "Security first"}
    publish(content, entry=section, author=a_person())


@pytest.mark.usefixtures("_edited_section")
@pytest.mark.parametrize("view", ["", "?view=split"])
def test_texts_are_compared_by_lines_and_words(client: Client, view: str) -> None:
    page = client.get(f"/sections/security/history/1..2/{view}").content.decode()
    assert "<ins>altogether new </ins>" in page
    assert "<ins> first</ins>" in page
    assert "unchanged lines</summary>" in page
    # The first line of a block says so for all of it.
    assert page.count("moved away from here") == 1
    assert page.count("moved to here") == 1
    assert ('class="diff split"' in page) is bool(view)


@pytest.mark.usefixtures("_edited_section")
def test_either_order_and_the_same_twice(client: Client) -> None:
    backwards = client.get("/sections/security/history/2..1/").content.decode()
    assert "<del>altogether new </del>" in backwards
    assert "The content is the same" in client.get("/sections/security/history/2..2/").content.decode()


def test_sets_values_and_seats_are_compared(client: Client) -> None:
    one, other = a_section("One"), a_section("Other")
    raydp = a_resource("RayDP", sections=(one,), tags=["spark", "old"], kind="library")
    seat = read_content(raydp)["placements"][0]
    content = read_content(raydp) | {
        "tags": ["spark", "new"], "kind": "tool", "placements": [seat | {"section": other.pk}], "year": 2021,
    }  # fmt: skip
    publish(content, entry=raydp, author=a_person())
    page = client.get("/resources/raydp/history/1..2/").content.decode()
    assert "new</ins></li>" in page
    assert "old</del></li>" in page
    assert "<del>library</del>" in page
    assert "<ins>tool</ins>" in page
    assert '<strong>One</strong> <span class="badge red">removed</span>' in page
    assert '<strong>Other</strong> <span class="badge green">added</span>' in page
    assert "spark" not in page.split('class="versus"')[1].split("<footer")[0]


def test_removal_says_that_the_content_is_the_same(client: Client) -> None:
    raydp = a_resource()
    remove(raydp, author=a_person(), reason="Gone.")
    assert "The content is the same" in client.get("/resources/raydp/history/1..2/").content.decode()
    assert Resource.objects.get().removed_at is not None


def test_a_long_text_is_compared_on_one_page(client: Client) -> None:
    lines = [f"Line {number} of a long text that many people wrote together over time." for number in range(1200)]
    section = a_section("Long", introduction="\n".join(lines))
    lines[600] = "Line 600 was rewritten."
    publish(read_content(section) | {"introduction": "\n".join(lines)}, entry=section, author=a_person())
    page = client.get("/sections/long/history/1..2/").content.decode()
    assert "unchanged lines" in page
    assert len(page) < 60_000
    assert Section.objects.count() == 1


@pytest.mark.parametrize("view", ["", "?view=split"])
def test_a_difference_of_very_many_lines_shows_its_beginning_and_offers_both_sources(client: Client, view: str) -> None:
    before, after = (["one", "two"][number % 7 > 2] for number in range(9000)), ["three"] * 9000
    section = a_section("Long", introduction="\n".join(before))
    publish(read_content(section) | {"introduction": "\n".join(after)}, entry=section, author=a_person())
    page = client.get(f"/sections/long/history/1..2/{view}").content.decode()
    assert "+9000" in page
    assert "−9000" in page
    assert page.count("<tr class=") == SHOWN
    assert (
        f"These are the first {SHOWN} rows of a very long difference; {18_000 - SHOWN} more rows are not shown." in page
    )
    assert len(page) < 400_000
    for number, word in ((1, "one"), (2, "three")):
        assert f'href="/sections/long/history/{number}.md"' in page
        source = client.get(f"/sections/long/history/{number}.md")
        assert source["Content-Type"].startswith("text/markdown")
        assert source.content.decode().count(f"{word}\n") > 3000


def test_a_difference_of_many_lines_is_whole_up_to_the_bound(client: Client) -> None:
    section = a_section("Long", introduction="\n".join(["one"] * (SHOWN // 2)))
    text = "\n".join(["two"] * (SHOWN // 2))
    publish(read_content(section) | {"introduction": text}, entry=section, author=a_person())
    page = client.get("/sections/long/history/1..2/").content.decode()
    assert page.count("<tr class=") == SHOWN
    assert "are not shown" not in page


@pytest.mark.parametrize("path", ["history/", "history/2/", "history/1..2/"])
def test_history_says_who_accepted_a_change_and_how_much_it_changes(client: Client, path: str) -> None:
    entry = a_resource()
    content = read_content(entry) | {"title": "RayDP for Spark"}
    moderator = a_person("mo", role="moderator", display_name="Mo Hill")
    publish(content, entry=entry, author=a_person("cora"), accepted_by=moderator, significance="major")
    page = client.get(f"{entry.get_absolute_url()}{path}").content.decode()
    assert 'accepted by <a class="plain" href="/people/mo/">Mo Hill</a>' in page
    assert '<span class="badge">major</span>' in page
