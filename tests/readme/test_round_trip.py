"""What goes in comes out: to the letter, or in the clean form without a loss."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.readme.outline import UnreadableReadme
from resources.readme.parsing import parse, parse_bytes
from resources.readme.rendering import render_classic, render_faithful
from tests.readme import samples
from tests.readme.keeping import holdings


def read(path: Path) -> str:
    return path.read_bytes().decode()


def check(text: str) -> None:
    """The promises of a round trip, for one README."""
    outline = parse(text)
    assert render_faithful(outline) == text
    assert "".join(outline.sources()) == text
    clean = render_classic(outline)
    assert render_classic(parse(clean)) == clean
    assert render_faithful(parse(clean)) == clean
    before, after = holdings(text), holdings(clean)
    assert before.lost(after) == {}
    repaired = sum("reversed" in note.message for note in outline.report)
    assert (after.links - before.links).total() == repaired


def check_form(clean: str) -> None:
    """The clean form's own rules."""
    assert clean.endswith("\n")
    assert not clean.endswith("\n\n")
    assert "\r" not in clean
    assert not any(line != line.rstrip() and not line.endswith("  ") for line in clean.split("\n") if line.isascii())


@pytest.mark.parametrize("name", samples.ALL)
def test_hand_made_lists(name: str) -> None:
    check(samples.ALL[name])
    check_form(render_classic(parse(samples.ALL[name])))


def test_the_clean_sample_is_clean_already() -> None:
    assert render_classic(parse(samples.CLEAN)) == samples.CLEAN


def test_real_lists(lists: list[Path]) -> None:
    for path in lists:
        check(read(path))


def test_every_version_of_awesome_ray(versions: list[Path]) -> None:
    for path in versions:
        check(read(path))
        check_form(render_classic(parse_bytes(path.read_bytes())))


WORDS = st.lists(
    st.sampled_from(
        ["alpha", "Beta", "γάμμα", "日本", "x_y", "C++", "e.g.", "it's", "🚀", "a-b", "1", "&", "<3", "*", "_"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
ADDRESSES = st.builds(
    "https://{}.example/{}{}".format,
    st.sampled_from("abcdefghij"),
    st.text("abc_-~/&=?é", max_size=6),
    st.sampled_from(["", "_(x)", "#part", "?a=1&amp;b=2"]),
)
INLINE = st.one_of(
    WORDS,
    WORDS.map("*{}*".format),
    WORDS.map("__{}__".format),
    WORDS.map("`{}`".format),
    WORDS.map("[{}](https://other.example/x)".format),
    st.just("![badge](https://img.example/b.svg)"),
    st.just("<img src='https://img.example/c.svg'>"),
    st.just("<!-- hush -->"),
    st.just("(in brackets)"),
)
TEXTS = st.lists(INLINE, max_size=4).map(" ".join)
LINKS = st.builds("[{}]({})".format, WORDS, ADDRESSES)
SEPARATORS = st.sampled_from([" - ", ": ", " – ", "—", ", ", " ", "", " -- ", ". ", " | "])
ITEM_TEXTS = st.one_of(
    st.builds("{}{}{}".format, LINKS, SEPARATORS, TEXTS),
    st.builds("{} {}{}{}".format, TEXTS, LINKS, SEPARATORS, TEXTS),
    st.builds("**{}** - {}".format, LINKS, TEXTS),
    TEXTS,
)


@st.composite
def item_lists(draw: st.DrawFn) -> str:
    """A list with items at several depths, which may hold more than their line."""
    bullet = draw(st.sampled_from(["-", "*", "+", "1."]))
    step = draw(st.sampled_from([3, 4]) if bullet == "1." else st.sampled_from([2, 4]))
    loose = draw(st.booleans())
    lines: list[str] = []
    depth = 0
    for text in draw(st.lists(ITEM_TEXTS, min_size=1, max_size=6)):
        indent = " " * (step * depth)
        lines.append(f"{indent}{bullet} {text}".rstrip())
        if draw(st.integers(0, 5)) == 0:
            lines += ["", f"{indent}{' ' * step}{draw(WORDS)}", ""]
        elif loose:
            lines.append("")
        depth = draw(st.integers(0, depth + 1))
    return "\n".join(lines)


BLOCKS = st.one_of(
    item_lists(),
    item_lists(),
    TEXTS,
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "######"]), TEXTS),
    st.builds("{}\n{}".format, WORDS, st.sampled_from(["===", "---"])),
    st.sampled_from(
        [
            "***",
            "> quoted\n> - inside",
            "```\n- no item\n```",
            "    code",
            "| a | b |\n|:-:|--|\n| 1 | [l](https://t.example) |",
            "<details>\n\n- [in](https://in.example)\n\n</details>",
            "<!-- a comment -->",
            "<a name='x'></a>",
            "## Contents\n\n- [One](#one)\n- [Two](#two)",
            "[ref]: https://ref.example 'T'",
            "[ref] and ![i][ref]",
        ]
    ),
)


@settings(max_examples=300, deadline=None)
@given(
    blocks=st.lists(BLOCKS, min_size=1, max_size=8),
    blank=st.sampled_from(["\n\n", "\n\n\n", "\n \n"]),
    eol=st.sampled_from(["\n", "\r\n"]),
    end=st.sampled_from(["", "\n", "\n\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_any_list(blocks: list[str], blank: str, eol: str, end: str, mark: str) -> None:
    text = mark + (blank.join(blocks) + end).replace("\n", eol)
    try:
        parse(text)
    except UnreadableReadme:
        return
    check(text)


@settings(max_examples=300, deadline=None)
@given(st.text(string.printable + "é日🚀\u200b\u2028\u00a0", max_size=200), st.sampled_from(["", "# L\n", "- a\n"]))
def test_any_text_comes_back_to_the_letter(text: str, start: str) -> None:
    try:
        outline = parse(start + text)
    except UnreadableReadme:
        return
    assert render_faithful(outline) == start + text
