"""manage.py import_readme, export_readme, load_content, prepare_site."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.models import User
from resources.entries.models import Entry, Resource
from resources.history.models import Revision
from tests.readme.cast import SMALL

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).resolve().parents[2] / "resources" / "starter"


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def readme(tmp_path) -> Path:
    path = tmp_path / "README.md"
    path.write_text(SMALL)
    return path


def test_import_says_what_it_did_and_the_second_time_that_there_was_nothing(readme):
    assert "8 revisions written." in run("import_readme", str(readme))
    assert "Nothing to change" in run("import_readme", str(readme))


def test_a_dry_run_plans_in_lines_and_in_json(readme):
    assert "8 revisions would be written." in run("import_readme", "--dry-run", str(readme))
    plan = json.loads(run("import_readme", "--dry-run", "--json", str(readme)))
    assert len(plan["added"]) == 8
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("binary.md", b"# A\n\0\0", "not a text file"),
        ("latin.md", "# Café\n\n- [é](https://e.org)\n".encode("latin-1"), "UTF-8"),
        ("prose.md", b"Just a paragraph.\n", "not a list"),
        ("large.md", b"# A\n" + b"- [x](https://e.org)\n" * 20_000, "larger than"),
        ("empty.md", b"", "not a list"),
    ],
)
def test_a_broken_file_gets_one_clear_line_and_nothing_is_written(tmp_path, name, data, words):
    path = tmp_path / name
    path.write_bytes(data)
    with override_settings(README_LIMIT=100_000), pytest.raises(CommandError, match=words) as caught:
        run("import_readme", str(path))
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)
    assert not Revision.objects.exists()


def test_a_path_that_is_not_there_and_a_folder_without_a_repository(tmp_path):
    for path in (tmp_path / "missing.md", tmp_path):
        with pytest.raises(CommandError, match="Name") as caught:
            run("import_readme", str(path))
        assert caught.value.returncode == 2


def test_export_writes_checks_and_names_the_difference(readme, tmp_path):
    run("import_readme", str(readme))
    target = tmp_path / "out.md"
    run("export_readme", "--output", str(target))
    assert target.read_text() == run("export_readme")
    run("export_readme", "--check", "--output", str(target))
    target.write_text(target.read_text() + "one line too many\n")
    with pytest.raises(SystemExit) as caught:
        run("export_readme", "--check", "--output", str(target))
    assert caught.value.code == 1
    assert run("export_readme", "--style", "faithful") == SMALL
    assert json.loads(run("export_readme", "--format", "json"))["title"] == "Awesome Ray"


def test_export_of_an_empty_site_and_into_a_place_that_is_not_there(readme, tmp_path):
    with pytest.raises(CommandError, match="import_readme"):
        run("export_readme")
    run("import_readme", str(readme))
    with pytest.raises(CommandError, match="can be written") as caught:
        run("export_readme", "--output", str(tmp_path / "no" / "README.md"))
    assert caught.value.returncode == 2


def test_a_failed_replacement_leaves_the_file_and_no_scrap(readme, tmp_path):
    run("import_readme", str(readme))
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError):
        run("export_readme", "--output", str(tmp_path / "folder"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "folder"]


def test_content_files_load_once_and_a_bad_one_is_named(tmp_path):
    assert "revisions written" in run("load_content", str(STARTER))
    assert run("load_content", str(STARTER)) == "Nothing to change.\n"
    count = Revision.objects.count()
    (tmp_path / "resources").mkdir()
    bad = "---\ntitle: X\nslug: x\nurl: https://x.example\nkind: spell\n---\n"
    (tmp_path / "resources" / "x.md").write_text(bad)
    with pytest.raises(CommandError, match="kind"):
        run("load_content", str(tmp_path))
    (tmp_path / "resources" / "x.md").write_text("---\ntitle: [\n---\n")
    with pytest.raises(CommandError, match=r"x\.md, line"):
        run("load_content", str(tmp_path))
    assert Revision.objects.count() == count


def test_the_starter_fills_every_section_that_the_list_lacks():
    run("load_content", str(STARTER))
    wanted = ["Security", "Migration", "Kubernetes", "Cloud", "MLflow", "LLM", "Java", "Production", "Alternatives"]
    for word in wanted:
        assert Resource.objects.filter(placements__section__title__contains=word).count() >= 3, word
    assert not Resource.objects.filter(summary="").exists()


def test_prepare_site_makes_one_administrator_and_prints_the_password_once(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    first = run("prepare_site")
    assert "password" in first
    admin = User.objects.get(name="admin")
    assert admin.check_password(first.partition("password")[2].split()[0])
    assert run("prepare_site") == ""
    assert User.objects.filter(is_superuser=True).count() == 1
