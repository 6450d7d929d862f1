"""README → knowledge base → README, on the real lists and on a small one made by hand."""

import subprocess
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.credits import house_account
from accounts.models import User
from resources.content_files.loading import load_folder
from resources.entries.content import read_content
from resources.entries.models import Placement, Resource, Section
from resources.history.models import Revision
from resources.publishing import publish, remove
from resources.readme.exporting import export_classic, export_csv, export_faithful, export_json
from resources.readme.importing import import_outline
from resources.readme.parsing import parse_bytes
from resources.readme.replaying import BadRepository, read_commits, replay
from resources.readme.report import Report
from tests.conftest import need
from tests.makers import a_person, a_resource
from tests.readme.awesome_lint import REMEDY, complaints, find_awesome_lint
from tests.readme.keeping import holdings
from tests.readme.samples import ALL

pytestmark = pytest.mark.django_db

STARTER = Path(__file__).resolve().parents[2] / "resources" / "starter"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = [*sorted((SHARED / "lists").glob("*.md")), *[SHARED / "awesome-ray" / "README.md"]]
FILES = {path.name: path for path in REAL if path.exists()}

SMALL = """\
# Awesome Ray

Things around Ray.

## Contents

- [Tools](#tools)
- [Talks](#talks)

## Tools

Tools that people use.

- [One](https://one.example) - The first.
- [Two](https://two.example) - The second.
- [Three](https://three.example) - The third.

Between the lists.

- [Four](https://four.example) - The fourth.

## Talks

- [Five](https://five.example) - The fifth.
"""


def take(text: str | bytes, **more) -> Report:
    data = text.encode() if isinstance(text, str) else text
    return import_outline(parse_bytes(data, "README.md"), author=more.pop("author", None) or house_account(), **more)


LISTS = [pytest.param(name, marks=pytest.mark.lists) for name in FILES]


def same(one: str, other: str) -> bool:
    """Whether two texts are equal; where they are not, the first line that differs is shown, not a page of marks."""
    pairs = zip(one.split("\n"), other.split("\n"), strict=False)
    for number, (mine, theirs) in enumerate(pairs, 1):
        assert mine == theirs, f"line {number}"
    return one == other


@pytest.fixture(params=[*ALL, "small", *LISTS])
def source(request) -> bytes:
    by_hand = ALL | {"small": SMALL}
    name = request.param
    return by_hand[name].encode() if name in by_hand else FILES[name].read_bytes()


def test_nothing_is_lost_and_the_second_import_changes_nothing(source):
    before = transaction.savepoint_create()
    take(source)
    assert same(export_faithful(), source.decode())
    classic = export_classic()
    assert holdings(source.decode("utf-8-sig")).lost(holdings(classic)) == {}
    count = Revision.objects.count()
    assert take(source).nothing_changed
    assert Revision.objects.count() == count
    assert same(export_faithful(), source.decode())

    # The clean form is a fixpoint: a site that is made from it writes it again.
    transaction.savepoint_rollback(before)
    take(classic)
    assert same(export_classic(), classic)
    assert take(classic).nothing_changed


def changed_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    olds, news = old.splitlines(), new.splitlines()
    return [line for line in olds if line not in news], [line for line in news if line not in olds]


@pytest.mark.parametrize("export", [export_classic, export_faithful])
def test_one_edit_changes_the_lines_of_one_entry(export):
    take(SMALL)
    before = export()
    resource = Resource.objects.get(slug="two")
    publish(read_content(resource) | {"summary": "Quite another one."}, entry=resource, author=a_person())
    gone, came = changed_lines(before, export())
    assert gone == ["- [Two](https://two.example) - The second."]
    assert came == ["- [Two](https://two.example) - Quite another one."]


@pytest.mark.lists
@pytest.mark.parametrize("name", ["rust-unofficial__awesome-rust.md", "krispo__awesome-haskell.md", "README.md"])
def test_one_edit_of_a_real_list_changes_one_line_and_one_addition_adds_one(name):
    if name not in FILES:
        pytest.skip("the real lists are not beside the project")
    take(FILES[name].read_bytes())
    before = export_faithful()
    seat = Placement.objects.filter(lead="", label="").order_by("pk")[5]
    content = read_content(seat.resource) | {"summary": "Words that nobody has written before."}
    publish(content, entry=seat.resource, author=a_person())
    gone, came = changed_lines(before, export_faithful())
    assert len(gone) == len(came) == 1
    assert "Words that nobody has written before" in came[0]
    after = export_faithful()
    a_resource("Something New", sections=(seat.section,), summary="Fresh.", url="https://new.example/")
    gone, came = changed_lines(after, export_faithful())
    assert gone == []
    assert len(came) == 1


def test_an_import_makes_an_empty_site_that_list():
    report = take(SMALL)
    root = Section.objects.get(parent=None)
    assert (root.title, root.introduction) == ("Awesome Ray", "Things around Ray.")
    assert [section.title for section in root.children.order_by("position")] == ["Tools", "Talks"]
    tools = Section.objects.get(slug="tools")
    assert [seat.resource.title for seat in tools.placements.all()] == ["One", "Two", "Three", "Four"]
    assert [row["text"] for row in tools.passages] == ["Between the lists."]
    assert len(report.added) == 8


def test_a_dry_run_says_everything_and_writes_nothing():
    report = take(SMALL, dry_run=True)
    assert len(report.added) == 8
    assert not Section.objects.exists()
    assert not Revision.objects.exists()


def test_a_newer_file_changes_what_it_changed_and_keeps_what_the_site_changed():
    take(SMALL)
    two = Resource.objects.get(slug="two")
    publish(read_content(two) | {"summary": "Edited on the site."}, entry=two, author=a_person())
    report = take(SMALL.replace("The first.", "The very first."))
    assert Resource.objects.get(slug="one").summary == "The very first."
    assert Resource.objects.get(slug="two").summary == "Edited on the site."
    assert report.changed == ["One"]
    assert report.at_odds == []


def test_where_both_changed_one_field_the_site_stays_and_the_report_says_so():
    take(SMALL)
    two = Resource.objects.get(slug="two")
    publish(read_content(two) | {"summary": "Edited on the site."}, entry=two, author=a_person())
    report = take(SMALL.replace("The second.", "Edited in the file."))
    assert report.at_odds == ["Two: summary"]
    assert Resource.objects.get(slug="two").summary == "Edited on the site."
    assert take(SMALL.replace("The second.", "Edited in the file.")).nothing_changed


def test_prose_that_both_changed_merges_by_lines():
    text = SMALL.replace("Tools that people use.", "First line.\n\nSecond line.\n\nThird line.")
    take(text)
    tools = Section.objects.get(slug="tools")
    edited = tools.introduction.replace("First line.", "First line, by the site.")
    publish(read_content(tools) | {"introduction": edited}, entry=tools, author=a_person())
    take(text.replace("Third line.", "Third line, by the file."))
    tools.refresh_from_db()
    assert tools.introduction == "First line, by the site.\n\nSecond line.\n\nThird line, by the file."


def test_a_moved_item_a_renamed_heading_and_a_mended_address_keep_their_history():
    take(SMALL)
    ids = dict(Resource.objects.values_list("title", "pk"))
    sections = dict(Section.objects.values_list("title", "pk"))
    line = "- [One](https://one.example) - The first.\n"
    newer = SMALL.replace(line, "").replace("## Talks\n\n", f"## Talks\n\n{line}")
    newer = newer.replace("## Tools", "## Utilities").replace("https://two.example", "https://two.example/new-home")
    report = take(newer)
    assert dict(Resource.objects.values_list("title", "pk")) == ids
    assert Section.objects.get(title="Utilities").pk == sections["Tools"]
    assert [seat.section.title for seat in Placement.objects.filter(resource__title="One")] == ["Talks"]
    assert report.moved == ["One"]
    assert report.added == []
    assert export_faithful() == newer


def test_a_heading_that_the_site_renamed_is_known_when_the_file_comes_again():
    text = SMALL + "\n## About\n\nOnly prose.\n"
    take(text)
    about = Section.objects.get(title="About")
    publish(read_content(about) | {"title": "Who We Are"}, entry=about, author=a_person())
    assert take(text).nothing_changed
    assert Section.objects.filter(title="About").count() == 0


def test_a_summary_that_the_site_gave_stays_in_the_faithful_form_when_the_file_comes_again():
    text = SMALL.replace(" - The second.", "")
    take(text)
    two = Resource.objects.get(slug="two")
    publish(read_content(two) | {"summary": "Said on the site."}, entry=two, author=a_person())
    assert take(text).nothing_changed
    assert "- [Two](https://two.example) - Said on the site." in export_faithful()


def test_a_heading_and_a_title_that_are_too_long_for_a_page_are_whole_in_the_exports():
    text = SMALL.replace("## Talks", "## " + "Long " * 80 + "end").replace("[Five]", "[" + "Name " * 80 + "end]")
    take(text)
    assert same(export_faithful(), text)
    assert "Long " * 80 + "end" in export_classic()
    assert "Name " * 80 + "end" in export_classic()
    assert take(text).nothing_changed


def test_what_the_file_lacks_stays_and_is_named():
    take(SMALL)
    report = take(SMALL.replace("- [Two](https://two.example) - The second.\n", ""))
    assert Resource.objects.live().count() == 5
    assert report.kept == ["Two"]


def test_what_was_removed_from_the_site_does_not_come_back():
    take(SMALL)
    remove(Resource.objects.get(slug="two"), author=a_person(), reason="Spam")
    report = take(SMALL)
    assert report.kept_removed == ["Two"]
    assert report.nothing_changed
    assert "two.example" not in export_classic()


def test_another_list_merges_by_address_and_heading_and_leaves_the_preamble():
    take(SMALL)
    other = (
        "# Awesome Other\n\nAnother preamble.\n\n## Tools\n\n- [Two](http://www.two.example/) - The second.\n"
        "- [Six](https://six.example) - The sixth.\n\n## Papers\n\n- [Two](https://two.example) - Twice.\n"
    )
    take(other)
    root = Section.objects.get(parent=None)
    assert (root.title, root.introduction) == ("Awesome Ray", "Things around Ray.")
    assert Resource.objects.filter(title="Two").count() == 1
    assert {seat.section.title for seat in Placement.objects.filter(resource__title="Two")} == {"Tools", "Papers"}
    assert [section.title for section in root.children.order_by("position")] == ["Tools", "Papers", "Talks"]
    assert "six.example" in export_classic()
    assert take(other).nothing_changed


def test_one_address_in_two_sections_is_one_resource_with_two_seats_and_both_wordings():
    twice = SMALL.replace("- [Five]", "- [Two, the talk](https://two.example) - Told by its author.\n- [Five]")
    take(twice)
    resource = Resource.objects.get(address__contains="two.example")
    assert [seat.section.title for seat in resource.placements.order_by("pk")] == ["Tools", "Talks"]
    assert export_faithful() == twice
    assert "- [Two, the talk](https://two.example) - Told by its author." in export_classic()


def test_the_export_of_a_new_site_has_nothing_that_awesome_lint_complains_about(tmp_path):
    program = find_awesome_lint()
    need(program is not None, REMEDY)
    assert program is not None
    load_folder(STARTER, author=house_account(), summary="")
    assert complaints(program, export_classic(), tmp_path) == []


def test_every_version_in_a_row_only_adds(versions):
    known: set[str] = set()
    for version in versions:
        report = take(version.read_bytes())
        addresses = set(Resource.objects.live().values_list("address", flat=True))
        assert known <= addresses
        assert report.removed == []
        assert report.at_odds == []
        known = addresses
    assert Resource.objects.count() == len(known)
    assert same(export_faithful(), versions[-1].read_text())


def test_the_bundle_is_replayed_with_authors_dates_and_messages():
    bundle = SHARED / "awesome-ray" / "awesome-ray.bundle"
    if not bundle.exists():
        pytest.skip("the awesome-ray list is not beside the project")
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


def test_the_export_as_data():
    take(SMALL)
    resource = Resource.objects.get(slug="one")
    publish(read_content(resource) | {"summary": "=1+1"}, entry=resource, author=a_person())
    rows = export_csv().splitlines()
    assert rows[1].startswith("Tools,One,https://one.example,'=1+1,")
    assert '"title": "Awesome Ray"' in export_json()


def test_an_author_without_a_usable_email_gets_an_account_of_their_own():
    take(SMALL)
    assert User.objects.get(name="rayhub").is_active is False
