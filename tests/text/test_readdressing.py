"""Addresses in texts led to another place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.text.addresses import is_web_address, normalise
from resources.text.readdressing import read_addresses, replace_in_text

KEY = "https://old.org/a"
NEW = "https://new.org/b?x=1&y=2"

PIECES = [
    "https://old.org/a", "http://www.old.org/a/", "<https://old.org/a>", "[words](https://old.org/a)", "www.old.org/a",
    "[words](<https://old.org/a> 'a title')", '[words](http://old.org/a "title")', "![picture](https://old.org/a)",
    "[one][r]", "\n\n[r]: https://old.org/a 'title'\n\n", "\n\n[r]: <http://old.org/a>\n\n", "`https://old.org/a`",
    "https://old.org/a/longer", "https://old.org/ab", "https://old.org/a?q=1", "https://old.org/a#part", "https://sub.old.org/a",
    "https://other.org/https://old.org/a", "\n```\nhttps://old.org/a\n```\n", "\n\n    https://old.org/a\n\n",
    "<!-- https://old.org/a -->", "\n\n| a | b |\n|---|---|\n| https://old.org/a | [x](https://old.org/a) |\n\n",
    '<a href="https://old.org/a">words</a>', "[https://old.org/a](https://other.org)", "[https://old.org/a](https://old.org/a)",
    "(https://old.org/a)", "https://old.org/a.", "**https://old.org/a**", "\n- ", " ", "\n\n", "*", "_", "[", "]", "(", ")", "`",
    "words ", "&amp;", "\\", "<", ">", "\n# ", "\n> ", "[^1]", "\n\n[^1]: https://old.org/a\n", "[[Guide]]", "<b>", "é",
]  # fmt: skip
"""Links to the address, what only looks like one, and what may stand around them."""

texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
news = st.sampled_from(
    [
        NEW,
        "https://new.org/b_(c)",
        "https://new.org/x)",
        "https://new.org/*a*_b_",
        "https://new.org/a|b",
        "https://new.org",
    ]
)


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("See https://old.org/a.", f"See {NEW}."),
        ("[a](https://old.org/a \"t\") and `https://old.org/a`", f'[a]({NEW} "t") and `https://old.org/a`'),
        ("[a](<http://www.old.org/a/> 't')", f"[a](<{NEW}> 't')"),
        ("[a][r]\n\n[r]: https://old.org/a 'title'", f"[a][r]\n\n[r]: {NEW} 'title'"),
        ("[https://old.org/a][]\n\n[https://old.org/a]: https://old.org/a", f"[https://old.org/a][]\n\n[https://old.org/a]: {NEW}"),
        ("www.old.org/a, <https://old.org/a>", f"{NEW}, <{NEW}>"),
        ("https://old.org/ab https://old.org/a/b https://old.org/a#c", "https://old.org/ab https://old.org/a/b https://old.org/a#c"),
        ("![p](https://old.org/a)", f"![p]({NEW})"),
        ("[a](https://old.org/a?utm_source=x&amp;utm_medium=y) [b](https://old.org/\\a)", f"[a]({NEW}) [b](https://old.org/\\a)"),
        ("[https://old.org/a](https://old.org/a)", f"[https://old.org/a]({NEW})"),
        ("https://web.org/https://old.org/a", "https://web.org/https://old.org/a"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_links_to_the_address_change(source, becomes):
    assert replace_in_text(source, KEY, NEW) == becomes


def test_spellings_can_be_picked():
    source = "http://old.org/a https://old.org/a"
    assert replace_in_text(source, KEY, "https://old.org/a", only=lambda one: one.startswith("http:")) == (
        "https://old.org/a https://old.org/a"
    )


def test_a_line_is_read_as_a_line():
    assert replace_in_text("# [a](https://old.org/a)", KEY, NEW, line=True) == f"# [a]({NEW})"


def test_names_of_hosts_in_other_letters_are_known():
    key = normalise("https://bücher.example/a")
    assert replace_in_text("[x](https://bücher.example/a) https://BÜCHER.example/a", key, NEW) == f"[x]({NEW}) {NEW}"


def test_hosts_may_be_numbers():
    key = normalise("http://127.0.0.1:8000/a")
    assert (
        replace_in_text("[x](http://127.0.0.1:8000/a) http://127.0.0.1/a", key, NEW) == f"[x]({NEW}) http://127.0.0.1/a"
    )


def test_an_address_whose_signs_mean_something_is_written_with_care():
    changed = replace_in_text("[a](https://old.org/a), https://old.org/a", KEY, "https://new.org/b)")
    assert changed == "[a](https://new.org/b%29), https://new.org/b%29"


def keys(source):
    return [normalise(one) if is_web_address(one) else one for one in read_addresses(source)]


@given(texts, news)
def test_the_addresses_are_the_old_ones_with_the_new_one_in_place(source, new):
    changed = replace_in_text(source, KEY, new)
    assert keys(changed) == [normalise(new) if one == KEY else one for one in keys(source)]


@given(texts)
def test_all_else_stays_as_it_is(source):
    changed = replace_in_text(source, KEY, NEW)
    blind = re.compile(r"(?:https?://)?(?:www\.)?old\.org/a/?|" + re.escape(NEW))
    assert blind.sub("X", changed) == blind.sub("X", source)
    code = re.compile(r"<code.*?</code>", re.DOTALL)
    assert code.findall(changed) == code.findall(source)


@given(texts)
def test_twice_is_once(source):
    changed = replace_in_text(source, KEY, NEW)
    assert replace_in_text(changed, KEY, NEW) == changed
    assert replace_in_text(source, "https://nobody.org/a", NEW) == source
