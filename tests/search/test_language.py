"""Whatever people type is read, and never breaks a search."""

import pytest
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resources.search.language import MOST_WORDS, Wanted, read
from resources.search.query import Query, search
from resources.search.words import _FOLDS, fold
from tests.makers import a_guide

SIGNS = "\" ' - * : ( ) AND OR NOT NEAR( ^ {title} kind: kind:paper tag:' is:broken in:title -in:title by: & | !"
PIECES = st.sampled_from(
    [*SIGNS.split(), "<->", "\\", "\0", "\ud800", "ray", "中", "中文字", "é", "a" * 70, "%s", "%", ";--"]
)


@pytest.mark.django_db
@settings(max_examples=150)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=8).map("".join)
    )
)
@example('"')
@example("-" * 300)
@example("word " * 2_000)
@example("x" * 10_000)
@example("中" * 3_000)
@example('kind:" "')
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    for typing in (False, True):
        found = search(Query(typed, typing=typing))
        assert found.total >= 0


@pytest.mark.django_db
def test_the_page_bears_everything(client: Client) -> None:
    a_guide("Ray <b>Serve</b>")
    for typed in ('"', "' OR 1=1 --", "\0", "<script>", "ray <b", "kind:<b>", "word " * 1_500, "é" * 2_000):
        answer = client.get("/search/", {"q": typed})
        assert answer.status_code == 200
        assert b"<script>" not in answer.content.replace(b'<script src="', b"")
    assert b"<b>" not in client.get("/search/?q=serve").content


def test_what_was_typed_is_read_in_pieces() -> None:
    asked = read('Ray -"old api" KIND:paper -tag:"two words" serv* in:title "a b" x:y')
    assert [term.words for term in asked.terms] == [("ray",), ("old", "api"), ("serv",), ("a", "b"), ("x", "y")]
    assert [term.without for term in asked.terms] == [False, True, False, False, False]
    assert asked.wanted == (Wanted("kind", "paper"), Wanted("tag", "two words", without=True))
    assert asked.in_title
    assert asked.without_operator('-tag:"two words"') == 'Ray -"old api" kind:paper serv* in:title "a b" x:y'


def test_only_so_much_is_read() -> None:
    asked = read("word " * 2_000)
    assert asked.cut
    assert len(asked.terms) == MOST_WORDS
    assert not read("ray serve").cut
    assert read("  ").empty


def test_signs_that_are_passed_over_are_looked_for_as_they_are() -> None:
    every = "".join(chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)
    assert fold(every) == every.translate(_FOLDS)
    assert fold("ÜBER Ćevapi 中文 Ａ") == "uber cevapi 中文 a"
