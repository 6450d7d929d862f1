"""Addresses: spellings that are one resource, spellings that are two, and those that are refused."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.text.addresses import LONGEST_ADDRESS, BadAddress, check_address, host_of, is_web_address, normalise

ALIKE = [
    (
        "https://ray.io",
        "http://ray.io",
        "HTTPS://RAY.IO/",
        "https://www.ray.io",
        "https://ray.io:443/",
        "http://ray.io:80",
    ),
    ("https://docs.ray.io/en/latest", "https://docs.ray.io/en/latest/", "https://docs.ray.io./en/latest//"),
    (
        "https://ray.io/a/c",
        "https://ray.io/a/b/../c",
        "https://ray.io/./a/c",
        "https://ray.io/%61/c",
        "https://ray.io/a/%2e/c",
    ),
    ("https://ray.io/..", "https://ray.io/../..", "https://ray.io"),
    ("https://ray.io/a%2Fb", "https://ray.io/a%2fb"),
    ("https://ray.io/é", "https://ray.io/%C3%A9", "https://ray.io/%c3%a9"),
    ("https://en.wikipedia.org/wiki/Ray_(optics)", "https://en.wikipedia.org/wiki/Ray_%28optics%29"),
    (
        "https://bücher.example/",
        "https://BÜCHER.example",
        "https://xn--bcher-kva.example",
        "https://www.bücher。example",
    ),
    ("https://faß.example", "https://xn--fa-hia.example", "https://FAẞ.example"),
    ("https://例え.jp/x", "https://xn--r8jz45g.jp/x"),
    ("https://ray.io/?a=1&b=2", "https://ray.io?a=1&b=2", "https://ray.io/?a=1&utm_source=x&b=2&UTM_medium=y"),
    (
        "https://ray.io/x",
        "https://ray.io/x?",
        "https://ray.io/x?&",
        "https://ray.io/x#",
        "https://ray.io/x?fbclid=1&gclid=2",
    ),
    (
        "https://ray.io/x",
        "https://ray.io/x?ref_src=twsrc%5Etfw",
        "https://ray.io/x#:~:text=a,b",
        " <https://ray.io/x>\n",
    ),
    ("https://ray.io/x#part", "https://ray.io/x/#part", "https://ray.io/x#part:~:text=word"),
    (
        "https://github.com/ray-project/ray",
        "https://GitHub.com/Ray-Project/Ray.git",
        "http://www.github.com/ray-project/Ray/",
    ),
    ("https://github.com/ray-project/ray#x", "https://github.com/ray-project/ray?tab=readme-ov-file#x"),
    ("https://github.com/o/r/tree/Main", "https://github.com/O/R/tree/Main"),
    ("http://127.0.0.1/", "http://127.1", "http://0x7f.0.0.1", "http://2130706433", "http://0177.0.0.1"),
    ("http://[::1]:8000/", "http://[0:0:0:0:0:0:0:1]:8000", "http://[::1]:08000"),
    ("https://ray.io/100%", "https://ray.io/100%25"),
    ("https://ray.io/[a]|b", "https://ray.io/%5Ba%5D%7Cb"),
]

DIFFERENT = [
    ("https://ray.io/a", "https://ray.io/A"),
    ("https://ray.io/a", "https://ray.io/a#b"),
    ("https://ray.io/a#b", "https://ray.io/a#c"),
    ("https://ray.io/a", "https://ray.io/a?b"),
    ("https://ray.io/?a=1&b=2", "https://ray.io/?b=2&a=1"),
    ("https://ray.io/?a=1", "https://ray.io/?a=2"),
    ("https://ray.io/a/b", "https://ray.io/a%2Fb"),
    ("https://ray.io/a//b", "https://ray.io/a/b"),
    ("https://ray.io", "https://ray.io:8080"),
    ("https://ray.io", "https://docs.ray.io"),
    ("https://www.com", "https://com"),
    ("https://ray.io/x?y%26z", "https://ray.io/x?y&z"),
    ("https://ray.io/a%3Fb", "https://ray.io/a?b"),
    ("https://ray.io/a%23b", "https://ray.io/a#b"),
    ("https://ray.io/%2525", "https://ray.io/%25"),
    ("https://github.com/o/r/tree/Main", "https://github.com/o/r/tree/main"),
    ("https://ray.io/Ray.git", "https://ray.io/ray"),
    ("https://fass.example", "https://faß.example"),
]

REFUSED = [
    ("", "missing"),
    ("   ", "missing"),
    ("ray.io", "Begin"),
    ("//ray.io/x", "Begin"),
    ("/docs/x", "Begin"),
    ("#part", "Begin"),
    ("localhost:8000/x", "Begin"),
    ("mailto:someone@ray.io", "mailto:"),
    ("javascript:alert(1)", "javascript:"),
    ("ftp://ray.io", "ftp:"),
    ("http://", "names no site"),
    ("http:ray.io", "names no site"),
    ("https:///x", "names no site"),
    ("https://user@ray.io", "password"),
    ("https://user:secret@ray.io/", "password"),
    ("https://ray.io/a b", "%20"),
    ("https://ray.io/a\u00a0b", "%20"),
    ("https://ray.io/a\x00b", "invisible"),
    ("https://ray.io/a\nb", "invisible"),
    ("https://ray.io/a\u202eb", "invisible"),
    ("https://ray.io/\ud800", "invisible"),
    ("https:\\\\ray.io", "names no site"),
    ("https://ray.io\\@evil.example", "password"),
    ("https://ray.io\\x", "backslash"),
    ("https://ray.io/x\\y", "backslash"),
    ("https://ray..io", "not valid"),
    ("https://-ray.io", "not valid"),
    ("https://r%61y.io", "not valid"),
    ("https://ray!.io", "not valid"),
    ("https://♥.example", "not valid"),
    ("https://xn--a.example", "not valid"),
    ("https://xn--.example", "not valid"),
    ("https://1.2.3.4.5", "not valid"),
    ("https://256.1.1.1", "not valid"),
    ("https://08.1.1.1", "not valid"),
    ("https://[::1", "not readable"),
    ("https://[zz]", "not valid"),
    ("https://" + "a" * 64 + ".example", "not valid"),
    ("https://" + "a." * 130 + "example", "not valid"),
    ("https://ray.io:99999", "port"),
    ("https://ray.io:x", "not readable"),
    ("https://ray.io/" + "a" * 2_000, "too long"),
    ("https://ray.io/" + "語" * 300, "too long"),
]


@pytest.mark.parametrize("spellings", ALIKE)
def test_one_resource_has_one_key(spellings: tuple[str, ...]):
    assert {normalise(spelling) for spelling in spellings} == {normalise(spellings[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_resources_have_two_keys(one: str, other: str):
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(("address", "word"), REFUSED)
def test_refusal_says_what_to_do(address: str, word: str):
    assert not is_web_address(address)
    for function in (check_address, normalise):
        with pytest.raises(BadAddress) as refusal:
            function(address)
        assert word in str(refusal.value)
        assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  HTTPS://WWW.Ray.io/Path?Q=1#F ", "https://www.ray.io/Path?Q=1#F"),
        ("<https://ray.io>", "https://ray.io"),
        ("https://en.wikipedia.org/wiki/Ray_(optics)", "https://en.wikipedia.org/wiki/Ray_(optics)"),
        ("https://例え.jp/語/?q=語", "https://例え.jp/語/?q=語"),
        ("https://ray.io/?back=https://x.example/@me", "https://ray.io/?back=https://x.example/@me"),
    ],
)
def test_the_checked_address_keeps_its_spelling(typed: str, kept: str):
    assert check_address(typed) == kept


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.ray.io/x", "ray.io"),
        ("https://Docs.Ray.io:8443/x", "docs.ray.io"),
        ("https://xn--bcher-kva.example/", "bücher.example"),
        ("https://例え.jp", "例え.jp"),
        ("https://пример.рф", "пример.рф"),
        ("https://rаy.io", "xn--ry-7kc.io"),  # a Cyrillic а between Latin letters
        ("https://аррӏе.example", "xn--80ak6aa92e.example"),  # Cyrillic throughout, and looks Latin throughout
        ("http://[::1]:8000/", "[::1]"),
        ("http://127.1/", "127.0.0.1"),
    ],
)
def test_the_host_is_shown_as_readers_know_it(address: str, host: str):
    assert host_of(address) == host


SITES = ["ray.io", "www.Ray.io", "github.com", "www.www.com", "BÜCHER.example", "[::1]", "1.2.3", "例え.jp"]
PIECES = [
    *"/?#&=.%Aé(+[^",
    "..",
    "%2",
    "%2e",
    "%2F",
    "%41",
    "%c3%a9",
    ":~:",
    "%7E",
    ".git",
    "//",
    "%25",
    "utm_x=1",
    "fbclid",
    "tab=readme-ov-file",
]

address_like = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP"]),
        st.sampled_from(SITES) | st.text(max_size=12),
        st.sampled_from(["", ":80", ":443", ":0", ":8080", ":"]),
        st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join),
    ),
)


@given(address_like)
def test_normalising_twice_changes_nothing(address: str):
    try:
        key = normalise(address)
    except BadAddress:
        assert not is_web_address(address)
        return
    assert normalise(key) == key
    assert key.isascii()
    assert len(key) <= LONGEST_ADDRESS
    assert key.startswith("https://")
    kept = check_address(address)
    assert check_address(kept) == kept
    assert normalise(kept) == key
    assert host_of(kept)


@given(st.lists(st.text(st.characters(categories=["L", "Mn", "Nd"]), min_size=1, max_size=8), min_size=1, max_size=3))
def test_a_name_as_shown_leads_to_the_same_site(labels: list[str]):
    try:
        shown = host_of("https://" + ".".join(labels))
    except BadAddress:
        return
    assert normalise(f"https://{shown}") == normalise("https://" + ".".join(labels))


def test_hostile_lengths_are_quick():
    started = time.perf_counter()
    for sign in ("/..", "%", "&", "?", "#", ".", "www.", "[", "é", ":", ".git", "xn--"):
        for start in ("https://", "https://github.com/a/b", ""):
            is_web_address(start + sign * 100_000)
            is_web_address((start + sign * 2_000)[:2_000])
    assert time.perf_counter() - started < 1
