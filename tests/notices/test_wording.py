"""Every act that the code tells of has a sentence of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.notices.models import Notice
from resources.notices.wording import SENTENCES, WATCHED, path_of, quoted, sentence
from tests.makers import a_person, a_resource

ROOT = Path(__file__).resolve().parents[2]
SPECIAL = {"published_many", "look_again", "webhook_failed"}


def acts_in(module: ast.Module) -> Iterator[str]:
    """The acts that a module hands to tell(), also where its functions pass their own arguments on."""
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    handed = [(function, words_of(call.args[1])) for function in functions for call in calls(function, "tell")]
    while handed:
        function, pattern = handed.pop()
        names = [argument.arg for argument in function.args.args]
        passed = next((name for name in names if f"{{{name}}}" in pattern), "")
        if not passed:
            yield pattern
            continue
        for outer in functions:
            for call in calls(outer, function.name):
                handed.append((outer, pattern.replace(f"{{{passed}}}", words_of(call.args[names.index(passed)]))))
    given = [word.value for call in calls(module, "Notice") for word in call.keywords if word.arg == "act"]
    yield from (words_of(value) for value in given if isinstance(value, ast.Constant))


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in found if isinstance(call.func, ast.Name) and call.func.id == name]


def words_of(node: ast.expr) -> str:
    """A constant's text, or a text with {names} where something is passed on."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(words_of(part.value if isinstance(part, ast.FormattedValue) else part) for part in node.values)
    return f"{{{ast.unparse(node)}}}"


def test_every_act_in_the_code_is_worded() -> None:
    files = sorted((ROOT / "resources").rglob("*.py"))
    acts = {act for file in files for act in acts_in(ast.parse(file.read_text()))}
    assert len(acts) > 15
    assert acts >= {"published", "published_many", "mentioned", "answered", "trust_promoted", "proposal_accepted"}
    assert acts - set(SENTENCES) - SPECIAL == set()
    assert set(SENTENCES) | SPECIAL >= WATCHED


@pytest.mark.django_db
def test_sentences_name_actor_and_title() -> None:
    wanda, ed = a_person("wanda"), a_person("ed", display_name="Ed Marsh")
    entry = a_resource().entry_ptr  # type: ignore[attr-defined]  # Django's link to the base table
    for act in SENTENCES:
        said = sentence(Notice(person=wanda, act=act, actor=ed, entry=entry))
        assert said.endswith(".")
        assert "%" not in said
    assert sentence(Notice(person=wanda, act="published", actor=ed, entry=entry, since=0)) == "Ed Marsh added RayDP."
    assert sentence(Notice(person=wanda, act="published_many", actor=ed, words="1")) == (
        "Ed Marsh changed 1 entry that you watch."
    )
    assert sentence(Notice(person=wanda, act="blocked")) == "RayHub blocked you for a while."


@pytest.mark.django_db
def test_an_act_without_a_sentence_is_still_readable() -> None:
    wanda = a_person("wanda")
    notice = Notice(person=wanda, act="moon_landed", words="One small step")
    assert sentence(notice) == "RayHub did something that concerns you: moon landed."
    assert (path_of(notice), quoted(notice)) == ("/people/wanda/", "One small step")
