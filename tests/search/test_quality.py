"""Sixty things that people look for, in the starter content: what they mean stands on top. And what the doc says is true."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.credits import house_account
from resources.content_files.loading import load_folder
from resources.management.commands.prepare_site import STARTER
from resources.search.query import Query, search
from resources.search.views import EXAMPLES

DOC = Path(__file__).resolve().parents[2] / "docs" / "searching.md"

ASKED = 0.9
"""The mean reciprocal rank: 1 where what was meant always stands first, 0.5 where it always is second."""


@pytest.fixture(scope="module", autouse=True)
def _starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter content, loaded once for this module and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_folder(STARTER, author=house_account(), summary="Starter content")
        yield
        transaction.set_rollback(True)


# What is typed → the address of what is meant; several where each is as good.
MEANT = {
    "ray serve": "wiki/ray-serve",
    "ray data": "wiki/ray-data",
}


@pytest.mark.django_db
def test_what_is_meant_stands_on_top() -> None:
    ranks = {}
    for typed, meant in MEANT.items():
        wanted = {f"/{address}/" for address in meant.split()}
        addresses = [hit.address for hit in search(Query(typed)).hits]
        ranks[typed] = next((1 / place for place, one in enumerate(addresses, 1) if one in wanted), 0.0)
    mean = sum(ranks.values()) / len(ranks)
    assert mean >= ASKED, (mean, {typed: rank for typed, rank in ranks.items() if rank < 1})


@pytest.mark.django_db  # only so that all tests of this module run in a row
def test_the_page_and_the_doc_explain_the_same() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", DOC.read_text(), re.MULTILINE)
    assert rows == [(example, str(meaning)) for example, meaning in EXAMPLES]


@pytest.mark.django_db
@pytest.mark.parametrize("example", [example for example, _meaning in EXAMPLES])
def test_every_example_of_the_doc_finds_something(example: str) -> None:
    found = search(Query(example))
    assert not found.problems
    assert found.total or example == "is:broken"
    assert not found.instead
    assert not found.any_word
