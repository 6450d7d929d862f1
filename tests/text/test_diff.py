"""Differences for people: nothing is lost, and what did not change is not marked."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.text.diff import Row, Span, TextDiff, diff_fields, diff_text, diff_words, similarity
from resources.text.lines import SHOWN
from resources.text.moves import moved_lines
from resources.text.sequences import Edit
from tests.text.hard_differences import HARD

LINES = st.lists(
    st.sampled_from(["alpha", "beta", "gamma delta", "", "gamma  epsilon", "a longer line of words to move"])
)


def unfolded(diff: TextDiff) -> list[Row]:
    return [row for one in diff.rows for row in (unfolded_lines(one) if one.kind == "fold" else (one,))]


def unfolded_lines(fold: Row) -> list[Row]:
    """The unchanged lines of a fold as the rows that they would be."""
    assert fold.old_number
    assert fold.new_number
    spans = [(Span(line, changed=False),) if line else () for line in fold.folded]
    return [Row("same", fold.old_number + n, fold.new_number + n, one, one) for n, one in enumerate(spans)]


def text(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


@given(LINES, LINES)
def test_the_rows_are_both_texts(old, new):
    rows = unfolded(diff_text("\n".join(old), "\n".join(new)))
    olds = {row.old_number: text(row.old) for row in rows if row.old_number}
    news = {row.new_number: text(row.new) for row in rows if row.new_number}
    assert [olds[number] for number in sorted(olds)] == ("\n".join(old).split("\n") if "\n".join(old) else [])
    assert [news[number] for number in sorted(news)] == ("\n".join(new).split("\n") if "\n".join(new) else [])


@given(LINES, LINES)
def test_rows_run_down_both_texts_and_say_what_they_are(old, new):
    diff = diff_text("\n".join(old), "\n".join(new))
    rows = unfolded(diff)
    for numbers in ([row.old_number for row in rows], [row.new_number for row in rows]):
        known = [number for number in numbers if number]
        assert known == list(range(1, len(known) + 1))
    for row in rows:
        assert bool(row.old_number) == (row.kind in {"same", "changed", "removed", "moved_from"})
        assert bool(row.new_number) == (row.kind in {"same", "changed", "added", "moved_to"})
        assert (row.kind == "same") == (bool(row.old_number and row.new_number) and text(row.old) == text(row.new))
        assert [span for span in row.old + row.new if span.changed] or row.kind != "changed"
    moved = [
        sorted(text(row.old or row.new) for row in rows if row.kind == kind) for kind in ("moved_from", "moved_to")
    ]
    assert moved[0] == moved[1]
    assert diff.added == sum(row.kind in {"changed", "added", "moved_to"} for row in rows)
    assert diff.removed == sum(row.kind in {"changed", "removed", "moved_from"} for row in rows)


@given(LINES)
def test_equal_texts_have_no_marks(lines):
    rows = unfolded(diff_text("\n".join(lines), "\n".join(lines)))
    assert {row.kind for row in rows} <= {"same"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_words_join_to_both_values(old, new):
    diff = diff_words(old, new)
    assert (text(diff.old), text(diff.new)) == (old, new)


@given(
    st.lists(st.sampled_from(["Ray", " ", "runs", ",", "任", "务", "a"])),
    st.lists(st.sampled_from(["Ray", " ", "任", "b"])),
)
def test_without_the_marked_words_both_values_read_the_same(old, new):
    diff = diff_words("".join(old), "".join(new))
    unmarked = [[span.text for span in side if not span.changed] for side in (diff.old, diff.new)]
    assert "".join(unmarked[0]) == "".join(unmarked[1])


def marked(old: str, new: str) -> tuple[list[str], list[str]]:
    diff = diff_words(old, new)
    return [span.text for span in diff.old if span.changed], [span.text for span in diff.new if span.changed]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("Ray runs tasks", "Ray runs big tasks", [], ["big "]),
        ("for small jobs on Ray", "for large tasks on Ray", ["small jobs"], ["large tasks"]),
        (
            "Ray runs small jobs well and ends.",
            "Ray runs large tasks well and stops.",
            ["small jobs", "ends"],
            ["large tasks", "stops"],
        ),
        ("Ray 可以运行任务", "Ray 可以运行对象", ["任务"], ["对象"]),
        ("https://ray.io/a", "https://ray.io/b", ["a"], ["b"]),
        ("one of two", "nobody knows of that", ["one of two"], ["nobody knows of that"]),
        ("", "new", [], ["new"]),
        ("same", "same", [], []),
    ],
)
def test_marks_as_people_would_set_them(old, new, gone, come):
    assert marked(old, new) == (gone, come)


def test_one_word_in_a_huge_line_is_marked_alone():
    line = " ".join(f"word{number}" for number in range(14_000))
    edited = line.replace("word7000 ", "name ").replace("word7003 ", "other ")
    assert marked(line, edited) == (["word7000", "word7003"], ["name", "other"])


def test_an_edited_line_stands_beside_its_like():
    old = "- Ray is a framework for Python.\n- Dask is a library."
    new = "- Mars is a tensor library of its own.\n- Ray is a framework for all of Python."
    rows = [(row.kind, row.old_number, row.new_number) for row in diff_text(old, new).rows]
    assert rows == [("added", None, 1), ("changed", 1, 2), ("removed", 2, None)]


def test_the_best_pair_is_not_torn_for_two_poor_ones():
    old = "ray runs many big tasks\ndask has many big"
    rows = diff_text(old, "ray runs one laptop\nray runs many big jobs").rows
    assert [(row.old_number, row.new_number) for row in rows if row.kind == "changed"] == [(1, 2)]


def test_likeness():
    assert similarity("Ray runs tasks", "tasks runs Ray") == 1
    assert similarity("Ray", "Dask") == 0
    assert 0.5 < similarity("Ray runs tasks fast", "Ray runs tasks slowly") < 1
    assert similarity("Ray (1).", "Dask (2).") == 0
    assert similarity("---", "---") == similarity("", "") == 1
    assert similarity("---", "***") == 0


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
    assert diff.rows[0].folded == tuple(body[:47])


@pytest.mark.parametrize(("between", "folded"), [(7, []), (8, [2])])
def test_a_fold_saves_more_than_it_takes(between, folded):
    same = "\n".join(f"line {number}" for number in range(between))
    rows = diff_text(f"a\n{same}\nb", f"x\n{same}\ny").rows
    assert [len(row.folded) for row in rows if row.kind == "fold"] == folded


def test_a_block_that_moved_is_neither_removed_nor_added():
    block = ["one line of the block that moves", "another line of the block that moves"]
    rest = [f"paragraph {number} stays where it is" for number in range(6)]
    diff = diff_text("\n".join(block + rest), "\n".join(rest + block))
    kinds = [row.kind for row in unfolded(diff)]
    assert kinds.count("moved_from") == kinds.count("moved_to") == 2
    assert not {"removed", "added", "changed"} & set(kinds)


def test_a_single_long_line_moves_and_a_short_one_does_not():
    rest = "\n".join(f"paragraph {number} stays where it is" for number in range(6))
    long = "- [Ray](https://ray.io) - A framework for Python."
    assert {row.kind for row in unfolded(diff_text(f"{long}\n{rest}", f"{rest}\n{long}"))} == {
        "same",
        "moved_from",
        "moved_to",
    }
    assert {row.kind for row in diff_text(f"- Ray\n{rest}", f"{rest}\n- Ray", context=99).rows} == {
        "same",
        "removed",
        "added",
    }


def test_a_block_that_moved_takes_its_common_lines_along():
    block = ["```", "ray.init()", "ray.shutdown()", "```"]
    rest = [line for number in range(9) for line in ("```", f"code {number}", "```", f"Paragraph {number} stays.")]
    rows = unfolded(diff_text("\n".join(block + rest), "\n".join(rest + block)))
    assert [text(row.old) for row in rows if row.kind == "moved_from"] == block[1:]


def test_a_block_that_begins_with_a_line_found_everywhere():
    block = ["```", "the first line of code", "the second"]
    old, new = [*block, "end"], ["end", *["```"] * 9, *block]
    assert moved_lines(old, new, [Edit(0, 3, 0, 0), Edit(4, 4, 1, 13)]) == ({0, 1, 2}, {10, 11, 12})


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


def test_a_field_that_is_missing_is_empty():
    kinds = {"title": "scalar", "body": "text", "tags": "set", "seats": "rows"}
    assert diff_fields(kinds, {}, {"title": None, "body": "", "tags": (), "seats": []}) == ()
    title, tags = diff_fields(kinds, {"tags": ["a"]}, {"title": 7})
    assert title.words is not None
    assert text(title.words.new) == "7"
    assert tags.removed == ("a",)


def test_members_and_rows_that_only_moved():
    kinds = {"authors": "set", "steps": "rows:name", "seats": "rows:name:place"}
    old = {
        "authors": ["a", "b", "c"],
        "steps": [{"name": "x", "n": 1}, {"name": "y", "n": 1}, {"name": "z", "n": 1}],
        "seats": [{"name": "p", "place": 1}, {"name": "q", "place": 2}],
    }
    new = {
        "authors": ["c", "a", "b"],
        "steps": [{"name": "z", "n": 1}, {"name": "x", "n": 2}, {"name": "y", "n": 1}],
        "seats": [{"name": "p", "place": 2}, {"name": "new", "place": 1}, {"name": "q", "place": 3}],
    }
    authors, steps, seats = diff_fields(kinds, old, new)
    assert (authors.added, authors.removed, authors.moved) == ((), (), ("c",))
    assert [(row.kind, row.key, row.old_place, row.new_place) for row in steps.rows] == [
        ("changed", "x", 1, 2),
        ("moved", "z", 3, 1),
    ]
    assert [(row.kind, row.key, row.new_place) for row in seats.rows] == [("added", "new", 1)]


def test_rows_that_bear_one_name_are_all_told():
    old = [{"key": "Tools", "n": 1}, {"key": "Tools", "n": 2}]
    (rows,) = diff_fields({"rows": "rows"}, {"rows": old}, {"rows": [*old, {"key": "Tools", "n": 3}]})
    assert [(row.kind, row.key) for row in rows.rows] == [("added", "Tools")]


def test_no_field_of_an_unknown_kind_is_left_out_in_silence():
    with pytest.raises(ValueError, match="kind"):
        diff_fields({"a": "blob"}, {"a": 1}, {"a": 2})


def test_a_page_shows_the_first_rows_and_says_how_many_are_left_out():
    short, long = diff_text("a", "b"), diff_text("a\n" * SHOWN, "b\n" * SHOWN)
    assert (short.shown, short.beyond) == (short.rows, 0)
    assert long.shown == long.rows[:SHOWN]
    assert long.beyond == len(long.rows) - SHOWN > 0


@pytest.mark.parametrize("name", HARD)
def test_no_pair_of_texts_of_100_kb_runs_away_or_loses_a_line(name):
    old, new = HARD[name]
    start = time.process_time()
    diff = diff_text(old, new)
    # A guard against quadratic time alone: bench/diff_speed.py measures.
    assert time.process_time() - start < 5
    rows = unfolded(diff)
    assert [text(row.old) for row in rows if row.old_number] == old.split("\n")
    assert [text(row.new) for row in rows if row.new_number] == new.split("\n")
    assert not any(row.kind == "changed" and row.old == row.new for row in rows)
