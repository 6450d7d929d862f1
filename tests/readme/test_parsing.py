"""README text → Outline."""

from dataclasses import astuple
from pathlib import Path

import pytest

from resources.readme.outline import Item, Outline, Passage, UnreadableReadme, Wording
from resources.readme.parsing import parse, parse_bytes
from tests.readme import samples


def items(text: str) -> dict[str, Wording]:
    return {item.wording.title: item.wording for item in parse(text).items()}


def only(line: str) -> Wording:
    (item,) = parse(f"# List\n\n{line}\n").items()
    return item.wording


def passages(outline: Outline) -> list[Passage]:
    return [seat for node in outline.root.walk() for seat in node.seats if isinstance(seat, Passage)]


@pytest.mark.parametrize(
    ("line", "summary"),
    [
        ("- [a](https://e.org) - words", "words"),
        ("- [a](https://e.org): words", "words"),
        ("- [a](https://e.org) : words", "words"),
        ("- [a](https://e.org)：words", "words"),
        ("- [a](https://e.org) – words", "words"),
        ("- [a](https://e.org)—words", "words"),
        ("- [a](https://e.org) -- words", "words"),
        ("- [a](https://e.org)- words", "words"),
        ("- [a](https://e.org) -words", "words"),
        ("- [a](https://e.org), words", "words"),
        ("- [a](https://e.org). words", "words"),
        ("- [a](https://e.org); words", "words"),
        ("- [a](https://e.org) | words", "words"),
        ("- [a](https://e.org) → words", "words"),
        ("- [a](https://e.org) words", "words"),
        ("- [a](https://e.org)", ""),
        ("- [a](https://e.org).", ""),
        ("- [a](https://e.org)(b) words", "(b) words"),
        ("- [a](https://e.org) (b)", "(b)"),
        ("- [a](https://e.org) [b](https://e.org/b) - words", "[b](https://e.org/b) - words"),
        ("- [a](https://e.org) `b` words", "`b` words"),
        ("- [a](https://e.org) *b* words", "*b* words"),
        ("- [a](https://e.org) ![b](c.svg) - words", "![b](c.svg) - words"),
        ("- [a](https://e.org) - b - c", "b - c"),
        ("- [a](https://e.org) --option", "--option"),
        ("- [a](https://e.org)-based words", "-based words"),
        ("- [a](https://e.org) :tada: words", ":tada: words"),
        ("- [a](https://e.org) - one\n  two  \n  three\\\n  four", "one two three four"),
    ],
)
def test_the_summary_is_what_follows_the_separator(line: str, summary: str) -> None:
    assert astuple(only(line)) == ("a", "https://e.org", summary, "", "", "")


@pytest.mark.parametrize(
    ("line", "wording"),
    [
        ("1. [a](https://e.org)", Wording("a", "https://e.org")),
        ("- ⭐ [a](https://e.org)", Wording("a", "https://e.org", lead="⭐ ")),
        ("- [ ] [a](https://e.org)", Wording("a", "https://e.org", lead="[ ] ")),
        ("- [`a` b](https://e.org)", Wording("a b", "https://e.org", label="`a` b")),
        (r"- [a\_b & c](https://e.org)", Wording("a_b & c", "https://e.org")),
        ("- [![a](b.svg)](https://e.org)", Wording("a", "https://e.org", label="![a](b.svg)")),
        ("- [![x](y.svg)](https://e.org/x) [a](https://e.org)", None),
        ('- [a](https://e.org "b c")', Wording("a", "https://e.org", hint="b c")),
        ("- [a](<https://e.org/(b>)", Wording("a", "https://e.org/(b")),
        (r"- [a](https://e.org/b\_c)", Wording("a", "https://e.org/b_c")),
        ("- [a](https://e.org/?b=1&amp;c=2)", Wording("a", "https://e.org/?b=1&c=2")),
        ("- [a](https://e.org/ü%20)", Wording("a", "https://e.org/ü%20")),
        ("- **[a](https://e.org)** - b", Wording("a", "https://e.org", "b", label="**a**")),
        ("- *b [a](https://e.org) c* d", Wording("a", "https://e.org", "*c* d", lead="*b* ", label="*a*")),
        ("- ***[a](https://e.org)*: b**", Wording("a", "https://e.org", "**b**", label="***a***")),
        ("- ([a](https://e.org)) b", Wording("(a)", "https://e.org", "b")),
        ("- b [[a](https://e.org)]", Wording("[a]", "https://e.org", lead="b ")),
        ('- <a class="x" href="https://e.org?b&amp;c">a</a> - b', Wording("a", "https://e.org?b&c", "b")),
        ("- <https://e.org/a_b> - b", Wording("https://e.org/a_b", "https://e.org/a_b", "b")),
        ("- https://e.org/a_b. b", Wording("https://e.org/a_b", "https://e.org/a_b", "b")),
        ("- (a)[https://e.org] - b", Wording("a", "https://e.org", "b")),
        ("- [a][b] - c\n\n[b]: https://e.org 'd'", Wording("a", "https://e.org", "c", hint="d")),
        ("- [a] c ![d][e]\n\n[A]: <https://e.org>\n[e]: e.svg", Wording("a", "https://e.org", "c ![d](e.svg)")),
    ],
)
def test_a_link_is_read_whatever_its_shape(line: str, wording: Wording | None) -> None:
    assert only(line) == (wording or Wording("a", "https://e.org", lead="[![x](y.svg)](https://e.org/x) "))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("- words", "has no link"),
        ("- [a](b.md)", "relative address"),
        ("- [a](#b)", "relative address"),
        ("- [a](mailto:a@e.org)", "not a web page's"),
        ("- [](https://e.org)", "without a name"),
        ("- [a](<https://e.org/b c>)", "not accepted"),
        ("- ### [a](https://e.org)", "does not begin with text"),
        ("- - [a](https://e.org)", "on one line"),
        ("- [a](https://e.org)\n- [b](http://www.e.org/)", "in this section already"),
    ],
)
def test_what_is_no_resource_is_kept_and_reported_with_its_line(line: str, reason: str) -> None:
    outline = parse(f"# List\n\n{line}\n")
    last = line.split("\n")[-1]
    assert passages(outline)[-1].text == last.removeprefix("- ")
    assert passages(outline)[-1].form == "item"
    (note,) = outline.report
    assert reason in note.message
    assert note.line == 3 + line.count("\n")


def test_a_reversed_link_is_noted() -> None:
    (note,) = parse("# List\n\n- (a)[https://e.org] - b\n").report
    assert note.line == 3
    assert "reversed" in note.message


def test_sections_nest_by_level_and_jumps_do_not_matter() -> None:
    outline = parse("# A\n### B\n## C\n##### D\n### E\n# F\n## G\n")
    tree = [(node.title, node.level, [child.title for child in node.children]) for node in outline.root.walk()]
    assert tree == [
        ("A", 1, ["B", "C", "F"]),
        ("B", 3, []),
        ("C", 2, ["D", "E"]),
        ("D", 5, []),
        ("E", 3, []),
        ("F", 1, ["G"]),
        ("G", 2, []),
    ]


def test_a_heading_keeps_its_markdown_beside_its_title() -> None:
    root = parse("# Awesome `A` [![b](c.svg)][d] #\n\n[d]: https://e.org\n").root
    assert root.title == "Awesome A"
    assert root.heading == "Awesome `A` [![b](c.svg)](https://e.org)"
    assert parse("Two\nlines\n===\n").root.title == "Two lines"
    assert parse("# ![Logo of A](a.svg)\n").root.title == "Logo of A"
    assert parse("# A\\_b & c\n").root.heading == ""


def test_what_stands_before_the_main_heading_is_above() -> None:
    outline = parse("<!-- a -->\n\n- [Deutsch](https://e.org/de)\n\n## Sponsor\n\n# List\n\n- [a](https://e.org)\n")
    assert [(passage.form, passage.text) for passage in outline.above] == [
        ("prose", "<!-- a -->"),
        ("item", "[Deutsch](https://e.org/de)"),
        ("prose", "## Sponsor"),
    ]
    assert outline.root.title == "List"


def test_a_list_before_a_late_main_heading_is_still_read() -> None:
    outline = parse("## Tools\n\n- [a](https://e.org)\n\n# License\n")
    assert [node.title for node in outline.root.walk()] == ["", "Tools", "License"]
    assert len(list(outline.items())) == 1


def test_an_html_heading_names_a_list_without_a_markdown_one() -> None:
    outline = parse(samples.NO_MAIN_HEADING)
    assert outline.root.title == "Awesome HTML & Co"
    assert outline.root.heading_source == ""
    assert outline.root.introduction.startswith("<h1")
    assert parse('<h1><img alt="Logo" src="a.svg"></h1>\n\n# One\n\n# Two\n').root.title == "Logo"


def test_prose_and_seats_take_their_turns() -> None:
    root = parse(
        "# L\nIntro.\n\n![i](i.svg)\n- [a](https://e.org/a)\n  - b\n    - [c](https://e.org/c)\n\n  A paragraph.\n\nProse.\n"
    ).root
    assert root.introduction == "Intro.\n\n![i](i.svg)"
    assert [
        (seat.wording.title, seat.depth) if isinstance(seat, Item) else (seat.text, seat.form, seat.depth)
        for seat in root.seats
    ] == [("a", 0), ("b", "item", 1), ("c", 2), ("A paragraph.", "prose", 1), ("Prose.", "prose", 0)]


def test_headings_in_details_quotes_and_items_are_no_sections() -> None:
    text = "# L\n<details>\n\n## In\n\n</details>\n\n> ## Quoted\n\n- a\n\n  ## Inner\n\n## Out\n"
    assert [node.title for node in parse(text).root.walk()] == ["L", "Out"]


def test_details_that_never_close_hide_nothing() -> None:
    assert [node.title for node in parse("# L\n<details>\n\n## In\n").root.walk()] == ["L", "In"]


@pytest.mark.parametrize(
    "table",
    [
        "## Contents\n\n- [One](#one)\n",
        "## 📖 Table of Contents\n\n- [One](#one)\n  - One (2)\n",
        "# Inhaltsverzeichnis\n\n1. [Eins](#one)\n",
        "## 目录\n\n* [One](#one)\n",
        "## Índice\n\n* [One](#one)\n",
        "Contents\n---\n",
        "- [a](#a)\n- [b](#b)\n- [c](#c)\n",
    ],
)
def test_a_table_of_contents_is_one_passage(table: str) -> None:
    outline = parse(f"# L\n\n{table}\n## One\n\n- [a](https://e.org)\n")
    assert [(passage.form, passage.text) for passage in passages(outline)] == [("contents", "")]
    assert [node.title for node in outline.root.walk()] == ["L", "One"]


def test_what_else_stands_in_the_contents_is_kept() -> None:
    text = '# L\n\n## Contents <img src="a.svg">\n\n<!-- toc -->\n\n- [One](#one)\n- [Else](https://e.org)\n- [Two](#t)\n\n## One\n'
    root = parse(text).root
    assert [seat.text if isinstance(seat, Passage) else seat.wording.title for seat in root.seats] == [
        '<img src="a.svg">\n\n<!-- toc -->',
        "Else",
        "",
    ]


def test_a_section_that_is_called_contents_and_is_none_stays() -> None:
    outline = parse("# L\n\n## Contents\n\n- [a](https://e.org)\n\n## One\n")
    assert [node.title for node in outline.root.walk()] == ["L", "Contents", "One"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"# L\n\0", "NUL"),
        ("# Zoë\n".encode("utf-16"), "NUL"),
        (b"# L\n\n- caf\xe9\n", "line 3"),
        (b"", "not a list"),
        (b"Just words.\n", "not a list"),
        (b"# L\n" + b"x" * 100, "too large"),
    ],
)
def test_a_broken_file_gets_one_line_with_a_remedy(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableReadme) as refusal:
        parse_bytes(data, "list.md", largest=100)
    message = str(refusal.value)
    assert message.startswith("list.md ")
    assert words in message
    assert "\n" not in message
    assert message.count(". ") == 1


def test_a_byte_order_mark_is_no_text() -> None:
    outline = parse_bytes(b"\xef\xbb\xbf# L\n")
    assert outline.root.title == "L"
    assert outline.root.heading_source == "\ufeff# L\n"


def test_awesome_ray_is_read_whole(versions: list[Path]) -> None:
    outline = parse_bytes(versions[-1].read_bytes())
    assert outline.root.title == "Awesome RAY"
    assert len(list(outline.items())) == 73
    assert outline.report == ()
