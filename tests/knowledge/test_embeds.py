"""Lists of entries inside a text."""

import time

import pytest

from resources.entries.embeds import Embed, Problem, entries_of, fill, parse
from resources.entries.tree import section_tree
from resources.publishing import remove
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def titles(words: str) -> list[str]:
    embed = parse(words)
    assert isinstance(embed, Embed), embed
    return [entry.title for entry in entries_of(embed)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("people tag=x", "no list called “people”. There are: resources, guides"),
        ("resources colour=red", "knows no “colour”. It knows: section, tag, library, kind, limit"),
        ("resources kind=cake", "“cake” is no kind. There are: library, project"),
        ("guides limit=0", "from 1 to 100"),
        ("guides limit=9999999", "from 1 to 100"),
        ("guides limit=²", "from 1 to 100"),
        ("guides limit=0000100000", "from 1 to 100"),
        ("guides limit=000005" + "0" * 5000, "from 1 to 100"),
        ("guides security", "“security” cannot be read"),
        ('guides tag="half', '“tag="half” cannot be read'),
    ],
)
def test_what_cannot_be_read_is_said_with_the_remedy(words, said):
    found = parse(words)
    assert isinstance(found, Problem)
    assert said in found.words


def test_a_list_is_narrowed_by_what_it_knows():
    top = a_section("All")
    security = a_section("Security", parent=top)
    deeper = a_section("Advisories", parent=security)
    a_resource("Alpha", sections=(security,), tags=["a b"], libraries=["core"], kind="paper")
    a_resource("Beta", sections=(deeper,), tags=["a b"], libraries=["core", "serve"])
    gone = a_resource("Gamma", sections=(deeper,))
    remove(gone, author=a_person(), reason="Gone.")
    assert titles("resources") == ["Alpha", "Beta"]
    assert titles("resources limit=1") == ["Alpha"]
    assert titles("resources section=security") == ["Alpha", "Beta"]
    assert titles("resources section=advisories library=core") == ["Beta"]
    assert titles('resources tag="a b" kind=paper') == ["Alpha"]
    assert titles("resources section=nowhere") == []


def test_every_kind_has_its_list():
    above = a_guide("Operating", tags=["ops"])
    a_guide("Second", parent=above, rank=2)
    a_guide("Last", parent=above, rank=3)
    a_guide("Old name", parent=above, redirect=above)
    a_case_study("Uber", industry="transport", libraries=["train"])
    a_case_study("Ant", industry="finance")
    a_comparison("Engines", tags=["data"])
    assert titles("guides parent=operating") == ["Second", "Last"]
    assert titles("guides tag=ops") == ["Operating"]
    assert titles("case-studies industry=transport") == ["Uber on Ray"]
    assert titles("case-studies library=train") == ["Uber on Ray"]
    assert titles("comparisons tag=data") == ["Engines"]


def test_a_list_costs_one_query(django_assert_num_queries):
    a_guide("Operating", tags=["ops"], summary="How to.")
    embed = parse("guides tag=ops")
    assert isinstance(embed, Embed)
    with django_assert_num_queries(1):
        found = [(one.title, vars(one)["summary"], one.get_absolute_url()) for one in entries_of(embed)]
    assert found == [("Operating", "How to.", "/wiki/operating/")]


def test_only_a_paragraph_of_its_own_becomes_a_list():
    body = "{{guides limit=3}}\n\nSee {{guides}} here.\n\n```\n{{guides}}\n```\n\n    {{guides}}\n"
    guide = a_guide("Lists", body=body)
    assert guide.embeds
    drawn = fill(guide.html, lambda embed, paragraph: "LIST")
    assert drawn.count("LIST") == 1
    assert drawn.count("{{guides}}") == 3
    assert fill(guide.html, lambda embed, paragraph: None) == guide.html


def test_a_word_without_end_is_read_at_once():
    began = time.monotonic()
    assert isinstance(parse("resources " + "a" * 90_000), Problem)
    assert time.monotonic() - began < 1


def test_a_section_that_shows_a_list_is_not_empty(client):
    root = a_section("Awesome")
    shows = a_section("Guides", parent=root, introduction="Read these.\n\n{{guides}}")
    bare = a_section("Books", parent=root, introduction="Not a list: {{guides}} in a line.")
    assert [(branch.section, branch.lists_others) for branch in section_tree()] == [(shows, True), (bare, False)]
    page = client.get("/").text
    assert page.count(f'href="{shows.get_absolute_url()}"') + 1 == page.count(f'href="{bare.get_absolute_url()}"')
    assert "Nothing sits here yet" not in client.get(shows.get_absolute_url()).text
    assert "Nothing sits here yet" in client.get(bare.get_absolute_url()).text
