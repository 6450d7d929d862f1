"""Outline → README text in the clean form, which awesome-lint passes; and the time that it takes."""

import time
from pathlib import Path

import pytest

from resources.readme.outline import Item, Node, Outline, Passage, Wording
from resources.readme.parsing import parse, parse_bytes
from resources.readme.rendering import render_classic, render_faithful
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
    start = time.process_time()
    outline = parse_bytes(data)
    parsed = time.process_time()
    render_classic(outline)
    rendered = time.process_time()
    render_faithful(outline)
    # Several times what it takes on an idle machine; if lines were read again and again, it would take longer by far.
    assert parsed - start < 5
    assert rendered - parsed < 1.5
    assert time.process_time() - rendered < 0.5


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
