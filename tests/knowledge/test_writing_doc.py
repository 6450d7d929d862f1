"""docs/writing.md says what is so."""

import re
from pathlib import Path

import pytest

from resources.editing.page_templates import PAGE_TEMPLATES
from resources.entries.embeds import MOST, MOST_ON_A_PAGE, NARROWED_BY, USUAL, Embed, entries_of, parse
from tests.makers import a_case_study, a_comparison, a_guide, a_resource, a_section

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "writing.md").read_text()


def test_the_examples_of_lists_are_lists():
    examples = re.findall(r"^\{\{(.+)\}\}$", TEXT, re.MULTILINE)
    assert len(examples) >= 6
    for words in [*examples, 'resources tag="machine learning"']:
        embed = parse(words)
        assert isinstance(embed, Embed), words
        assert entries_of(embed) == []
    assert {words.split()[0] for words in examples} == set(NARROWED_BY)


def test_the_table_of_lists_is_complete():
    for name, arguments in NARROWED_BY.items():
        row = next(line for line in TEXT.splitlines() if line.startswith(f"| `{name}` |"))
        assert re.findall(r"`([a-z]+)`", row.partition("|")[2].partition("|")[2]) == list(arguments)
    assert f"from 1 to {MOST}; without it {USUAL} entries" in TEXT
    assert MOST_ON_A_PAGE == 10
    assert "shows ten lists" in TEXT


def test_the_examples_of_mentions_lead_somewhere():
    a_guide("Ray Core", body="## Tasks")
    a_resource("RayDP")
    a_section("Libraries")
    a_case_study("Uber")
    a_comparison("Engines")
    mentions = [found.replace("\\|", "|") for found in re.findall(r"^\| `(\[\[.+?\]\])` \|", TEXT, re.MULTILINE)]
    assert len(mentions) == 8
    source = a_guide("Source", body="\n\n".join(mentions))
    assert source.html.count('class="mention"') == len(mentions)
    assert 'href="/wiki/ray-core/#c-tasks"' in source.html


def test_the_templates_are_named():
    assert [word for word in re.findall(r"`(?:\S*template=)?([a-z-]+)`", TEXT) if word in PAGE_TEMPLATES] == list(
        PAGE_TEMPLATES
    )
