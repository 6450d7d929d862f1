"""The written table of who may open what, against the site: every address, every role, both methods."""

import re
from pathlib import Path

import pytest

from tests.house.access import ROLES, measured

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "access.md"


def written() -> dict[str, list[str]]:
    """The table of the document."""
    rows = re.findall(r"^\| `((?:GET|POST) /[^`]*)` \|(.+)\|$", DOCUMENT.read_text(), re.MULTILINE)
    return {line: [word.strip() for word in words.split("|")] for line, words in rows}


def test_everybody_may_what_the_table_says_and_nothing_else():
    found, said = measured(), written()
    assert len(found) > 100
    assert all(len(words) == len(ROLES) for words in said.values())
    wrong = [
        f"| `{line}` | {' | '.join(found.get(line, ['no such address']))} |"
        for line in sorted(found.keys() | said.keys())
        if found.get(line) != said.get(line)
    ]
    assert wrong == []
