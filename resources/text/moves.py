"""Lines that were taken out in one place and put in in another, unchanged."""

from collections import defaultdict
from collections.abc import Sequence

from resources.text.sequences import Edit

# Lines with words that a block has at least to be called moved, or the characters of a single line.
LEAST_LINES = 2
LEAST_CHARACTERS = 40
# A line that stands in more places than this says nothing about where a block went.
_PLACES = 8


def moved_lines(old: Sequence[str], new: Sequence[str], changes: Sequence[Edit]) -> tuple[set[int], set[int]]:
    """The numbers of the lines of `old` and of `new` that moved as blocks; `changes` are the edits between the two."""
    lost = [line for edit in changes for line in range(edit.start, edit.end)]
    gained = [line for edit in changes for line in range(edit.new_start, edit.new_end)]
    sought = {old[line] for line in lost}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for line in gained:
        if new[line] in sought:
            places[new[line]].append(line)
    # A line that can begin a block: it says something, and stands in few places on the other side.
    telling = {text for text, lines in places.items() if len(lines) <= _PLACES and text.strip()}
    if not telling:
        return set(), set()
    # Lines that are not part of a block yet; a step outside the changes meets none.
    free_old, free_new = set(lost), set(gained)
    for line in lost:
        if old[line] not in telling or line not in free_old:
            continue
        targets = [target for target in places[old[line]] if target in free_new]
        blocks = [_block(old, new, line, target, free_old, free_new) for target in targets]
        start, new_start, length = max(blocks, key=lambda block: block[2], default=(line, line, 0))
        if _tells(old[start : start + length]):
            free_old.difference_update(range(start, start + length))
            free_new.difference_update(range(new_start, new_start + length))
    return set(lost) - free_old, set(gained) - free_new


def _block(
    old: Sequence[str], new: Sequence[str], line: int, target: int, free_old: set[int], free_new: set[int]
) -> tuple[int, int, int]:
    """Where the equal lines around a line and its target start on both sides, and how many they are."""
    before = after = 0
    while line + after in free_old and target + after in free_new and old[line + after] == new[target + after]:
        after += 1
    while (
        line - before - 1 in free_old
        and target - before - 1 in free_new
        and old[line - before - 1] == new[target - before - 1]
    ):
        before += 1
    return line - before, target - before, before + after


def _tells(lines: Sequence[str]) -> bool:
    worded = [line for line in lines if any(sign.isalnum() for sign in line)]
    return len(worded) >= LEAST_LINES or any(len(line.strip()) >= LEAST_CHARACTERS for line in worded)
