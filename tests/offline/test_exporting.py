"""The site as files: complete among themselves, brought up to date by a second run, and nobody else's files touched."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command

from resources.entries.models import Resource
from resources.offline.exporting import MANIFEST, CannotExport, export_site
from resources.publishing import publish, remove
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def site() -> None:
    section = a_section()
    for number in range(51):
        a_resource(f"Resource {number:02}", sections=(section,), tags=["架構"])
    a_guide("Ray Core", body="See [[resource:resource-07]], [[Nobody wrote this]] and <https://ray.io/>.")
    a_case_study()
    a_comparison()


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_every_page_is_there_and_every_link_among_them_leads_to_one(tmp_path):
    site()
    export_site(tmp_path)
    there = files(tmp_path)
    wanted = {"index.html", "search.html", "README.md", "wiki/ray-core/index.html", "wiki/ray-core.md"}
    assert wanted | {"resources/page-2.html", "tags/架構/index.html", "search/pages.js"} <= there
    links = 0
    for name in there:
        if not name.endswith(".html"):
            continue
        page = (tmp_path / name).read_text()
        assert "csrfmiddlewaretoken" not in page
        for target in re.findall(r'\s(?:href|src|action)="([^"]*)"', page):
            if re.match(r"[a-z]+:|#|//", target):
                continue
            path = (tmp_path / name).parent / unquote(unescape(target).partition("#")[0])
            assert path.resolve().is_file(), f"{name} leads to {target}"
            links += 1
    assert links > 300


def test_a_second_run_writes_what_changed_and_takes_away_what_is_gone(tmp_path):
    a_guide("Ray Core")
    first = export_site(tmp_path)
    assert (first.new, first.changed, first.removed) == (first.files, 0, 0)
    again = export_site(tmp_path)
    assert (again.new, again.changed, again.removed) == (0, 0, 0)
    guide = a_guide("Another")
    there = tmp_path / "wiki" / "another" / "index.html"
    assert export_site(tmp_path).new >= 2
    assert there.is_file()
    publish({"title": "Another", "slug": "another", "body": "Words."}, entry=guide, author=a_person())
    before = (tmp_path / "wiki" / "another.md").stat().st_mtime_ns
    assert export_site(tmp_path).changed >= 2
    assert (tmp_path / "wiki" / "another.md").stat().st_mtime_ns != before
    remove(guide, author=a_person(), reason="Gone.")
    assert export_site(tmp_path).removed >= 2
    assert not there.exists()


def test_a_run_that_was_cut_off_is_made_good_by_the_next(tmp_path):
    a_guide("Ray Core")

    def cut_off(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_site(tmp_path, progress=cut_off)
    export_site(tmp_path)
    assert "wiki/ray-core/index.html" in files(tmp_path)


def test_files_of_others_are_never_touched(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CannotExport, match="no copy of the site"):
        export_site(tmp_path)
    assert files(tmp_path) == {"mine.txt"}
    export_site(tmp_path, force=True)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    (tmp_path / MANIFEST).write_text(json.dumps({"files": ["../outside.txt", "mine.txt/x"]}))
    outside = tmp_path.parent / "outside.txt"
    outside.write_text("outside")
    export_site(tmp_path)
    assert outside.read_text() == "outside"


def test_nothing_of_strangers_is_in_a_copy(tmp_path):
    resource = a_resource("Removed one")
    remove(Resource.objects.get(pk=resource.pk), author=a_person(), reason="Secret.")
    export_site(tmp_path)
    assert not (tmp_path / "resources" / "removed-one").exists()
    assert "Removed one" not in (tmp_path / "search" / "pages.js").read_text()


def test_the_command_counts_and_refuses_in_words(tmp_path, capsys):
    a_guide()
    call_command("export_site", str(tmp_path / "copy"), "--json")
    assert json.loads(capsys.readouterr().out)["new"] > 10
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="Choose a folder"):
        call_command("export_site", str(tmp_path / "file"))
