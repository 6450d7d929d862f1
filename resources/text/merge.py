"""Three-way merges: what two people made of one text, value, set or list of rows, brought together without losing a word.

`base` is what both started from, `theirs` is live now, `mine` wants to become live. Every merge obeys: merge(b, b, x) and
merge(b, x, b) and merge(b, x, x) are x, whatever x is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from resources.text.conflicts import Conflict, Merged, Unresolved, WholeMerge
from resources.text.rows import RowsMerge, merge_order, merge_rows
from resources.text.weaving import Clash, Origin, Strand, weave
from resources.text.wording import sentences

__all__ = [
    "Conflict",
    "Merged",
    "MergedContent",
    "Piece",
    "RowsMerge",
    "TextMerge",
    "Unresolved",
    "WholeMerge",
    "merge_fields",
    "merge_rows",
    "merge_scalar",
    "merge_set",
    "merge_text",
]


@dataclass(frozen=True)
class Piece:
    """Text of the result, in whole lines, and who changed it: nobody ("base"), one side ("mine", "theirs"), both alike
    ("both"), or each in sentences of its own ("woven").
    """

    text: str
    origin: Origin | Literal["woven"]


@dataclass(frozen=True)
class TextMerge(Merged[str]):
    """A text as pieces and conflicts, in order. A conflict's texts are whole lines with their line ends ("" for none)."""

    chunks: tuple[Piece | Conflict[str], ...]

    @property
    def conflicts(self) -> tuple[Conflict[str], ...]:
        return tuple(chunk for chunk in self.chunks if isinstance(chunk, Conflict))

    @property
    def text(self) -> str:
        """The merged text. Raises Unresolved while there are conflicts."""
        return self.value

    def settled(self, choices: Sequence[str]) -> str:
        chosen = iter(choices)
        texts = [next(chosen) if isinstance(chunk, Conflict) else chunk.text for chunk in self.chunks]
        return _joined("".join(text if text.endswith("\n") or not text else f"{text}\n" for text in texts))


@dataclass(frozen=True)
class MergedContent(Merged[dict[str, Any]]):
    """The merges of an entry's fields by name."""

    fields: Mapping[str, Merged[Any]]

    @property
    def conflicts_by_field(self) -> dict[str, tuple[Conflict[Any], ...]]:
        """The conflicts of those fields that have any."""
        return {name: field.conflicts for name, field in self.fields.items() if field.conflicts}

    @property
    def conflicts(self) -> tuple[Conflict[Any], ...]:
        return tuple(conflict for field in self.fields.values() for conflict in field.conflicts)

    @property
    def content(self) -> dict[str, Any]:
        """The merged fields. Raises Unresolved while there are conflicts."""
        return self.value

    def settled(self, choices: Sequence[Any]) -> dict[str, Any]:
        content = {}
        start = 0
        for name, field in self.fields.items():
            end = start + len(field.conflicts)
            content[name] = field.settled(choices[start:end])
            start = end
        return content


def merge_scalar[T](base: T, mine: T, theirs: T) -> WholeMerge[T]:
    """One value: the side that changed it wins, and two different changes are a conflict."""
    if mine in (base, theirs):
        return WholeMerge(theirs)
    return WholeMerge(mine if theirs == base else Conflict(base, mine, theirs))


def merge_set(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> WholeMerge[tuple[str, ...]]:
    """Members in order, each once: what either side added is in, what either removed is out. Never a conflict."""
    whole = merge_scalar(tuple(base), tuple(mine), tuple(theirs))
    if whole.clean:
        return whole
    removed = set(base) - (set(mine) & set(theirs))
    members = (set(mine) | set(theirs)) - removed
    return WholeMerge(merge_order(base, mine, theirs, members).keys)


def merge_text(base: str, mine: str, theirs: str) -> TextMerge:
    """Texts by lines, and a line that both changed by its sentences.

    Changes of neighbouring lines or sentences do not contradict each other. Where both only added, the conflict says so
    and suggests both. Whatever a side added is in the result or in a conflict.
    """
    whole = merge_scalar(base, mine, theirs)
    if whole.clean:
        return TextMerge((Piece(_closed(whole.value), _origin(base, mine, theirs)),))
    chunks: list[Piece | Conflict[str]] = []
    for part in weave(_lines(base), _lines(mine), _lines(theirs), is_gap=str.isspace):
        chunks += [Piece("".join(part.items), part.origin)] if isinstance(part, Strand) else _by_sentence(part)
    return TextMerge(tuple(chunks))


def merge_fields(
    kinds: Mapping[str, str], base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> MergedContent:
    """An entry's content field by field; `kinds` says for each field how: "scalar", "text", "set" or "rows".

    "rows:KEY" names the field that tells the rows apart ("key" where none is named), and "rows:KEY:POSITION" the one that
    numbers them too.

    A field that a side does not have yet is empty there. Raises ValueError for a field without a kind, or an unknown kind.
    """
    unknown = sorted({*base, *mine, *theirs} - set(kinds))
    if unknown or not {kind.partition(":")[0] for kind in kinds.values()} <= set(_MERGES):
        raise ValueError(f"Fields without a kind, or with an unknown one: {unknown or sorted(kinds.items())}")
    fields = {}
    for name, kind in kinds.items():
        word, *named = kind.split(":")
        merge, empty = _MERGES[word]
        fields[name] = merge(*(version.get(name, empty) for version in (base, mine, theirs)), *named)
    return MergedContent(fields)


_MERGES: dict[str, tuple[Any, Any]] = {
    "scalar": (merge_scalar, None),
    "text": (merge_text, ""),
    "set": (merge_set, ()),
    "rows": (merge_rows, ()),
}


def _closed(text: str) -> str:
    """The text with a line end after its last line too, so that an addition at the end does not change the line before."""
    return f"{text}\n" if text else ""


def _origin(base: str, mine: str, theirs: str) -> Origin:
    """Who made a text that is one side's as it stands."""
    if mine == theirs:
        return "base" if mine == base else "both"
    return "mine" if theirs == base else "theirs"


def _joined(closed: str) -> str:
    return closed.removesuffix("\n")


def _lines(text: str) -> list[str]:
    """Whole lines with their ends; unlike splitlines() it takes a line feed alone for an end."""
    return [f"{line}\n" for line in _closed(text).split("\n")[:-1]]


def _by_sentence(clash: Clash) -> list[Piece | Conflict[str]]:
    base, mine, theirs = ("".join(items) for items in (clash.base, clash.mine, clash.theirs))
    if clash.both_added:
        return [Conflict(base, mine, theirs, both_added=True, suggestion=mine + theirs)]
    parts = weave(_spaced(base), _spaced(mine), _spaced(theirs), is_gap=str.isspace)
    clashes = [part for part in parts if isinstance(part, Clash)]
    if any(not part.both_added for part in clashes):
        return [Conflict(base, mine, theirs)]
    items = [item for part in parts for item in (part.mine + part.theirs if isinstance(part, Clash) else part.items)]
    woven = _unspaced(items)
    return [Conflict(base, mine, theirs, both_added=True, suggestion=woven)] if clashes else [Piece(woven, "woven")]


def _spaced(text: str) -> list[str]:
    """Sentences and line ends. The first sentence of a line gets the space before it that it would have in the middle, so
    that a sentence put in front of it does not change it.
    """
    spaced: list[str] = []
    for piece in sentences(text):
        first = piece != "\n" and (not spaced or spaced[-1] == "\n")
        bare = piece.endswith(("。", "！", "？")) and not piece[0].isspace()
        spaced.append(f" {piece}" if first and not bare else piece)
    return spaced


def _unspaced(spaced: Sequence[str]) -> str:
    starts = [place == 0 or spaced[place - 1] == "\n" for place in range(len(spaced))]
    return "".join(piece.removeprefix(" ") if start else piece for piece, start in zip(spaced, starts, strict=True))
