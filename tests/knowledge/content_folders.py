"""Folders of content files for tests: hand-made nasty content, dumped, and loaded into nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

from resources.content_files.dumping import dump_folder
from resources.entries.content import read_content
from resources.entries.knowledge import WikiPage
from resources.publishing import Change, publish, publish_many, remove
from resources.verifying.models import RayRelease, Verification
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource, a_section

NASTY = (
    "",
    "---",
    "---\n",
    "--- \n---\n---\n",
    "\n\nleading",
    "trailing  \n\n\n",
    "  \t indented",
    "\n",
    " ",
    "a\r\nb\rc",
    "tab\there",
    "🦙 ünïcödé – 日本語\u00a0\u2028\x85",
    "yes",
    "null",
    "~",
    "1.0",
    "2024-01-01",
    "0x10",
    "- a\n- b\n",
    "key: value # comment",
    "{{resources}} [[Nobody]] *&!%@`'\"\\",
    "```yaml\n---\nid: no\n---\n```\n",
    "x" * 12_000,
)
"""Texts that a careless form loses or changes."""


def folder_of(folder: Path) -> dict[str, bytes]:
    """Path below the folder → what the file holds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def dumped(folder: Path) -> dict[str, bytes]:
    """What a dump of the site writes."""
    dump_folder(folder)
    return folder_of(folder)


def elsewhere(folder: Path, make: Callable[[], None]) -> dict[str, bytes]:
    """The dump of a site that holds what `make` makes, and is gone afterwards."""
    with transaction.atomic():
        make()
        files = dumped(folder)
        transaction.set_rollback(True)
    return files


def nasty_site() -> None:
    """Entries of every kind with everything that files must keep."""
    ada = a_person("ada")
    passages = [
        {"key": f"p{place}", "position": 10 * place - 5, "depth": place % 2, "form": "prose", "text": text}
        for place, text in enumerate(reversed(NASTY))
    ]
    badge = "Liste [![Badge](https://example.org/b.svg)](https://example.org) **fett**"
    root = a_section("Überschrift: ja", slug="root", heading=badge, introduction="---\n", passages=passages)
    below = a_section("yes", slug="yes", parent=root, position=-(1 << 40), introduction="\n\nA\n\n\n")
    for place, text in enumerate(NASTY):
        a_guide(f"Guide {place}: {text[:20].strip() or 'null'}", slug=f"guide-{place}", body=text, summary=text)
    raydp = a_resource("null", slug="null", sections=(below,), tags=["yes", "1.0", "größe"], authors=["No One", "2024"])
    seat = {
        "section": root.pk,
        "position": 7,
        "depth": 1,
        "lead": "⭐ ",
        "label": "`x`",
        "hint": 'a "b"',
        "summary": "- x",
    }
    publish(read_content(raydp) | {"placements": [*read_content(raydp)["placements"], seat]}, entry=raydp, author=ada)
    publish(read_content(raydp) | {"slug": "raydp", "year": 2020}, entry=raydp, author=ada)
    parent = a_guide("Child first", slug="zz")
    child = a_guide("A child", slug="aa", parent=parent, rank=3, tags=["größe"])
    publish(read_content(child) | {"slug": "ab", "title": "Another name"}, entry=child, author=ada)
    a_guide("Moved", slug="moved", redirect=child)
    claims = (
        a_claim(statement="a\n\nb: c\n", figure="1.0", unit="no", source="https://example.org/a", state="verified"),
        a_claim("c2", position=1, statement="---", published="2024-01", quote=" “q” ", state="disputed"),
        a_claim("c3", position=1),
    )
    a_case_study("Ünïon", slug="union", claims=claims, since=2019, libraries=["core", "data"], body=NASTY[5])
    tried = WikiPage.objects.get(slug="ab")
    release = RayRelease.objects.create(version="2.60.0", released_on=date(2026, 11, 4), order=1)
    Verification.objects.create(entry=tried, revision_number=2, release=release, person=a_person("admin"), note="no: x")
    Verification.objects.create(entry=parent, revision_number=7, release=release, person=ada)
    cells = {"ray/cost": {"text": "yes", "verdict": "no", "note": "~"}, "gone/cost": "kept unseen", "dask/speed": {}}
    study = a_comparison("On | off", slug="on", cells=cells, body="---\nid: x\n---\n")
    subjects = [row | {"resource": raydp.pk} for row in read_content(study)["subjects"][:1]]
    publish(read_content(study) | {"subjects": subjects}, entry=study, author=ada)
    remove(a_section("Taken away", slug="away", parent=below), author=ada, reason="Gone.")
    change = Change(read_content(child) | {"title": "x"}, type="wikipage", key="wikipage-own-key", aliases=("old-1",))
    change.content |= {"slug": "own"}
    publish_many([change], author=ada)
