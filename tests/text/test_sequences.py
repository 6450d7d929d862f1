"""Edits between two sequences: right, short, and in the same place for the same change."""

import time
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resources.text.sequences import Edit, edits, longest_rising

items = st.lists(st.integers(0, 5), max_size=14)


def common(old: list[int], new: list[int]) -> int:
    """The length of a longest common subsequence, by the table."""
    row = [0] * (len(new) + 1)
    for item in old:
        above = 0
        for place, other in enumerate(new):
            above, row[place + 1] = row[place + 1], above + 1 if item == other else max(row[place], row[place + 1])
    return row[-1]


@pytest.mark.parametrize("deepest", [200, 2, 0])
@given(old=items, new=items)
def test_the_edits_turn_old_into_new(deepest: int, old: list[int], new: list[int]):
    with patch("resources.text.sequences.DEEPEST", deepest):
        changes = edits(old, new)
    result: list[int] = []
    done = 0
    for edit in changes:
        assert edit.end - edit.start + edit.new_end - edit.new_start > 0
        result += old[done : edit.start] + new[edit.new_start : edit.new_end]
        done = edit.end
    assert result + old[done:] == new
    assert all(first.end < second.start and first.new_end < second.new_start for first, second in pairwise(changes))


@given(items, items)
@example([0, 1, 2, 2], [1, 2])
def test_an_addition_or_removal_stands_in_the_last_place_it_can(old: list[int], new: list[int]):
    for edit in edits(old, new):
        if edit.start == edit.end < len(old):
            assert new[edit.new_start] != old[edit.end]
        if edit.new_start == edit.new_end < len(new):
            assert old[edit.start] != new[edit.new_end]


@given(st.lists(st.integers(0, 1), min_size=2, max_size=14), st.lists(st.integers(0, 1), min_size=2, max_size=14))
def test_without_unique_items_the_edits_are_the_shortest(old: list[int], new: list[int]):
    # Doubled items are nowhere unique, so that nothing but the exact search can pair them.
    old, new = ([item for item in side for _ in range(2)] for side in (old, new))
    kept = len(old) - sum(edit.end - edit.start for edit in edits(old, new))
    assert kept == common(old, new)


def test_where_the_exact_search_stops_items_are_paired_in_order():
    old, new = [0, 0, 1, 1, 2, 2] * 300, [2, 2, 0, 0, 1, 1] * 300
    with patch("resources.text.sequences.DEEPEST", 1):
        assert sum(edit.end - edit.start for edit in edits(old, new)) < 900


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("a b", "a x b", [Edit(1, 1, 1, 2)]),
        ("a - b", "a - x - b", [Edit(2, 2, 2, 4)]),
        ("a - a - c", "a - c", [Edit(2, 4, 2, 2)]),
        ("", "a", [Edit(0, 0, 0, 1)]),
        ("a", "a", []),
    ],
)
def test_edits_as_people_see_them(old: str, new: str, changes: list[Edit]):
    assert edits(old.split(), new.split()) == changes


@given(st.permutations(range(8)))
def test_the_longest_rising_places(values: list[int]):
    places = longest_rising(values)
    chosen = [values[place] for place in places]
    assert chosen == sorted(chosen)
    assert places == sorted(places)
    assert len(chosen) == common(values, sorted(values))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([0, 1] * 20_000, [1, 0, 0] * 15_000),
        ([n % 977 for n in range(20_000)], [n * 31 % 977 for n in range(20_000)]),
        ([n % 2 for n in range(30_000)], [n % 3 for n in range(30_000)]),
        (list(range(50_000)), list(range(50_000, 0, -1))),
    ],
)
def test_no_pair_of_sequences_runs_away(old: list[int], new: list[int]):
    started = time.process_time()
    edits(old, new)
    # A guard against quadratic time alone, with room for a busy machine.
    assert time.process_time() - started < 4
