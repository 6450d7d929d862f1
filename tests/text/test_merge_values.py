"""What holds for every merge, and three-way merges of values, sets, rows and whole contents."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.text.merge import Unresolved, merge_fields, merge_rows, merge_scalar, merge_set, merge_text

texts = st.lists(st.sampled_from(["a", "B", " ", "\n", ". ", "c d", "é", "\r\n", "语。"]), max_size=12).map("".join)
sets = st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True)
rows = st.lists(
    st.fixed_dictionaries(
        {"key": st.sampled_from("abcde"), "name": st.integers(0, 2)},
        optional={"note": st.none() | st.just("x"), "position": st.integers(0, 5)},
    ),
    max_size=5,
    unique_by=lambda row: row["key"],
)
MERGES: dict[str, tuple[Any, Any]] = {
    "text": (merge_text, texts),
    "scalar": (merge_scalar, st.none() | st.integers() | st.text(max_size=3)),
    "set": (merge_set, sets.map(tuple)),
    "rows": (merge_rows, rows),
    "numbered rows": (lambda base, mine, theirs: merge_rows(base, mine, theirs, position="position"), rows),
}


@pytest.mark.parametrize("kind", MERGES)
@given(data=st.data())
def test_one_side_alone_is_taken_as_it_is(kind: str, data: st.DataObject):
    merge, values = MERGES[kind]
    base, other = data.draw(values), data.draw(values)
    for sides in ((base, base, other), (base, other, base), (base, other, other)):
        assert merge(*sides).clean
        assert merge(*sides).value == other


@pytest.mark.parametrize("kind", MERGES)
@given(data=st.data())
def test_a_value_with_conflicts_is_refused_until_every_one_is_settled(kind: str, data: st.DataObject):
    merge, values = MERGES[kind]
    merged = merge(*(data.draw(values) for _ in range(3)))
    choices = [conflict.theirs for conflict in merged.conflicts]
    merged.resolve(choices)
    assert merged.draft == merged.resolve([conflict.provisional for conflict in merged.conflicts])
    with pytest.raises(Unresolved):
        merged.resolve([*choices, "one more"])
    if not merged.clean:
        with pytest.raises(Unresolved):
            _ = merged.value


@given(sets, sets, sets)
def test_sets_take_all_additions_and_removals(base: list[str], mine: list[str], theirs: list[str]):
    merged = merge_set(base, mine, theirs)
    added, kept = {*mine, *theirs} - {*base}, {*base} & {*mine} & {*theirs}
    assert merged.clean
    assert sorted(merged.value) == sorted(added | kept)
    assert set(merge_set(base, theirs, mine).value) == set(merged.value)


def test_sets_keep_their_order():
    assert merge_set(["a", "b", "c"], ["a", "x", "b", "c"], ["b", "c", "y"]).value == ("x", "b", "c", "y")
    assert merge_set(["a", "b", "c"], ["c", "a", "b"], ["a", "b", "c", "d"]).value == ("c", "a", "b", "d")


def row(key: Any, **fields: Any) -> dict[str, Any]:
    return {"key": key, **fields}


def test_rows_merge_field_by_field():
    base = [row("a", name="A", url="1"), row("b", name="B", url="2")]
    mine = [row("a", name="AA", url="1"), row("b", name="B", url="2"), row("m", name="M", url="3")]
    theirs = [row("a", name="A", url="11")]
    merged = merge_rows(base, mine, theirs)
    assert merged.value == [row("a", name="AA", url="11"), row("m", name="M", url="3")]
    assert merge_rows(base, theirs, mine).value == merged.value


def test_a_field_that_both_changed_conflicts_alone():
    merged = merge_rows([row(7, n=1, m=1)], [row(7, n=2, m=2)], [row(7, n=3, m=1)])
    (conflict,) = merged.conflicts
    assert (conflict.key, conflict.field, conflict.base, conflict.mine, conflict.theirs) == ("7", "n", 1, 2, 3)
    assert merged.resolve([9]) == [row(7, n=9, m=2)]


def test_a_row_that_one_removed_and_the_other_changed_conflicts_whole():
    merged = merge_rows([row("a", n=1), row("b", n=1)], [row("b", n=1)], [row("a", n=2), row("b", n=1)])
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == ("", None, row("a", n=2))
    assert merged.resolve([conflict.mine]) == [row("b", n=1)]
    assert merged.resolve([conflict.theirs]) == [row("a", n=2), row("b", n=1)]


def test_a_row_that_both_added_conflicts_where_its_values_differ():
    merged = merge_rows([], [row("a", n=1, m=1), row("b", n=1)], [row("a", n=2, m=1), row("c", n=1)])
    assert [(conflict.key, conflict.field, conflict.base) for conflict in merged.conflicts] == [("a", "n", None)]
    assert [kept["key"] for kept in merged.draft] == ["a", "b", "c"]


def test_a_field_that_one_side_removed_is_removed():
    merged = merge_rows([row("a", n=1, m=1)], [row("a", n=1)], [row("a", n=2, m=1)])
    assert merged.value == [row("a", n=2)]


def named(names: Iterable[str]) -> list[dict[str, Any]]:
    return [row(name) for name in names]


def keys(merged: Any) -> str:
    return "".join(kept["key"] for kept in merged)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "order"),
    [
        ("abc", "axbc", "abcy", "axbcy"),
        ("abc", "axbc", "aybc", "axybc"),
        ("abc", "xabc", "yabc", "xyabc"),
        ("abcd", "dabc", "abxcd", "dabxc"),
        ("abcd", "bacd", "abdc", "badc"),
        ("abcd", "abcxd", "abd", "abxd"),
        ("abc", "cab", "cab", "cab"),
        ("", "ab", "bc", "abc"),
    ],
)
def test_the_order_of_both_sides_is_kept(base: str, mine: str, theirs: str, order: str):
    merged = merge_rows(named(base), named(mine), named(theirs))
    assert keys(merged.value) == order


def test_a_row_that_both_moved_elsewhere_is_a_conflict_of_orders():
    merged = merge_rows(named("abcd"), named("xdabc"), named("abdc"))
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == ("order", tuple("xdabc"), tuple("abdc"))
    assert keys(merged.draft) == "xdabc"
    assert keys(merged.resolve([conflict.theirs])) == "xabdc"


@given(st.permutations("abcdef"), st.permutations("abcdefx"), st.permutations("abcdefy"))
def test_no_row_is_lost_by_moving(base: list[str], mine: list[str], theirs: list[str]):
    merged = merge_rows(named(base), named(mine), named(theirs))
    assert sorted(keys(merged.draft)) == list("abcdefxy")
    for choice in (mine, theirs) if merged.conflicts else ():
        settled = keys(merged.resolve([tuple(choice)]))
        assert sorted(settled) == list("abcdefxy")
        assert [key for key in settled if key in choice] == choice


def test_positions_order_the_rows_and_are_counted_anew_where_they_collide():
    base = [row("b", position=2), row("a", position=1)]
    mine = [row("a", position=1), row("m", position=2), row("b", position=3)]
    theirs = [row("b", position=2), row("a", position=1), row("t", position=3, n=1)]
    assert keys(merge_rows(base, mine, theirs, position="position").value) == "ambt"
    theirs[0]["position"], theirs[2]["position"] = 3, 2
    merged = merge_rows(base, mine, theirs, position="position")
    assert [(kept["key"], kept["position"]) for kept in merged.value] == [("a", 1), ("m", 2), ("t", 3), ("b", 4)]


def test_a_removed_row_stays_removed_when_only_its_number_shifted():
    base = [row("a", position=1, n=1), row("b", position=2, n=1)]
    theirs = [row("x", position=1, n=1), row("a", position=2, n=1), row("b", position=3, n=1)]
    merged = merge_rows(base, base[:1], theirs, position="position")
    assert keys(merged.value) == "xa"


def test_places_that_shifted_on_both_sides_are_no_conflict():
    base, mine = [row("a", position=1)], [row("m", position=1), row("a", position=2)]
    theirs = [row("t", position=1), row("u", position=2), row("a", position=3)]
    merged = merge_rows(base, mine, theirs, position="position")
    assert [(kept["key"], kept["position"]) for kept in merged.value] == [("m", 1), ("t", 2), ("u", 3), ("a", 4)]


def test_numbers_without_a_say_in_the_order_are_values():
    base = [row("s", position=3), row("t", position=3)]
    mine = [row("s", position=4), row("t", position=3)]
    theirs = [row("s", position=3), row("t", position=1)]
    assert merge_rows(base, mine, theirs).value == [row("s", position=4), row("t", position=1)]


def test_rows_need_keys_of_their_own():
    with pytest.raises(ValueError, match="own"):
        merge_rows([row("a")], [row("b"), row("b")], [])


KINDS = {"title": "scalar", "body": "text", "tags": "set", "parts": "rows:name", "seats": "rows:name:place"}


def test_content_merges_field_by_field():
    base = {"title": "T", "body": "a\nb", "tags": ["x"], "parts": [{"name": "p", "n": 1}], "seats": []}
    mine = base | {"title": "Mine", "body": "A\nb", "tags": ["x", "y"], "seats": [{"name": "s", "place": 1}]}
    theirs = base | {"body": "a\nB", "tags": [], "parts": [{"name": "p", "n": 2}], "seats": [{"name": "t", "place": 1}]}
    merged = merge_fields(KINDS, base, mine, theirs)
    assert merged.content == {
        "title": "Mine",
        "body": "A\nB",
        "tags": ("y",),
        "parts": [{"name": "p", "n": 2}],
        "seats": [{"name": "s", "place": 1}, {"name": "t", "place": 2}],
    }


def test_conflicts_are_told_by_field_and_settled_in_order():
    base = {"title": "T", "body": "a", "parts": [{"name": "p", "n": 1}]}
    mine = {"title": "M", "body": "m", "parts": [{"name": "p", "n": 2}]}
    theirs = {"title": "H", "body": "h", "parts": [{"name": "p", "n": 3}]}
    merged = merge_fields(KINDS, base, mine, theirs)
    assert list(merged.conflicts_by_field) == ["title", "body", "parts"]
    with pytest.raises(Unresolved):
        _ = merged.content
    settled = merged.resolve([conflict.theirs for conflict in merged.conflicts])
    assert {name: settled[name] for name in theirs} == theirs


@pytest.mark.parametrize("kinds", [{}, {"a": "blob"}])
def test_no_field_is_left_out_in_silence(kinds: dict[str, str]):
    with pytest.raises(ValueError, match="kind"):
        merge_fields(kinds, {}, {"a": 1}, {})
