"""What becomes of a piece that the last file, the site and the new file may each word in their own way.

`piece` is a SourcePiece's `imported`, or None for what no file has said before. `live` is what the site says now.
"""

from collections.abc import Container, Mapping
from dataclasses import asdict, replace
from typing import Any

from resources.readme.inline import escape
from resources.readme.outline import Wording
from resources.text.merge import merge_text

type Piece = Mapping[str, Any]

WORDS = ("title", "url", "summary", "lead", "label", "hint")


def settle_value(piece: Piece | None, name: str, live: Any, new: Any) -> tuple[Any, bool]:
    """The value of a field, and whether site and file are at odds (the site's stays then)."""
    if live == new:
        return live, False
    if piece is None:
        return new, False
    if piece["said"].get(name) == new:
        return live, False
    if piece["live"] is not None and piece["live"].get(name) == live:
        return new, False
    return live, True


def settle_wording(piece: Piece | None, live: Wording, new: Wording) -> tuple[Wording, list[str]]:
    """How a seat is worded, and the fields where site and file are at odds. A file without a summary takes none away."""
    settled, odd = {}, []
    for name in WORDS:
        value, at_odds = settle_value(piece, name, getattr(live, name), getattr(new, name))
        if name == "summary" and piece is None and not value:
            value = live.summary
        settled[name] = value
        odd += [name] if at_odds else []
    return replace(live, **settled), odd


def settle_text(piece: Piece | None, live: str, new: str) -> tuple[str, bool]:
    """Prose: merged by lines where both changed; both, one below the other, where no file has said anything before."""
    if piece is None and live and new and new not in live:
        return f"{live}\n\n{new}", False
    if piece is None and not new:
        return live, False
    value, at_odds = settle_value(piece, "text", live, new)
    if at_odds and piece is not None:
        merge = merge_text(piece["said"]["text"], live, new)
        return (live, True) if merge.conflicts else (merge.text, False)
    return value, at_odds


def piece_of(said: Mapping[str, Any], live: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The `imported` of a piece; its source stands for the live content only where that is what the file said."""
    return {"said": dict(said), "live": dict(live) if said == live else None, **more}


def piece_of_item(said: Wording, live: Wording, depth: int, at: int, elsewhere: Container[str]) -> dict[str, Any]:
    """The same for a seat. A line without a summary stands for one that the file gives `elsewhere` too, and a line that
    calls the resource by another title than the page for the seat's own label."""
    spoken_for = not said.summary and live.summary in elsewhere
    alike = _shown(said, live.summary if spoken_for else said.summary) == _shown(live, live.summary)
    spoken = asdict(said) | {"depth": depth}
    return {"said": spoken, "live": asdict(live) | {"depth": depth} if alike else None, "at": at}


def _shown(wording: Wording, summary: str) -> tuple[str, ...]:
    """What a line shows, however the words are kept."""
    return (wording.lead, wording.label or escape(wording.title), wording.url, wording.hint, summary)
