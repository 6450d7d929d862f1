"""Outline → README text: the clean form, and edits in the style of the file."""

import difflib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from resources.readme.outline import Item, Node, Outline, Passage, Wording, reworded
from resources.readme.parsing import parse, parse_bytes
from resources.readme.rendering import render_classic, render_faithful
from resources.readme.style import Style, item_line, section_style
from tests.conftest import need
from tests.readme import samples
from tests.readme.awesome_lint import REMEDY, complaints, find_awesome_lint


def clean(text: str) -> str:
    return render_classic(parse(text))


def clean_line(line: str) -> str:
    return clean(f"# L\n\n{line}\n").removeprefix("# L\n\n").removesuffix("\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("* [a](https://e.org) words", "- [a](https://e.org) - Words."),
        ("- [a](https://e.org) - Words!", "- [a](https://e.org) - Words!"),
        ("- [a](https://e.org) - Words,", "- [a](https://e.org) - Words."),
        ("- [a](https://e.org) - 汉字。", "- [a](https://e.org) - 汉字."),
        ("- [a](https://e.org) - Uses `b`", "- [a](https://e.org) - Uses `b`."),
        ("- [a](https://e.org) - It is (b)", "- [a](https://e.org) - It is (b)."),
        ("- [a](https://e.org) - It is. (B)", "- [a](https://e.org) - It is. (B)"),
        ('- [a](https://e.org) - Says "b"', '- [a](https://e.org) - Says "b".'),
        ('- [a](https://e.org) - Says "b?".', '- [a](https://e.org) - Says "b?"'),
        ("- [a](https://e.org) - It :star:", "- [a](https://e.org) - It :star:."),
        ("- [a](https://e.org) - B ![c](d.svg)", "- [a](https://e.org) - B ![c](d.svg)"),
        ("- [a](https://e.org) - iOS kit", "- [a](https://e.org) - iOS kit."),
        ("- [a](https://e.org) - npm kit", "- [a](https://e.org) - npm kit."),
        ("- [a](https://e.org) - for `b`", "- [a](https://e.org) - for `b`."),
        ("- [Ray](https://e.org) ray: is here", '- [Ray](https://e.org) - "ray": is here.'),
        ("- [Ray](https://e.org) **Ray** is", '- [Ray](https://e.org) - "**Ray**" is.'),
        ("- [Ray](https://e.org) Ray", '- [Ray](https://e.org) - "Ray".'),
        ("- [Ray](https://e.org) Rays", "- [Ray](https://e.org) - Rays."),
        ("- [a](https://e.org) - B [[c](https://e.org/c)]", r"- [a](https://e.org) - B \[[c](https://e.org/c)\]."),
        ("- [a](https://e.org) - B _c_ and __d__", "- [a](https://e.org) - B *c* and **d**."),
        ("- [a_b*](https://e.org/x_(y))", r"- [a_b\*](https://e.org/x_(y))"),
        ('- [a](https://e.org "b\'c")', r"- [a](https://e.org 'b\'c')"),
        ("+ words  \n  more\n", "- words  \n  more"),
    ],
)
def test_an_item_is_written_as_awesome_lint_wants_it(line: str, expected: str) -> None:
    assert clean_line(line) == expected
    assert clean_line(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a \n\n\n\nb\t", "a\n\nb"),
        ("***", "---"),
        ("    code\n\n      more", "```\ncode\n\n  more\n```"),
        ("~~~ py\n```\n~~~", "````py\n```\n````"),
        ("```\nnever closed", "```\nnever closed\n```"),
        (">a\nb\n> \n>  c", "> a\n> b\n>\n> c"),
        (
            "|a|b|\n|-|:-:|\n|long one|c|\n|d|",
            "| a        |  b  |\n| -------- | :-: |\n| long one |  c  |\n| d        |     |",
        ),
        ("|a|\n|-|\n|b|c|", "|a|\n|-|\n|b|c|"),
        ("<div>\n  <b>x</b>  \n</div>", "<div>\n  <b>x</b>\n</div>"),
        ("<!-- a -->\n<!--\n\n b -->", "<!-- a -->\n\n<!--\n\n b -->"),
        ("[a]: https://e.org\n[b]\n\n[B]: https://e.org/b", "[a]: https://e.org\n\n[b](https://e.org/b)"),
    ],
)
def test_prose_is_tidied(text: str, expected: str) -> None:
    assert clean(f"# L\n\n{text}\n") == f"# L\n\n{expected}\n"


def test_definitions_that_only_items_used_are_gone() -> None:
    assert clean_line("- [a][b] - C.\n\n[b]: https://e.org") == "- [a](https://e.org) - C."


def test_the_contents_list_the_headings_two_levels_deep() -> None:
    text = clean(
        "# L\n## A `b`\n### A [c](https://e.org)\n#### Deep\n## 🚀 A b\n## a B\n## Contributing\n### Not this\n"
    )
    assert text.split("\n\n")[2] == ("- [A b](#a-b)\n  - [A c](#a-c)\n- [🚀 A b](#-a-b)\n- [a B](#a-b-1)")
    assert clean(text) == text


def test_the_contents_stand_where_the_file_has_them() -> None:
    text = "# L\n\nIntro.\n\n## Contents\n\n- [One](#one)\n\nAfter.\n\n## One\n"
    assert clean(text) == text
    assert clean("# L\n\nIntro.\n\n## One\n").index("## Contents") < clean("# L\n\nIntro.\n\n## One\n").index("## One")


def test_repeated_addresses_are_announced_once() -> None:
    text = clean("# L\n## A\n- [a](https://e.org)\n## B\n- [a](http://www.e.org/)\n")
    assert text.startswith("<!--lint disable double-link-->\n\n# L\n")
    assert clean(text) == text


def test_an_outline_made_by_hand_is_written_like_a_file_that_was_read() -> None:
    outline = Outline(
        Node(
            "Awesome Hand",
            introduction="Words.\n\n- [in prose](https://e.org/prose) words",
            seats=(Passage("More words."),),
            children=(
                Node("*Stars*", seats=(Item(Wording("a", "https://e.org/(", "b"), depth=3), Passage("c", "item", 1))),
                Node("Empty"),
            ),
        )
    )
    text = render_classic(outline)
    assert render_classic(parse(text)) == text
    assert "- [in prose](https://e.org/prose) - Words.\n" in text
    assert r"## \*Stars\*" in text
    assert "- [a](<https://e.org/(>) - B.\n  - c\n" in text


# What was edited.


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


# awesome-lint.


def errors(readme: str, folder: Path) -> list[str]:
    program = find_awesome_lint()
    need(program is not None, REMEDY)
    assert program is not None
    return [f"{each.line}: {each.message}" for each in complaints(program, readme, folder) if each.is_error]


def test_awesome_lint_finds_what_is_wrong(tmp_path: Path) -> None:
    assert errors(samples.CLEAN.replace("[Beta](https://beta.example)", "[Beta](https://beta.example) beta"), tmp_path)


def test_awesome_lint_passes_the_clean_sample(tmp_path: Path) -> None:
    assert errors(clean(samples.CLEAN), tmp_path) == []


def test_awesome_lint_passes_every_separator(tmp_path: Path) -> None:
    heading = "# Awesome Separators [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)"
    text = clean(
        samples.SEPARATORS.replace("# Separators", heading, 1).replace("- [y](https://e.org/y) --an-option\n", "")
    )
    assert errors(text, tmp_path) == []


def test_awesome_lint_passes_awesome_ray(versions: list[Path], tmp_path: Path) -> None:
    assert errors(render_classic(parse_bytes(versions[-1].read_bytes())), tmp_path) == []


# Time.


def test_a_large_list_is_quick(lists: list[Path]) -> None:
    data = max((path.read_bytes() for path in lists), key=len)
    start = time.perf_counter()
    outline = parse_bytes(data)
    parsed = time.perf_counter()
    render_classic(outline)
    rendered = time.perf_counter()
    render_faithful(outline)
    assert parsed - start < 2
    assert rendered - parsed < 0.6  # 0.3 on an idle machine
    assert time.perf_counter() - rendered < 0.1


@pytest.mark.parametrize(
    "part",
    [
        "- [a](https://{}.example) - b\n",
        "## {}\n\n",
        "{}\n\n",
        "- a\n\n  - b{}\n\n",
        "| {} | b |\n",
        "<details>\n\n",
        "[{}]: x\n",
    ],
)
def test_time_grows_with_length_only(part: str) -> None:
    def seconds(count: int) -> float:
        text = "# L\n\n" + "".join(part.format(number) for number in range(count))
        start = time.perf_counter()
        outline = parse(text)
        render_classic(outline)
        render_faithful(outline)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(2_000) < 30 * seconds(200) + 0.2
