"""What a README keeps on its way through the knowledge base's own form, and how long that takes.

    .venv/bin/python -m bench.readme_round_trip [FILE_OR_FOLDER …]

Every Markdown file is read into an Outline and written again, to the letter and in the clean form. Links, headings and
words are counted by GitHub's own parser on both sides. Files default to the lists beside the project.
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from resources.readme.outline import Passage
from resources.readme.parsing import parse, parse_bytes
from resources.readme.rendering import render_classic, render_faithful
from tests.readme.keeping import holdings

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDERS = (_DATA / "lists", _DATA / "awesome-ray" / "history")


@dataclass(frozen=True)
class Figure:
    """One file's result; the shares are of what GitHub's parser finds in the source."""

    name: str
    links: float
    headings: float
    words: float
    is_fixpoint: bool
    is_identical: bool
    read: float
    reading: float
    writing: float


def measure(path: Path) -> Figure:
    """Take one file through both forms."""
    data = path.read_bytes()
    start = time.perf_counter()
    outline = parse_bytes(data, path.name)
    parsed = time.perf_counter()
    clean = render_classic(outline)
    written = time.perf_counter()
    text = data.decode()
    before, after = holdings(text), holdings(clean)
    items = sum(1 for _ in outline.items())
    seats = (seat for node in outline.root.walk() for seat in node.seats)
    unread = sum(isinstance(seat, Passage) and seat.form == "item" for seat in seats)
    return Figure(
        name=path.name,
        links=_share(before.links, after.links),
        headings=_share(before.headings, after.headings),
        words=_share(before.words, after.words),
        is_fixpoint=render_classic(parse(clean)) == clean,
        is_identical=render_faithful(outline).encode() == data,
        read=items / (items + unread) if items + unread else 1,
        reading=parsed - start,
        writing=written - parsed,
    )


def _share(before: Counter[str], after: Counter[str]) -> float:
    return 1 - (before - after).total() / before.total() if before else 1


def main() -> None:
    """Print a line per file, and what the worst of them keeps."""
    roots = [Path(argument) for argument in sys.argv[1:]] or [folder for folder in FOLDERS if folder.exists()]
    paths = [path for root in roots for path in (sorted(root.glob("*.md")) if root.is_dir() else [root])]
    print(f"{'file':<50}{'links':>8}{'heads':>8}{'words':>8}{'fix':>5}{'same':>6}{'read':>8}{'in ms':>8}{'out ms':>8}")
    figures = [measure(path) for path in paths]
    for each in figures:
        kept = f"{each.links:>8.2%}{each.headings:>8.2%}{each.words:>8.2%}"
        forms = f"{'yes' if each.is_fixpoint else 'NO':>5}{'yes' if each.is_identical else 'NO':>6}"
        times = f"{each.reading * 1000:>8.0f}{each.writing * 1000:>8.0f}"
        print(f"{each.name[:49]:<50}{kept}{forms}{each.read:>8.1%}{times}")
    if figures:
        worst = min(min(each.links, each.headings, each.words) for each in figures)
        sound = sum(each.is_fixpoint and each.is_identical for each in figures)
        print(f"{len(figures)} files: {worst:.2%} or more kept; {sound} are the same again in both forms")


if __name__ == "__main__":
    main()
