"""The history of a list, replayed commit by commit."""

import subprocess
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.credits import house_account
from accounts.models import User
from resources.content_files.loading import load_folder
from resources.entries.models import Resource, Section
from resources.history.models import Revision
from resources.readme.exporting import export_classic, export_faithful
from resources.readme.git import BadRepository
from resources.readme.replaying import read_commits, replay
from tests.conftest import AWESOME_RAY_REMEDY
from tests.makers import a_person
from tests.readme.cast import SHARED, SMALL, STARTER, same, take
from tests.readme.keeping import holdings

pytestmark = pytest.mark.django_db


def test_the_bundle_is_replayed_with_authors_dates_and_messages():
    bundle = SHARED / "awesome-ray" / "awesome-ray.bundle"
    if not bundle.exists():
        pytest.skip(AWESOME_RAY_REMEDY)
    commits = read_commits(bundle)
    report = replay(commits)
    assert report.commits == len(commits) == 36
    by_date = {commit.date: commit for commit in commits}
    for revision in Revision.objects.select_related("author"):
        commit = by_date[revision.created_at]
        assert (str(revision.author), revision.author.email) == (commit.author, commit.email)
        assert revision.summary == commit.message
        assert not revision.author.is_active
    assert same(export_faithful(), commits[-1].readme.decode())
    assert replay(commits).nothing_changed


@pytest.fixture
def repository(tmp_path) -> Path:
    """A repository of three commits by two people: a list, an edit that takes an item out, a heading renamed."""
    texts = [SMALL, SMALL.replace("- [Two](https://two.example) - The second.\n", ""), ""]
    texts[2] = texts[1].replace("## Talks", "## Lectures")
    git(tmp_path, "init", "-q", "-b", "main")
    for count, text in enumerate(texts):
        (tmp_path / "README.md").write_text(text)
        git(tmp_path, "add", "README.md")
        author = ["Ada Lovelace <ada@example.org>", "王小明 <ming@example.org>"][count % 2]
        date = f"2024-01-0{count + 1}T10:00:00+08:00"
        git(tmp_path, "commit", "-q", "-m", f"Commit {count}", "--author", author, "--date", date)
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_replay_takes_out_what_a_commit_took_out(repository):
    report = replay(read_commits(repository))
    assert report.removed == ["Two"]
    two = Resource.objects.get(title="Two")
    assert not two.live
    assert two.revisions.get(number=2).author.display_name == "王小明"
    assert Section.objects.get(title="Lectures").revisions.count() == 2
    assert export_faithful() == (repository / "README.md").read_text()


def test_a_replay_over_its_newest_file_ends_where_it_was(versions):
    bundle = SHARED / "awesome-ray" / "awesome-ray.bundle"
    take(versions[-1].read_bytes())
    before = export_faithful()
    replay(read_commits(bundle))
    assert same(export_faithful(), before)
    assert take(versions[-1].read_bytes()).nothing_changed


def test_a_replay_over_the_starter_content_loses_no_seat(versions):
    load_folder(STARTER, author=house_account(), summary="")
    take(versions[-1].read_bytes())
    listed = export_classic()
    replay(read_commits(SHARED / "awesome-ray" / "awesome-ray.bundle"))
    assert not Resource.objects.live().filter(placements=None).exists()
    assert not Resource.objects.filter(changed_at__lt=F("created_at")).exists()
    assert holdings(listed).lost(holdings(export_classic())) == {}


def test_a_commit_cannot_speak_for_an_account_that_somebody_signs_in_to(repository):
    ada = a_person("ada")
    admin = User.objects.create_superuser("admin", "admin@localhost.invalid", "secret horse")
    (repository / "README.md").write_text(SMALL + "- [Six](https://six.example) - New.\n")
    git(repository, "commit", "-q", "-am", "x\x1e\x07y", "--author", "admin <admin@localhost.invalid>")
    replay(read_commits(repository))
    for person in (ada, admin):
        assert not person.revisions.exists()
    revision = Revision.objects.get(entry__title="Six")
    assert revision.author.is_credited_only
    assert "\x07" not in revision.summary


def test_a_commit_without_a_date_and_one_from_the_future_are_taken(repository):
    for count, date in enumerate(("1700000000 +9959", "4102444800 +0000")):
        (repository / "README.md").write_text(SMALL + f"- [N{count}](https://n{count}.example) - New.\n")
        git(repository, "commit", "-q", "-am", "odd", "--date", date)
    report = replay(read_commits(repository))
    assert report.commits == 5
    assert Revision.objects.filter(created_at__gt=timezone.now()).count() == 0


def test_a_repository_without_a_readable_list_is_refused(repository):
    git(repository, "rm", "-q", "README.md")
    (repository / "README.md").write_bytes(b"\0" * 10)
    git(repository, "add", "README.md")
    git(repository, "commit", "-q", "--amend", "-m", "binary")
    for text in ("Only prose.",):
        (repository / "README.md").write_text(text)
    with pytest.raises(BadRepository, match="list"):
        replay(read_commits(repository)[-1:])
    assert not Revision.objects.exists()


def test_a_replay_goes_on_where_it_stopped(repository):
    replay(read_commits(repository))
    (repository / "README.md").write_text(
        (repository / "README.md").read_text() + "- [Six](https://six.example) - New.\n"
    )
    git(repository, "commit", "-q", "-am", "Six")
    report = replay(read_commits(repository))
    assert (report.commits, report.added) == (1, ["Six"])
