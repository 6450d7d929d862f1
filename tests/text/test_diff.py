"""Differences for people: nothing is lost, and what did not change is not marked."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.text.diff import Row, Span, TextDiff, diff_fields, diff_text, diff_words

LINES = st.lists(
    st.sampled_from(["alpha", "beta", "gamma delta", "", "gamma  epsilon", "a longer line of words to move"])
)


def unfolded(diff: TextDiff) -> list[Row]:
    return [row for one in diff.rows for row in (one.folded if one.kind == "fold" else (one,))]


def text(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


@given(LINES, LINES)
def test_the_rows_are_both_texts(old, new):
    rows = unfolded(diff_text("\n".join(old), "\n".join(new)))
    olds = {row.old_number: text(row.old) for row in rows if row.old_number}
    news = {row.new_number: text(row.new) for row in rows if row.new_number}
    assert [olds[number] for number in sorted(olds)] == ("\n".join(old).split("\n") if "\n".join(old) else [])
    assert [news[number] for number in sorted(news)] == ("\n".join(new).split("\n") if "\n".join(new) else [])


@given(LINES)
def test_equal_texts_have_no_marks(lines):
    rows = unfolded(diff_text("\n".join(lines), "\n".join(lines)))
    assert {row.kind for row in rows} <= {"same"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_words_join_to_both_values(old, new):
    diff = diff_words(old, new)
    assert (text(diff.old), text(diff.new)) == (old, new)


def test_only_the_words_that_differ_are_marked():
    diff = diff_text("Ray runs tasks quickly.", "Ray runs actors quickly.")
    (row,) = diff.rows
    assert row.kind == "changed"
    assert [span.text for span in row.old if span.changed] == ["tasks"]
    assert [span.text for span in row.new if span.changed] == ["actors"]


def test_long_unchanged_runs_are_folded_and_kept():
    body = [f"line {number}" for number in range(50)]
    diff = diff_text("\n".join(body), "\n".join([*body, "the end"]))
    assert [row.kind for row in diff.rows] == ["fold", "same", "same", "same", "added"]
    assert diff.rows[0].count == 47
    assert text(diff.rows[0].folded[0].old) == "line 0"


def test_a_block_that_moved_is_neither_removed_nor_added():
    block = ["one line of the block that moves", "another line of the block that moves"]
    rest = [f"paragraph {number} stays where it is" for number in range(6)]
    diff = diff_text("\n".join(block + rest), "\n".join(rest + block))
    kinds = [row.kind for row in unfolded(diff)]
    assert kinds.count("moved_from") == kinds.count("moved_to") == 2
    assert not {"removed", "added", "changed"} & set(kinds)


def test_fields_of_every_kind():
    kinds = {"title": "scalar", "body": "text", "tags": "set", "seats": "rows:section", "same": "scalar"}
    old = {"title": "A b", "body": "x", "tags": ["p", "q"], "seats": [{"section": "S", "depth": 0}], "same": 1}
    new = {"title": "A c", "body": "y", "tags": ["q", "r"], "seats": [{"section": "T", "depth": 1}], "same": 1}
    title, body, tags, seats = diff_fields(kinds, old, new)
    assert title.words is not None
    assert [span.text for span in title.words.new if span.changed] == ["c"]
    assert body.text is not None
    assert (body.text.added, body.text.removed) == (1, 1)
    assert (tags.added, tags.removed) == (("r",), ("p",))
    assert [(row.kind, row.key) for row in seats.rows] == [("removed", "S"), ("added", "T")]


HARD = {
    "different": (
        "\n".join(f"old {n} {n * 7919}" for n in range(5000)),
        "\n".join(f"new {n} {n * 104729}" for n in range(5000)),
    ),
    "alike": ("- item\n- thing\n" * 6000, "- thing\n- item\n- item\n" * 4500),
    "one line": ("word " * 20_000, "other " * 17_000),
    "shuffled": (
        "\n".join(f"line {n % 977} of the text" for n in range(4500)),
        "\n".join(f"line {n * 31 % 977} of the text" for n in range(4500)),
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_no_pair_of_texts_of_100_kb_runs_away(name):
    old, new = HARD[name]
    start = time.process_time()
    diff_text(old, new)
    # A guard against quadratic time alone: bench/diff_speed.py measures.
    assert time.process_time() - start < 5
