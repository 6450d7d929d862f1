"""A README in a real git repository and the site, kept in step both ways."""

import json
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.moderation.deciding import accept, reject
from resources.proposals.models import Proposal
from resources.publishing import publish, remove
from resources.readme.exporting import export_classic
from resources.readme.models import ReadmeSync
from resources.readme.syncing import sync_readme
from tests.makers import a_person, a_resource
from tests.readme.cast import SMALL, take

pytestmark = pytest.mark.django_db

ADA = "Ada Lovelace <ada@commits.example>"
MING = "王小明 <ming@commits.example>"


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, text: str, author: str = ADA, message: str = "A change") -> None:
    (folder / "README.md").write_text(text)
    git(folder, "add", "README.md")
    git(folder, "commit", "-q", "-m", message, "--author", author)


def readme(folder: Path) -> str:
    return (folder / "README.md").read_text()


def change(folder: Path, old: str, new: str, author: str = ADA) -> None:
    text = readme(folder)
    assert old in text
    commit(folder, text.replace(old, new), author, f"{old[:20]} is better so")


def edit(title: str, *, author: User | None = None, **fields) -> None:
    resource = Resource.objects.get(title=title)
    publish(read_content(resource) | fields, entry=resource, author=author or a_person("editor", role="editor"))


@pytest.fixture
def mo() -> User:
    return a_person("mo", role="moderator")


@pytest.fixture
def repository(tmp_path) -> Path:
    """A working copy whose README the site was imported from, in step."""
    folder = tmp_path / "list"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "LICENSE").write_text("Free.\n")
    git(folder, "add", "LICENSE")
    commit(folder, SMALL, message="The list")
    take(SMALL)
    assert sync_readme(folder).proposals == []
    return folder


def test_in_step_nothing_is_done_twice(repository):
    assert readme(repository) == export_classic()
    head = git(repository, "rev-parse", "HEAD")
    report = sync_readme(repository)
    assert report.nothing_changed
    assert git(repository, "rev-parse", "HEAD") == head
    assert not Proposal.objects.exists()


def test_a_commit_there_is_a_proposal_here_in_the_name_of_who_wrote_it(repository, mo):
    change(repository, "- [Two](https://two.example) - The second.", "- [Two](https://two.example) - The best.")
    change(repository, "## Talks\n\n", "## Talks\n\n- [Six](https://six.example) - The sixth.\n", MING)
    report = sync_readme(repository)
    assert report.commits == 2
    two, six = Proposal.objects.order_by("title").reverse()
    assert (two.title, two.act, str(two.author), two.content["summary"]) == ("Two", "edit", "Ada Lovelace", "The best.")
    assert (six.title, six.act, str(six.author)) == ("Six", "create", "王小明")
    assert "is better so" in two.summary
    assert Resource.objects.get(title="Two").summary == "The second."
    assert sync_readme(repository).nothing_changed
    for proposal in (two, six):
        accept(proposal, moderator=mo, version=proposal.version)
    assert sync_readme(repository).nothing_changed
    assert readme(repository) == export_classic()


def test_what_waits_here_is_not_taken_back_there_until_somebody_decided(repository, mo):
    change(repository, "The second.", "The best.")
    edit("One", summary="The very first.")
    sync_readme(repository)
    assert "The best." in readme(repository)
    assert "The very first." in readme(repository)
    reject(Proposal.objects.get(), moderator=mo, version=1, reason="Says nothing.")
    report = sync_readme(repository)
    assert "The second." in readme(repository)
    assert "Not accepted: Two (Says nothing.)" in report.message
    assert sync_readme(repository).nothing_changed


def test_what_changed_here_is_committed_there_with_its_contributors(repository):
    edit("One", author=a_person("grace", role="editor", display_name="Grace Hopper"), summary="The very first.")
    section = Resource.objects.get(title="One").placements.get().section
    a_resource("Seven", author=a_person("lin", role="editor"), sections=(section,))
    remove(Resource.objects.get(title="Three"), author=a_person("lin"), reason="It is gone.")
    report = sync_readme(repository)
    message = git(repository, "log", "-1", "--format=%B")
    assert message.splitlines()[0] == "Update the list: 1 added, 1 changed, 1 removed"
    assert "- Change One" in message
    assert "- Add Seven" in message
    assert "- Remove Three" in message
    assert "Co-authored-by: Grace Hopper <grace@users.noreply." in message
    assert "@example.org" not in message
    assert git(repository, "log", "-1", "--format=%an") == "RayHub"
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "show", "--stat", "--format=", "HEAD").splitlines()[-1].startswith(" 1 file changed")
    assert report.commit == git(repository, "rev-parse", "HEAD")
    assert readme(repository) == export_classic()


def test_both_ways_at_once_merge_where_they_do_not_meet(repository, mo):
    change(repository, "[Two](https://two.example)", "[Two Point Oh](https://two.example)")
    edit("Two", summary="The second, with more.")
    sync_readme(repository)
    proposal = Proposal.objects.get()
    assert (proposal.standing, proposal.content["summary"]) == ("applies", "The second, with more.")
    assert "[Two Point Oh](https://two.example) - The second, with more." in readme(repository)
    accept(proposal, moderator=mo, version=1)
    assert sync_readme(repository).nothing_changed


def test_a_contradiction_waits_for_a_person_and_stops_nothing(repository):
    change(repository, "The second.", "The best of all.")
    change(repository, "The fifth.", "The fifth and last.")
    edit("Two", summary="The second of five.")
    report = sync_readme(repository)
    standing = dict(Proposal.objects.values_list("title", "standing"))
    assert standing == {"Two": "needs_you", "Five": "applies"}
    assert Proposal.objects.get(title="Two").content["summary"] == "The best of all."
    assert "The second of five." in readme(repository)
    assert "The fifth and last." in readme(repository)
    assert any("a person decides" in line for line in report.lines(dry_run=False))
    assert sync_readme(repository).nothing_changed


def test_a_line_taken_out_there_is_asked_for_and_so_is_a_move(repository):
    text = readme(repository).replace("- [Three](https://three.example) - The third.\n", "")
    four = "- [Four](https://four.example) - The fourth.\n"
    commit(repository, text.replace(four, "").replace("- [Five]", f"{four}- [Five]"))
    sync_readme(repository)
    asked = {one.title: one for one in Proposal.objects.all()}
    assert asked["Three"].act == "remove"
    talks = asked["Four"].content["placements"]
    assert [row["section"] for row in talks] == [Resource.objects.get(title="Five").placements.get().section_id]
    assert "Three" not in readme(repository)


def test_a_merge_is_credited_to_who_wrote_what_it_brought_in(repository):
    git(repository, "switch", "-q", "-c", "theirs")
    change(repository, "The second.", "The best.", MING)
    git(repository, "switch", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge theirs", "theirs")
    sync_readme(repository)
    assert str(Proposal.objects.get().author) == "王小明"


def test_a_bare_repository_is_committed_to_and_a_bundle_only_read(repository, tmp_path):
    bare, bundle = tmp_path / "bare.git", tmp_path / "list.bundle"
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(bare))
    edit("One", summary="The very first.")
    git(repository, "bundle", "create", "-q", str(bundle), "--all")
    report = sync_readme(bundle)
    assert "bundle" in report.not_committed
    sync_readme(bare)
    assert "The very first." in git(bare, "show", "main:README.md")


def test_changes_that_nobody_committed_are_never_overwritten(repository):
    change(repository, "The second.", "The best.")
    (repository / "README.md").write_text("My own draft.\n")
    edit("One", summary="The very first.")
    report = sync_readme(repository)
    assert "not committed" in report.not_committed
    assert readme(repository) == "My own draft.\n"
    assert Proposal.objects.count() == 1
    git(repository, "checkout", "-q", "README.md")
    sync_readme(repository)
    assert "The very first." in readme(repository)
    assert Proposal.objects.count() == 1


def test_a_run_that_ended_before_it_wrote_down_its_commit_goes_on_from_there(repository):
    edit("One", summary="The very first.")
    before = ReadmeSync.objects.get()
    sync_readme(repository)
    ReadmeSync.objects.filter(pk=before.pk).update(commit=before.commit, readme=before.readme, revision=before.revision)
    assert sync_readme(repository).nothing_changed
    ReadmeSync.objects.all().delete()
    assert sync_readme(repository).nothing_changed


def test_a_history_written_anew_is_compared_as_one_change(repository):
    change(repository, "The second.", "The best.")
    git(repository, "checkout", "-q", "--orphan", "fresh")
    git(repository, "commit", "-q", "-m", "All anew", "--author", MING)
    git(repository, "branch", "-q", "-M", "main")
    ReadmeSync.objects.update(repository=git(repository, "rev-parse", "HEAD"))
    sync_readme(repository)
    assert (Proposal.objects.get().title, str(Proposal.objects.get().author)) == ("Two", "王小明")


def test_a_commit_that_is_no_list_is_named_and_passed_over(repository):
    good = readme(repository)
    commit(repository, "\x00\x01")
    commit(repository, good.replace("The second.", "The best."))
    report = sync_readme(repository)
    assert [one["title"] for one in report.proposals] == ["Two"]


def test_a_dry_run_writes_nothing_and_the_command_tells(repository, capsys):
    change(repository, "The second.", "The best.")
    edit("One", summary="The very first.")
    head, users = git(repository, "rev-parse", "HEAD"), User.objects.count()
    call_command("sync_readme", str(repository), "--dry-run")
    said = capsys.readouterr().out
    assert "1 commit read: 1 proposal would be made." in said
    assert "Would commit: Update the list: 1 changed" in said
    assert not Proposal.objects.exists()
    assert git(repository, "rev-parse", "HEAD") == head
    assert User.objects.count() == users
    call_command("sync_readme", str(repository), "--json")
    data = json.loads(capsys.readouterr().out)
    assert [one["title"] for one in data["proposals"]] == ["Two"]
    assert data["commit"] == git(repository, "rev-parse", "HEAD")


def test_what_is_no_repository_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="no git repository"):
        call_command("sync_readme", str(tmp_path))
    with pytest.raises(CommandError, match="no git repository"):
        call_command("sync_readme", str(tmp_path / "nothing"))
