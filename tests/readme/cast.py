"""What the tests of import and export share: a small list made by hand, the real ones, and ways to compare."""

from pathlib import Path

import pytest

from accounts.credits import house_account
from resources.readme.importing import import_outline
from resources.readme.parsing import parse_bytes
from resources.readme.report import Report

STARTER = Path(__file__).resolve().parents[2] / "resources" / "starter"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = [*sorted((SHARED / "lists").glob("*.md")), *[SHARED / "awesome-ray" / "README.md"]]
FILES = {path.name: path for path in REAL if path.exists()}

SMALL = """\
# Awesome Ray

Things around Ray.

## Contents

- [Tools](#tools)
- [Talks](#talks)

## Tools

Tools that people use.

- [One](https://one.example) - The first.
- [Two](https://two.example) - The second.
- [Three](https://three.example) - The third.

Between the lists.

- [Four](https://four.example) - The fourth.

## Talks

- [Five](https://five.example) - The fifth.
"""


def take(text: str | bytes, **more) -> Report:
    data = text.encode() if isinstance(text, str) else text
    return import_outline(parse_bytes(data, "README.md"), author=more.pop("author", None) or house_account(), **more)


LISTS = [pytest.param(name, marks=pytest.mark.lists) for name, path in FILES.items() if path.stat().st_size < 100_000]
"""Those that are imported here, several times over; bench/readme_round_trip.py does it with the largest, too."""


def same(one: str, other: str) -> bool:
    """Whether two texts are equal; where they are not, the first line that differs is shown, not a page of marks."""
    pairs = zip(one.split("\n"), other.split("\n"), strict=False)
    for number, (mine, theirs) in enumerate(pairs, 1):
        assert mine == theirs, f"line {number}"
    return one == other


def changed_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    olds, news = old.splitlines(), new.splitlines()
    return [line for line in olds if line not in news], [line for line in news if line not in olds]
