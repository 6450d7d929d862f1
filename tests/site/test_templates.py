"""Laws of the templates: small, nothing inline, every word translatable, every component explained."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NAMES = {"RayHub", "Ray", "README", "md", "K", "Control", "x"}

INLINE = [
    (re.compile(r"\sstyle\s*=", re.IGNORECASE), "a style attribute"),
    (re.compile(r"<style", re.IGNORECASE), "a style element"),
    (re.compile(r"\son[a-z]+\s*=", re.IGNORECASE), "an event attribute"),
    (re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE), "a script without a file"),
    (re.compile(r"javascript:", re.IGNORECASE), "a javascript address"),
    (re.compile(r"\|\s*safe\b|autoescape\s+off"), "text marked safe"),
    (re.compile(r"(?:src|href)=\"(?:https?:)?//(?!opensource\.org)"), "something from another site"),
]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT / "templates")))
def test_template_keeps_the_laws(file: Path) -> None:
    text = file.read_text()
    for pattern, what in INLINE:
        assert not pattern.search(text), f"{file.name} has {what}."
    assert text.count("\n") <= 150, f"{file.name} is too long."
    if file.parent.name == "components":
        assert text.startswith("{# "), f"{file.name} does not say what it is for."
        assert "Variables:" in text.split("#}")[0], f"{file.name} does not name its variables."


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT / "templates")))
def test_every_word_goes_through_gettext(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}", " ", file.read_text(), flags=re.DOTALL)
    text = re.sub(r"\{% block (?:og_type|page_class) %\}.*?\{% endblock %\}", " ", text)
    text = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', text))
    words = re.sub(r"<[^>]*>|&[a-z]+;", " ", text) + " " + spoken
    assert set(re.findall(r"[A-Za-z]{2,}", words)) <= NAMES


def test_scripts_are_one_per_behaviour_and_small() -> None:
    files = sorted((ROOT / "static" / "js").glob("*.js"))
    assert files
    for file in files:
        text = file.read_text()
        assert text.startswith("// "), f"{file.name} does not say what it does."
        assert text.count("\n") <= 100
        assert not re.search(r"\beval\(|innerHTML|document\.write|\.style\b", text), file.name
