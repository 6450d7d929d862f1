"""Three-way merges of texts: nothing is lost in silence, and nobody is asked what a machine can tell."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.text.merge import Conflict, merge_text
from resources.text.wording import sentences

names = st.lists(st.sampled_from("abcdefgh"), max_size=6)
sets = st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True)


@st.composite
def edited(draw: st.DrawFn, base: list[str], name: str, places: range) -> list[str]:
    """The base with some lines of `places` removed or changed, and lines added before them."""
    lines: list[str] = []
    for place, line in enumerate(base):
        act = draw(st.sampled_from(["keep", "keep", "drop", "change", "add", "add two"])) if place in places else "keep"
        lines += [f"{name} new {place} {number}" for number in range({"add": 1, "add two": 2}.get(act, 0))]
        lines += [f"{name} {line}"] if act == "change" else [] if act == "drop" else [line]
    return lines


@given(st.data())
def test_edits_of_separate_parts_merge_and_commute(data: st.DataObject):
    base = [f"line {number}" for number in range(data.draw(st.integers(2, 12)))]
    middle = data.draw(st.integers(1, len(base) - 1))
    mine = data.draw(edited(base, "mine", range(middle)))
    theirs = data.draw(edited(base, "theirs", range(middle, len(base))))
    expected = mine[: len(mine) - (len(base) - middle)] + theirs[middle:]
    merged = merge_text("\n".join(base), "\n".join(mine), "\n".join(theirs))
    swapped = merge_text("\n".join(base), "\n".join(theirs), "\n".join(mine))
    assert merged.text == swapped.text == "\n".join(expected)


@given(st.data())
def test_no_line_is_lost_or_comes_back(data: st.DataObject):
    base = [f"line {number}" for number in range(data.draw(st.integers(0, 8)))]
    everywhere = range(len(base))
    mine = data.draw(edited(base, "mine", everywhere)) + data.draw(st.sampled_from([[], ["both"], ["mine last"]]))
    theirs = data.draw(edited(base, "theirs", everywhere)) + data.draw(st.sampled_from([[], ["both"], ["theirs last"]]))
    merged = merge_text(*("\n".join(lines) for lines in (base, mine, theirs)))
    in_conflict: set[str] = set()
    for conflict in merged.conflicts:
        in_conflict |= {*conflict.base.split("\n"), *conflict.mine.split("\n"), *conflict.theirs.split("\n")}
    settled = {line for chunk in merged.chunks if not isinstance(chunk, Conflict) for line in chunk.text.split("\n")}
    assert {*mine, *theirs} - set(base) <= settled | in_conflict
    assert set(base) & settled <= set(mine) & set(theirs)
    assert set(base) & set(mine) & set(theirs) <= settled | in_conflict
    assert max(Counter(merged.draft.split("\n")).values()) == 1 or not merged.draft
    again = merge_text(*("\n".join(lines) for lines in (base, theirs, mine)))
    assert again.clean == merged.clean
    assert not merged.clean or again.text == merged.text


@given(names, names, names)
def test_choosing_one_side_everywhere_keeps_all_that_it_added(base: list[str], mine: list[str], theirs: list[str]):
    merged = merge_text(*("\n".join(lines) for lines in (base, mine, theirs)))
    text = merged.resolve([conflict.mine for conflict in merged.conflicts])
    assert {*mine} - {*base} <= set(text.split("\n"))


def test_two_additions_at_one_place_are_both_offered():
    merged = merge_text("# Tools\n\n- Ray\n", "# Tools\n\n- Ray\n- Mine\n", "# Tools\n\n- Ray\n- Theirs\n")
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("", "- Mine\n", "- Theirs\n")
    assert conflict.both_added
    assert merged.draft == "# Tools\n\n- Ray\n- Mine\n- Theirs\n"


@given(sets, sets)
def test_whatever_both_add_at_one_place_is_in_the_suggestion(mine: list[str], theirs: list[str]):
    merged = merge_text("start\nend", "\n".join(["start", *mine, "end"]), "\n".join(["start", *theirs, "end"]))
    lines = merged.draft.split("\n")
    assert all(conflict.both_added for conflict in merged.conflicts)
    assert set(lines) == {"start", "end", *mine, *theirs}
    for side in (mine, theirs):
        found = iter(lines)
        assert all(line in found for line in side)


def test_two_paragraphs_added_at_one_place_stay_two():
    assert merge_text("First.", "First.\n\nMine.", "First.\n\nTheirs.").draft == "First.\n\nMine.\n\nTheirs."
    assert merge_text("End.", "Mine.\n\nEnd.", "Theirs.\n\nEnd.").draft == "Mine.\n\nTheirs.\n\nEnd."
    assert merge_text("", "Mine.", "Theirs.").draft == "Mine.\nTheirs."


def test_an_addition_that_both_made_is_made_once():
    assert merge_text("a\nz", "a\nb\nz", "a\nb\nc\nz").text == "a\nb\nc\nz"
    assert merge_text("a\nz", "a\nB\nc\nz", "a\nc\nz").text == "a\nB\nc\nz"


def test_a_change_beside_an_addition_does_not_conflict():
    base = "- Ray runs tasks on many machines.\n- Dask is a library."
    mine = "- Ray runs actors on many machines.\n- Mars, which is new.\n- Dask is a library."
    theirs = "- Ray runs tasks on many machines.\n- Dask is a Python library."
    assert merge_text(base, mine, theirs).text == mine.replace("a library", "a Python library")


def test_a_changed_last_line_and_two_additions_behind_it():
    merged = merge_text("- Ray runs tasks.", "- Ray runs many tasks.\n- Mine", "- Ray runs tasks.\n- Theirs")
    assert merged.draft == "- Ray runs many tasks.\n- Mine\n- Theirs"
    assert [conflict.both_added for conflict in merged.conflicts] == [True]


PARAGRAPH = "Ray runs Python anywhere. It scales to clusters. Tasks are its unit."


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (
            "Ray runs Python everywhere. It scales to clusters. Tasks are its unit.",
            "Ray runs Python anywhere. It scales to clusters. Tasks are the unit.",
            "Ray runs Python everywhere. It scales to clusters. Tasks are the unit.",
        ),
        (
            "Ray runs Python everywhere. It scales to clusters. Tasks are its unit.",
            "Ray runs Python anywhere. It scales to big clusters. Tasks are its unit. Actors too!",
            "Ray runs Python everywhere. It scales to big clusters. Tasks are its unit. Actors too!",
        ),
        (
            "Ray runs Python anywhere. Tasks are its unit.",
            "Ray runs Python anywhere (see e.g. Dask). It scales to clusters. Tasks are its unit.",
            "Ray runs Python anywhere (see e.g. Dask). Tasks are its unit.",
        ),
    ],
)
def test_different_sentences_of_one_line_merge(mine: str, theirs: str, merged: str):
    assert merge_text(PARAGRAPH, mine, theirs).text == merged
    assert merge_text(PARAGRAPH, theirs, mine).text == merged


@given(st.data())
def test_no_sentence_is_lost_or_comes_back(data: st.DataObject):
    base = [f"Sentence {number} of many." for number in range(data.draw(st.integers(1, 5)))]
    sides = [data.draw(edited(base, name, range(len(base)))) for name in ("Mine", "Theirs")]
    mine, theirs = ([line.removesuffix(".") + "." for line in side] for side in sides)
    merged = merge_text(" ".join(base), " ".join(mine), " ".join(theirs))
    found = {piece.strip() for piece in sentences(merged.draft)}
    assert {*mine} - {*base} <= found
    if merged.clean:
        assert found - {""} == ({*mine, *theirs} - {*base}) | ({*base} & {*mine} & {*theirs})


def test_chinese_sentences_merge_too():
    base = "Ray 可以运行任务。它可以扩展。任务是单位。"
    merged = merge_text(base, base.replace("运行任务", "运行很多任务"), base.replace("是单位", "是基本单位"))
    assert merged.text == "Ray 可以运行很多任务。它可以扩展。任务是基本单位。"
    assert merge_text(base, "先说。" + base, base.replace("是单位", "是基本单位")).text == (
        "先说。Ray 可以运行任务。它可以扩展。任务是基本单位。"
    )
    assert merge_text(base, "先说。" + base, base.replace("Ray 可以", "Ray 能")).text.startswith(
        "先说。Ray 能运行任务。"
    )


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("max_size = 10", "max_size = 20", "min_size = 10"),
        ("- [Ray](https://ray.io) - Fast.", "- [Ray](https://ray.io/) - Fast.", "- [Ray](https://ray.io) - Quick."),
        (PARAGRAPH, PARAGRAPH.replace("clusters", "pods"), PARAGRAPH.replace("It scales", "It grows")),
        (PARAGRAPH, "", PARAGRAPH.replace("unit", "core")),
        ("| a | b |", "| A | b |", "| a | B |"),
        ("See e.g. Ray and Dask.", "See e.g. Ray or Dask.", "Look at e.g. Ray and Dask."),
    ],
)
def test_one_sentence_changed_by_both_is_a_conflict_of_the_whole_line(base: str, mine: str, theirs: str):
    (conflict,) = merge_text(base, mine, theirs).conflicts
    assert not conflict.both_added
    assert [part.removesuffix("\n") for part in (conflict.base, conflict.mine, conflict.theirs)] == [base, mine, theirs]


def test_sentences_added_by_both_at_one_place_are_both_offered():
    (conflict,) = merge_text("It is fast.", "It is fast. Mine says so.", "It is fast. Theirs says so.").conflicts
    assert conflict.both_added
    assert conflict.suggestion == "It is fast. Mine says so. Theirs says so.\n"


def test_an_own_wording_settles_a_conflict():
    merged = merge_text("one\ntwo\nthree", "one\nTWO\nthree", "one\n2\nthree")
    assert merged.resolve(["zwei"]) == "one\nzwei\nthree"
    assert merged.resolve([""]) == "one\nthree"
    assert [chunk.text for chunk in merged.chunks if not isinstance(chunk, Conflict)] == ["one\n", "three\n"]


def test_who_changed_a_piece_is_told():
    merged = merge_text("a\nb\nc\nOne. Two.", "A\nb\nc\nOne. 2.", "a\nb\nC\n1. Two.")
    origins = [(chunk.origin, chunk.text) for chunk in merged.chunks if not isinstance(chunk, Conflict)]
    assert origins == [("mine", "A\n"), ("base", "b\n"), ("theirs", "C\n"), ("woven", "1. 2.\n")]


@pytest.mark.parametrize("end", ["\r\n", "\x0c", "\u2028", "\x85"])
def test_odd_line_ends_stay(end: str):
    base = f"one{end}two\nthree\nfour"
    assert merge_text(base, base.replace("three", "3"), base + "\nfive").text == f"one{end}two\n3\nfour\nfive"


def test_large_texts_merge_quickly():
    base = "\n".join(f"Line {number} of {number % 7}." for number in range(5_000))
    mine = base.replace(" of 3", " from 3")
    shuffled = "\n".join(f"Line {number * 31 % 977} of the text." for number in range(4_500))
    started = time.process_time()
    assert merge_text(base, mine, base + "\nend").text == mine + "\nend"
    merge_text(base, mine, shuffled)
    merge_text(base, "- item\n" * 9_000, "- item\n- thing\n" * 4_000)
    # A guard against quadratic time, with room for a busy machine.
    assert time.process_time() - started < 5
