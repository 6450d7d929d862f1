"""Mentions led to another name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.text.markdown import render
from resources.text.mentions import mention_key, rewrite_mentions

OLD = ["guide:old-title", "old"]

PIECES = [
    "[[Old title]]", "[[old title|words]]", "[[Old-Title#Part]]", "[[Old title#Part|words]]", "[[guide:old]]", "[[Other]]",
    "[[Old titles]]", "[[resource:old-title]]", "`[[Old title]]`", "\n```\n[[Old title]]\n```\n", "\n\n    [[Old title]]\n\n",
    "\\[[Old title]]", "![[Old title]]", "[[Old title]](https://example.org)", "[a [[Old title]] b](https://example.org)",
    "<!-- [[Old title]] -->", "\n\n| a | b |\n|---|---|\n| [[Old title]] | [[Old title|x]] |\n\n", "\n# [[Old title]]\n",
    "\n- [[Old title]]\n", "**", "`", "[", "]]", "[[", "words ", "\n\n", "<b>", "[^1]", "\n[^1]: [[Old title]]\n",
]  # fmt: skip
"""Mentions, what only looks like one, and what may stand around them."""

texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("See [[Old title]].", "See [[New title]]."),
        ("[[old title#How it works|words]]", "[[New title#How it works|words]]"),
        ("[[ Guide: old-title ]]", "[[ Guide:New title]]"),
        ("`[[Old title]]` and [[Old title]]", "`[[Old title]]` and [[New title]]"),
        ("[[resource:old-title]]", "[[resource:old-title]]"),
        ("[[Other]]", "[[Other]]"),
        ("", ""),
    ],
)
def test_only_mentions_of_the_old_name_change(source, becomes):
    assert rewrite_mentions(source, OLD, "New title") == becomes


def test_other_kinds_keep_their_word():
    source = "[[resource:old-slug|so]], [[Old slug]] and [[RESOURCE:Old slug]]"
    assert rewrite_mentions(source, ["resource:old-slug"], "new-slug") == (
        "[[resource:new-slug|so]], [[Old slug]] and [[RESOURCE:new-slug]]"
    )
    assert rewrite_mentions("A [[resource:old]] `[[resource:old]]`.", ["resource:old"], "new", line=True) == (
        "A [[resource:new]] `[[resource:old]]`."
    )


@given(texts)
def test_no_mention_of_the_old_name_is_left_and_none_of_others_changes(source):
    keys = {mention_key(one) for one in OLD}
    before = {mention_key(one) for one in render(source).mentions}
    changed = rewrite_mentions(source, OLD, "New title")
    after = {mention_key(one) for one in render(changed).mentions}
    assert after == before - keys | ({("guide", "new-title")} if before & keys else set())


@given(texts)
def test_all_else_stays_as_it_is(source):
    changed = rewrite_mentions(source, OLD, "New title")
    blind = re.compile(r"\[\[(guide:)?(old[ -]title|old|New title)(?=[\]#|])", re.IGNORECASE)
    assert blind.sub("[[", changed) == blind.sub("[[", source)
    code = re.compile(r"<code.*?</code>", re.DOTALL)
    assert code.findall(render(changed).html) == code.findall(render(source).html)


@given(texts)
def test_twice_is_once(source):
    changed = rewrite_mentions(source, OLD, "New title")
    assert rewrite_mentions(changed, OLD, "New title") == changed
    assert rewrite_mentions(source, ["guide:nothing"], "New title") == source
