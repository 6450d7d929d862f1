"""Which proposals will meet an edit that is being written."""

import pytest

from resources.proposals.forecast import forecast, touched

KINDS = {"title": "scalar", "tags": "set", "text": "text"}
GROUND = {"title": "RayDP", "tags": ["a"], "text": "One.\n\nTwo.\nStill two.\n\nThree."}


def with_(**fields):
    return GROUND | fields


@pytest.mark.parametrize(
    ("mine", "theirs", "fields"),
    [
        ({}, {"title": "Other"}, ()),
        ({"title": "Mine"}, {"title": "Other"}, ("title",)),
        ({"title": "Mine"}, {"tags": ["b"]}, ()),
        ({"text": "One, mine.\n\nTwo.\nStill two.\n\nThree."}, {"text": "One.\n\nTwo.\nStill two.\n\nThree!"}, ()),
        ({"text": "One.\n\nTwo!\nStill two.\n\nThree."}, {"text": "One.\n\nTwo.\nStill two!\n\nThree."}, ("text",)),
        ({"text": "One.\n\nTwo.\nStill two.\n\nThree.\n\nFour."}, {"title": "x", "tags": ["b"]}, ()),
    ],
)
def test_edits_meet_where_both_touch_a_field_or_a_paragraph(mine, theirs, fields):
    assert forecast(KINDS, GROUND, with_(**mine), [(GROUND, with_(**theirs))]) == [fields]


def test_the_cursor_counts_as_touched():
    theirs = (GROUND, with_(text="One.\n\nTwo.\nStill two.\n\nThree!"))
    assert forecast(KINDS, GROUND, GROUND, [theirs], field="text", line=5) == [("text",)]
    assert forecast(KINDS, GROUND, GROUND, [theirs], field="text", line=2) == [()]
    assert forecast(KINDS, GROUND, GROUND, [theirs], field="text") == [()]
    assert forecast(KINDS, GROUND, GROUND, [(GROUND, with_(title="x"))], field="title") == [("title",)]
    assert forecast(KINDS, GROUND, GROUND, [theirs], field="nothing", line=5) == [()]


def test_the_cursor_is_followed_through_ones_own_edits():
    mine = with_(text="New.\n\nOne.\n\nTwo.\nStill two.\n\nThree.")
    theirs = (GROUND, with_(text="One.\n\nTwo.\nStill two.\n\nThree!"))
    assert forecast(KINDS, GROUND, mine, [theirs], field="text", line=7) == [("text",)]
    assert forecast(KINDS, GROUND, mine, [theirs], field="text", line=4) == [()]


def test_a_proposal_with_an_older_base_is_carried_to_the_ground():
    older = with_(text="Two.\nStill two.\n\nThree.")
    theirs = older | {"text": "Two.\nStill two.\n\nThree!"}
    assert touched(KINDS, GROUND, older, theirs) == {"text": frozenset({5})}


def test_every_line_of_any_text_is_safe():
    for text in ("", "\n", "a", "a\n\n\nb\n"):
        ground = with_(text=text)
        for line in range(-1, 7):
            forecast(KINDS, ground, GROUND, [(GROUND, ground), (ground, GROUND)], field="text", line=line)
