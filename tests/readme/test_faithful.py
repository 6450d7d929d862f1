"""The README in the style of the file: an edit changes its own lines only."""

import difflib
from collections.abc import Callable
from dataclasses import replace

import pytest

from resources.readme.outline import Item, Node, Outline, Passage, Wording, reworded
from resources.readme.parsing import parse
from resources.readme.rendering import render_faithful
from resources.readme.style import Style, item_line, section_style


def changed(outline: Outline, title: str, change: Callable[[Node], Node]) -> Outline:
    def walk(node: Node) -> Node:
        node = change(node) if node.title == title else node
        return replace(node, children=tuple(walk(child) for child in node.children))

    return replace(outline, root=walk(outline.root))


def differences(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


FILE = """\
Awesome File
============

## Contents

* [Tools](#tools)
    * [Old Tools](#old-tools)
* [Drifted](#gone)
* [Books](#books)

Tools
-----
* [a](https://e.org/a): first thing
* [b][ref]: second thing
    * [c](https://e.org/c) : third thing

### Old Tools ###

Prose.


## Books

1. [d](https://e.org/d) – Fourth.

2. [e](https://e.org/e) – Fifth.

[ref]: https://e.org/b"""


@pytest.fixture(params=["\n", "\r\n"])
def file(request: pytest.FixtureRequest) -> str:
    return FILE.replace("\n", request.param)


def with_seat(number: int, **fields: str) -> Callable[[Node], Node]:
    def change(node: Node) -> Node:
        seats = list(node.seats)
        item = seats[number]
        assert isinstance(item, Item)
        seats[number] = reworded(item, replace(item.wording, **fields))
        return replace(node, seats=tuple(seats))

    return change


def adding(*seats: Item | Passage, at: int | None = None) -> Callable[[Node], Node]:
    def change(node: Node) -> Node:
        place = len(node.seats) if at is None else at
        return replace(node, seats=(*node.seats[:place], *seats, *node.seats[place:]))

    return change


NEW = Item(Wording("new", "https://e.org/new", "New thing."))


@pytest.mark.parametrize(
    ("title", "change", "expected"),
    [
        ("Tools", with_seat(1, summary="other"), ["- * [b][ref]: second thing", "+ * [b][ref]: other"]),
        (
            "Tools",
            with_seat(0, title="A"),
            ["- * [a](https://e.org/a): first thing", "+ * [A](https://e.org/a): first thing"],
        ),
        ("Tools", with_seat(2, url="https://e.org/C"), None),
        ("Tools", with_seat(0, summary=""), ["- * [a](https://e.org/a): first thing", "+ * [a](https://e.org/a)"]),
        ("Tools", adding(NEW), ["+ * [new](https://e.org/new): New thing"]),
        ("Tools", adding(NEW, at=0), ["+ * [new](https://e.org/new): New thing"]),
        ("Tools", adding(replace(NEW, depth=1)), ["+     * [new](https://e.org/new): New thing"]),
        ("Books", adding(replace(NEW), at=1), None),
        ("Old Tools", adding(NEW), ["+ * [new](https://e.org/new): New thing", "+ "]),
        ("Old Tools", adding(Passage("Two\n\nblocks.")), ["+ Two", "+ ", "+ blocks.", "+ "]),
        (
            "Old Tools",
            lambda node: replace(node, title="New Tools", heading_edited=True),
            [
                "-     * [Old Tools](#old-tools)",
                "+     * [New Tools](#new-tools)",
                "- ### Old Tools ###",
                "+ ### New Tools ###",
            ],
        ),
        (
            "Tools",
            lambda node: replace(node, title="Tool", heading_edited=True),
            ["- * [Tools](#tools)", "+ * [Tool](#tool)", "- Tools", "+ Tool", "- -----", "+ ----"],
        ),
        (
            "Old Tools",
            lambda node: replace(node, introduction="Other.", introduction_edited=True),
            ["- Prose.", "+ Other."],
        ),
        ("Tools", lambda node: replace(node, seats=node.seats[:-1]), ["-     * [c](https://e.org/c) : third thing"]),
        (
            "Tools",
            lambda node: replace(node, children=(*node.children, Node("Added", 3))),
            ["+     * [Added](#added)", "+ ### Added", "+ "],
        ),
    ],
)
def test_an_edit_changes_its_own_lines_only(
    file: str, title: str, change: Callable[[Node], Node], expected: list[str] | None
) -> None:
    outline = parse(file)
    assert render_faithful(outline) == file
    after = render_faithful(changed(outline, title, change))
    found = [line.rstrip("\r\n") for line in differences(file, after) if not line.startswith("?")]
    assert expected is None or sorted(found) == sorted(expected)
    assert 1 <= len(found) <= 6
    eol = "\r\n" if "\r\n" in file else "\n"
    assert after.replace(eol, "").count("\n") == 0
    assert after.endswith("[ref]: https://e.org/b")


def test_an_addition_at_the_very_end_follows_a_line_end() -> None:
    text = "# L\n\n- [a](https://e.org/a)"
    outline = changed(parse(text), "L", adding(NEW))
    assert render_faithful(outline) == f"{text}\n- [new](https://e.org/new) - New thing.\n"


def test_lines_that_lead_nowhere_go_when_the_contents_are_marked() -> None:
    outline = parse(FILE)
    contents = replace(outline.root.seats[0], edited=True)
    after = render_faithful(replace(outline, root=replace(outline.root, seats=(contents,))))
    assert differences(FILE, after) == ["- * [Drifted](#gone)\n"]


def test_the_style_of_a_section_is_that_of_most_of_its_items() -> None:
    sources = ["+  [a](https://e.org): x\r\n", "+  [b](https://e.org): y\r\n", "\t+  [c](https://e.org) - Z.\r\n"]
    style = section_style(sources)
    assert style == Style("+", "  ", "\t", ": ", full_stop=False, loose=False, eol="\r\n")
    assert item_line(NEW.wording, 1, style) == "\t+  [new](https://e.org/new): New thing\r\n"
    assert section_style([]) == Style()
