"""How much of GitHub's block structure the renderer keeps, over real lists.

    .venv/bin/python -m bench.markdown_structure [FOLDER …]

Every Markdown file of the folders is rendered by `resources.text.markdown` and by cmarkgfm (GitHub's own parser); both
results pass the same sanitiser, and their elements are compared in order. The figure is the share of GitHub's elements
that are there with the same parents. Folders default to the lists beside the project.
"""

import difflib
import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options

from resources.text.anchoring import Anchoring
from resources.text.markdown import render
from resources.text.sanitising import sanitise, well_formed


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS = _words("h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tr th td pre blockquote hr a img p details summary")
_FOOTNOTE = re.compile(r"#c-fn.*")  # GitHub names footnotes by label, we by number
_VOID = frozenset({"img", "hr", "br", "wbr"})
_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDERS = (_DATA / "lists", _DATA / "awesome-ray" / "history", _DATA / "awesome-ray")


@dataclass(frozen=True)
class Figure:
    """One file's result: how many elements GitHub shows, how many of them are missing or astray here (and added)."""

    name: str
    blocks: int
    wrong: int

    @property
    def share(self) -> float:
        return 1 - self.wrong / self.blocks if self.blocks else 1.0


class _Structure(HTMLParser):
    """Gathers `path` of each block: its ancestors' tags, its own, and where a link or image leads."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self.blocks: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = values.get("class") or ""
        if self.skipping or classes == "admonition-title" or (tag, classes) == ("section", "footnotes"):
            self.skipping += tag not in _VOID
            return
        if "admonition" in classes.split():
            tag = "blockquote"
        if tag in BLOCKS:
            target = _FOOTNOTE.sub("#footnote", unquote(values.get("href") or values.get("src") or ""))
            self.blocks.append(" ".join([*(name for name in self.path if name in BLOCKS), tag, target]))
        if tag not in _VOID:
            self.path.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.skipping:
            self.skipping -= 1
        elif self.path:
            self.path.pop()


def structure(html: str) -> list[str]:
    """The blocks of sanitised HTML, one line each."""
    reader = _Structure()
    reader.feed(html)
    return reader.blocks


def github(source: str) -> str:
    """What GitHub's parser makes of `source`, by our sanitiser."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "autolink", "tagfilter", "strikethrough", "tasklist"]
    html = cmarkgfm.markdown_to_html_with_extensions(source, options=options, extensions=extensions)
    return sanitise(Anchoring().run(well_formed(html.strip())))


def differences(source: str) -> tuple[int, list[str]]:
    """How many blocks GitHub shows, and one line for each that is missing (-) or added (+) here."""
    theirs = structure(github(source))
    ours = structure(render(source, limit=len(source) * 4 + 1).html)
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    lines: list[str] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            gone, come = theirs[first:last], ours[start:end]
            lines += [f"- {line}" for line in gone] + [f"+ {line}" for line in come[len(gone) :]]
    return len(theirs), lines


def measure(path: Path) -> Figure:
    source = path.read_bytes().decode("utf-8", "replace")
    blocks, wrong = differences(source)
    return Figure(path.name, blocks, len(wrong))


def files(folders: list[Path]) -> list[Path]:
    """The Markdown files right in `folders`."""
    return [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.md"))]


def main(arguments: list[str]) -> int:
    verbose = "-v" in arguments
    folders = [Path(argument) for argument in arguments if argument != "-v"] or list(FOLDERS)
    found = files(folders)
    if not found:
        print("markdown structure: no lists here to measure; name a folder of Markdown files.")
        return 0
    figures = [measure(path) for path in found]
    for path, figure in zip(found, figures, strict=True):
        print(f"{figure.share:9.3%}  {figure.wrong:4d} of {figure.blocks:6d}  {figure.name}")
        if verbose:
            print("\n".join(differences(path.read_bytes().decode("utf-8", "replace"))[1]))
    blocks, wrong = sum(figure.blocks for figure in figures), sum(figure.wrong for figure in figures)
    worst = min(figure.share for figure in figures)
    print(f"{1 - wrong / blocks:9.3%}  {wrong:4d} of {blocks:6d}  in {len(figures)} files; the worst has {worst:.3%}")
    return 0 if worst >= 0.995 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
