"""A table of contents that follows the headings: only the lines whose headings changed are touched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resources.readme.anchors import Anchors, heading_text, slug
from resources.readme.blocks import split_lines
from resources.readme.inline import escape
from resources.readme.outline import Node, Outline, Passage

_LINE = re.compile(r"([ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+)\[(.*)\]\(#([^)]*)\)(.*)", re.DOTALL)
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*\Z")


@dataclass(slots=True)
class _Row:
    """One line of the table; `node` is the section it leads to, where there is one."""

    text: str
    node: Node | None = None
    depth: int = 0


def patched_contents(outline: Outline, passage: Passage, eol: str) -> str:
    """The table's source with renamed headings renamed and added ones added.

    Lines that lead nowhere are dropped only from a passage that is marked as edited: many tables have drifted from
    their headings. A passage without a source becomes a table of the first two levels.
    """
    if not passage.source:
        return _written(outline, passage, eol)
    sections = [node for child in outline.root.children for node in child.walk()]
    renamed = [node for node in sections if node.heading_edited and node.heading_source]
    added = [node for node in sections if not node.heading_source and node.title]
    if not (renamed or added or passage.edited):
        return passage.source
    return _Table(outline, passage, eol).patched(renamed, added)


def _written(outline: Outline, passage: Passage, eol: str) -> str:
    anchors = Anchors().of(outline.root if outline.root.title else None, outline.root.children)
    lines = ["## Contents", "", *([passage.text.replace("\n", eol), ""] if passage.text else [])]
    for child in outline.root.children:
        lines.append(f"- [{escape(child.title)}](#{anchors[id(child)]})")
        lines += [f"  - [{escape(inner.title)}](#{anchors[id(inner)]})" for inner in child.children]
    return eol.join(lines) + eol * 2


class _Table:
    def __init__(self, outline: Outline, passage: Passage, eol: str) -> None:
        self.outline = outline
        self.eol = eol
        self.is_pruned = passage.edited
        self.anchors = Anchors().of(outline.root, outline.root.children)
        self.depths = dict(_depths(outline.root, 0))
        nodes = {anchor: node for node in self.nodes() if (anchor := self.anchors[id(node)])}
        former = {slug(_former_title(node)): node for node in self.nodes() if node.heading_edited}
        self.rows = [self.row(line, former | nodes) for line in split_lines(passage.source)]

    def nodes(self) -> Iterator[Node]:
        for child in self.outline.root.children:
            yield from child.walk()

    def row(self, line: str, nodes: dict[str, Node]) -> _Row:
        match = _LINE.match(line)
        node = nodes.get(match[3]) if match else None
        return _Row(line, node, self.depths[id(node)] if node else 0)

    def patched(self, renamed: list[Node], added: list[Node]) -> str:
        for row in self.rows:
            match = _LINE.match(row.text)
            if match and any(row.node is node for node in renamed) and row.node:
                row.text = f"{match[1]}[{escape(row.node.title)}](#{self.anchors[id(row.node)]}){match[4]}"
        if self.is_pruned:
            self.rows = [row for row in self.rows if row.node or not _LINE.match(row.text) or self.is_named(row.text)]
        for node in added:
            self.add(node)
        return "".join(row.text for row in self.rows)

    def is_named(self, line: str) -> bool:
        """Whether a line leads to an anchor that the file sets by hand."""
        match = _LINE.match(line)
        named = re.compile(rf"(?:name|id)=[\"']?{re.escape(match[3] if match else '')}[\"'\s>]", re.IGNORECASE)
        return any(named.search(source) for source in self.outline.sources())

    def add(self, node: Node) -> None:
        """Put a line for a new section after its elder sibling and all below that, or right below its parent."""
        parent = next(outer for outer in self.outline.root.walk() if any(child is node for child in outer.children))
        depth = self.depths[id(node)]
        models = [row for row in self.rows if row.node and row.depth == depth]
        if not models:
            return
        place = next(child for child, inner in enumerate(parent.children) if inner is node)
        elder = [id(inner) for child in parent.children[:place] for inner in child.walk()]
        above = [at for at, row in enumerate(self.rows) if row.node and id(row.node) in {*elder, id(parent)}]
        after = max(above) + 1 if above else next(at for at, row in enumerate(self.rows) if row.node)
        model = _LINE.match(models[0].text)
        indent = model[1] if model else "- "
        self.rows.insert(
            after, _Row(f"{indent}[{escape(node.title)}](#{self.anchors[id(node)]}){self.eol}", node, depth)
        )


def _depths(node: Node, depth: int) -> Iterator[tuple[int, int]]:
    yield id(node), depth
    for child in node.children:
        yield from _depths(child, depth + 1)


def _former_title(node: Node) -> str:
    """The title that an edited heading had."""
    first = node.heading_source.lstrip("\ufeff\r\n").splitlines()[0]
    match = _HEADING.match(first)
    title = match[1] if match else first
    return heading_text(Node(title, heading=title))
