"""load_content refuses bad files: each is named with line and reason, all at once, and nothing is written."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from resources.content_files.form import BadFile
from resources.entries.models import Entry
from resources.history.models import Revision
from tests.makers import a_guide, a_resource, a_section

pytestmark = pytest.mark.django_db

GOOD = "---\ntitle: Good\nslug: good\n---\nText.\n"


def guide(*lines: str, body: str = "") -> str:
    return "\n".join(["---", "title: T", "slug: t", *lines, "---", body])


def refused(folder: Path, **files: str | bytes) -> str:
    """What load_content says about these guides, having written nothing."""
    (folder / "wiki").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "wiki" / f"{name}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    before = Revision.objects.count()
    with pytest.raises(CommandError) as error:
        call_command("load_content", str(folder), stderr=StringIO())
    assert error.value.returncode == 2
    assert Revision.objects.count() == before
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Just text.", "wiki/x.md, line 1: begin with a line of three hyphens"),
        ("---\ntitle: T\n", "wiki/x.md: end the fields with a line of three hyphens"),
        ("---\ntitle: [\n---\n", "wiki/x.md, line 3: this is no YAML"),
        ("---\n- a\n---\n", "wiki/x.md, line 2: write the fields as"),
        ("---\n---\n", "wiki/x.md"),
        ("---\nslug: t\n---\n", "there is no title"),
        (guide("colour: red"), "line 4: colour: no such field of a guide"),
        (guide("tags: red"), "line 4: tags: write a list here"),
        (guide("summary: [a, b]"), "line 4: summary: write one text here, not a list"),
        (guide("rank: first"), "line 4: rank: write a whole number here"),
        (guide("rank: 99999999999"), "line 4: rank: write 32,767 at most"),
        (guide("parent: nobody"), "line 4: there is no guide with the slug “nobody”"),
        (guide("parent: t"), "line 4: parent: it stands under itself"),
        (guide("title: again"), "line 4: “title” stands here twice"),
        (guide("summary: &a x", "tags: [*a]"), "line 4: anchors and aliases"),
        (guide("tags: [*a]"), "line 4: "),
        (guide("summary: !!python/object:os.system x"), "line 4: tags (!) are not read"),
        (guide("summary: !x y"), "line 4: tags (!) are not read"),
        (guide("summary: {a: b}"), "line 4: summary: write one text here"),
        (guide("tags: " + "[" * 50 + "]" * 50), "line 4: too many lists in one another"),
        (guide('summary: "a\\0b"'), "line 4: there is a character that no text can keep"),
        (guide('summary: "\\ud800"'), "line 4: "),
        (guide("? [a]\n: b"), "line 4: the name of a field is a word"),
        (guide("...", "a: b"), "wiki/x.md, line"),
        (guide("id: a b"), "line 4: id: write a name without spaces"),
        (guide("aliases: [a/b]"), "line 4: aliases: write addresses"),
        (guide("tags: ['!!!']"), "line 4: tags: "),
        (guide(f"tags: [{'x' * 101}]"), "a tag has 100 characters at most"),
        (guide(f"tags: [{'\ufdfa' * 20}]"), "a tag has 100 characters at most"),
        (guide(body="a\0b"), "there is a zero byte"),
        ("---\ntitle: T\nslug: a/b\n---\n", "line 3: slug: "),
        ("---\ntitle: T\nslug: new\n---\n", "line 3: slug: “new” is a page of this site"),
        (f"---\ntitle: {'x' * 301}\nslug: t\n---\n", "line 2: title: "),
        (guide("summary: x").encode() + b"\xff", "line 6: byte 36 of the file is no UTF-8"),
        (guide(body="x" * 300_000), "wiki/x.md: This text is"),
    ],
)
def test_each_trouble_is_named_with_its_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    assert words in refused(tmp_path, x=text, good=GOOD)


def test_all_bad_files_are_named_at_once(tmp_path: Path) -> None:
    words = refused(tmp_path, a=guide("x: y", "rank: z"), b="Text.", good=GOOD)
    assert words.splitlines() == [
        "wiki/a.md, line 5: rank: write a whole number here.",
        "wiki/a.md, line 4: x: no such field of a guide.",
        "wiki/b.md, line 1: begin with a line of three hyphens, then the fields.",
        "Nothing was written.",
    ]


def test_many_troubles_are_counted(tmp_path: Path) -> None:
    words = refused(tmp_path, **{f"n{number}": "Text." for number in range(50)})
    assert "… and 30 more." in words
    assert len(words.splitlines()) == 22


def test_rows_are_checked_column_by_column(tmp_path: Path) -> None:
    (tmp_path / "case-studies").mkdir()
    claims = [
        "- key: c1",
        "  statement: A.",
        "  state: perhaps",
        "- statement: No key.",
        "- word",
        "- key: c2",
        "  statement: B.",
        "  colour: red",
        "  checked_by: ada",
        "- key: c3",
        "  statement: C.",
        "  checked_by: ada",
        "  checked_on: yesterday",
    ]
    head = ["title: T", "slug: t", "organisation: O", "use_case: U", "industry: spells", "since: soon", "claims:"]
    (tmp_path / "case-studies" / "t.md").write_text("\n".join(["---", *head, *claims, "---", ""]))
    words = refused(tmp_path)
    for one in (
        "line 6: industry: ",
        "line 7: since: write a whole number",
        "line 11: claims: state: ",
        "line 12: claims: there is no key",
        "line 13: claims: write each as a record with its key",
        "line 16: claims: colour: there is no such column",
        "line 17: claims: give checked_by and checked_on together",
        "line 21: claims: checked_on: write the day as",
    ):
        assert f"case-studies/t.md, {one}" in words


def test_what_only_one_entry_can_have(tmp_path: Path) -> None:
    a_resource("Held", url="https://held.example/")
    a_section("Data")
    (tmp_path / "resources").mkdir()
    for name, url in (("a", "https://x.example/"), ("b", "http://www.x.example"), ("c", "https://held.example")):
        text = f"---\nid: same\ntitle: {name}\nslug: s\nurl: {url}\nsections: [{{section: nowhere}}]\n---\n"
        (tmp_path / "resources" / f"{name}.md").write_text(text)
    words = refused(tmp_path)
    assert "resources/b.md, line 2: id: “same” is in resources/a.md already" in words
    assert "resources/b.md, line 4: slug: “s” is in resources/a.md already" in words
    assert "resources/b.md, line 5: url: “https://x.example” is in resources/a.md already" in words
    for name in "ab":
        (tmp_path / "resources" / f"{name}.md").unlink()
    words = refused(tmp_path)
    assert "resources/c.md, line 5: url: this link is already listed as “Held”" in words
    assert "resources/c.md, line 6: there is no section with the slug “nowhere”" in words


def test_an_id_of_another_kind_and_an_address_in_use(tmp_path: Path) -> None:
    a_section("Data")
    a_guide("One")
    a_guide("Two")
    assert "“section-data” is a section" in refused(tmp_path, x=guide("id: section-data"))
    words = refused(tmp_path, x="---\nid: wikipage-one\ntitle: T\nslug: two\n---\n")
    assert "line 4: slug: another page has the address “two” already" in words


def test_a_ring_is_named(tmp_path: Path) -> None:
    files = {one: f"---\ntitle: {one}\nslug: {one}\nparent: {up}\n---\n" for one, up in ("ab", "bc", "cb")}
    words = refused(tmp_path, **files)
    assert "wiki/a.md" not in words
    assert "it stands under itself" in words


@pytest.mark.parametrize("name", ["none", "empty", "file"])
def test_a_wrong_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="Name a folder") as error:
        call_command("load_content", str(tmp_path / name))
    assert error.value.returncode == 2


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "wiki" / "x.md").mkdir(parents=True)
    (tmp_path / "wiki" / "y.md").symlink_to("nowhere.md")
    words = refused(tmp_path)
    assert "wiki/x.md: Is a directory" in words
    assert "wiki/y.md: No such file" in words


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki" / "good.md").write_text(GOOD)
    out = StringIO()
    call_command("load_content", "--dry-run", "--json", str(tmp_path), stdout=out, stderr=StringIO())
    report = json.loads(out.getvalue())
    assert (report["new"], report["dry_run"], report["revisions"]) == (["wiki/good.md"], True, 1)
    assert not Entry.objects.exists()


def test_a_refusal_of_the_loader_names_every_trouble() -> None:
    assert BadFile("a", "b").troubles == ("a", "b")
