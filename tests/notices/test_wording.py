"""Every act that the code tells of has a sentence of its own."""

import re
from pathlib import Path

import pytest

from resources.notices.models import Notice
from resources.notices.wording import SENTENCES, WATCHED, path_of, quoted, sentence
from tests.makers import a_person, a_resource

ROOT = Path(__file__).resolve().parents[2]
SPECIAL = {"published_many"}


def test_every_act_in_the_code_is_worded() -> None:
    code = "".join(file.read_text() for file in sorted((ROOT / "resources").rglob("*.py")))
    calls = re.findall(r"\btell\(\s*(?:\[[^\]]*\]|[\w.]+(?:\([^)]*\))?),\s*\"(\w+)\"", code)
    calls += re.findall(r"\b_tell(?:_all)?\([^\n]*\"(\w+)\"", code) + re.findall(r"Notice\([^)]*act=\"(\w+)\"", code)
    assert len(set(calls)) > 12
    assert set(calls) - set(SENTENCES) - SPECIAL == set()
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
