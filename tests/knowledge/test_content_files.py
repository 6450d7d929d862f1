"""dump_content and load_content: nothing is lost, and what was dumped changes nothing."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.credits import house_account
from accounts.models import User
from resources.content_files.dumping import ForeignFiles, dump_folder
from resources.content_files.folders import FOLDERS
from resources.content_files.form import Beside, to_file
from resources.content_files.loading import Loaded, load_folder
from resources.content_files.reading import read_file
from resources.entries.content import complete, read_content
from resources.entries.knowledge import CaseStudy, Claim, Comparison, WikiPage
from resources.entries.models import Alias, Entry, Resource, Section
from resources.history.models import Revision
from resources.links.models import Mention
from resources.publishing import publish, remove
from tests.knowledge.content_folders import NASTY, dumped, elsewhere, nasty_site
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource, a_section

STARTER = Path(__file__).resolve().parents[2] / "resources" / "starter"


def load(folder: Path) -> Loaded:
    return load_folder(folder, author=house_account(), summary="Loaded")


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))


def comes_back(body: str, word: str, line: str) -> None:
    cell = {"key": "a/b", "text": word, "verdict": "", "note": line, "source": ""}
    content = {"title": "T", "slug": "t", "summary": line, "body": body, "cells": [cell], "tags": [word]}
    content = complete(Comparison, content)
    text = to_file(Comparison(type="comparison", key="k"), content, {}, Beside())
    read = read_file("t.md", text.encode().decode(), Entry.Type.COMPARISON)
    assert complete(Comparison, read.content) == content
    assert read.key == "k"


@pytest.mark.parametrize("text", NASTY)
def test_every_nasty_text_comes_back(text: str) -> None:
    comes_back(text, text, text)


@given(texts, texts, texts)
def test_every_text_comes_back(body: str, word: str, line: str) -> None:
    comes_back(body, word, line)


@pytest.mark.django_db
def test_dump_load_dump_is_the_same_to_the_byte(tmp_path: Path) -> None:
    before = elsewhere(tmp_path / "one", nasty_site)
    assert not Entry.objects.exists()
    loaded = load(tmp_path / "one")
    assert loaded.revisions == len(loaded.new) == len(before) - 1
    assert (loaded.releases, loaded.verifications) == (1, 2)
    assert dumped(tmp_path / "two") == before
    count = Revision.objects.count()
    again = load(tmp_path / "one")
    assert (again.anything, again.unchanged) == (False, len(before) - 1)
    assert Revision.objects.count() == count


@pytest.mark.django_db
def test_loading_what_was_dumped_changes_nothing_where_it_was_dumped(tmp_path: Path) -> None:
    nasty_site()
    files = dumped(tmp_path)
    assert not load(tmp_path).anything
    assert dump_folder(tmp_path).changed == []
    assert dumped(tmp_path) == files


@pytest.mark.django_db
def test_ids_and_earlier_addresses_are_kept(tmp_path: Path) -> None:
    elsewhere(tmp_path, nasty_site)
    load(tmp_path)
    assert WikiPage.objects.get(slug="own").key == "wikipage-own-key"
    assert WikiPage.objects.get(slug="ab").key == "wikipage-aa"
    assert Resource.objects.get(slug="raydp").key == "resource-null"
    assert Alias.objects.get(type="wikipage", slug="old-1").entry.slug == "own"
    assert Alias.objects.get(type="wikipage", slug="aa").entry.slug == "ab"


@pytest.mark.django_db
def test_a_file_with_another_slug_renames_its_entry(tmp_path: Path) -> None:
    guide = a_guide("Ray Core", body="Text.")
    (path,) = (tmp_path / name for name in dumped(tmp_path))
    path.write_text(path.read_text().replace("slug: ray-core", "slug: core"))
    assert load(tmp_path).changed == ["wiki/ray-core.md"]
    assert WikiPage.objects.get().pk == guide.pk
    assert WikiPage.objects.get().slug == "core"
    assert Alias.objects.get(slug="ray-core").entry_id == guide.pk
    assert list(dumped(tmp_path)) == ["wiki/core.md"]


@pytest.mark.django_db
def test_pages_swap_their_addresses_along_a_chain(tmp_path: Path) -> None:
    a_guide("One", slug="a")
    a_guide("Two", slug="b")
    dumped(tmp_path)
    for name, new in (("a", "b"), ("b", "c")):
        path = tmp_path / "wiki" / f"{name}.md"
        path.write_text(path.read_text().replace(f"slug: {name}\n", f"slug: {new}\n"))
    load(tmp_path)
    assert dict(WikiPage.objects.values_list("title", "slug")) == {"One": "b", "Two": "c"}


@pytest.mark.django_db
def test_who_checked_a_claim_and_when_comes_along(tmp_path: Path) -> None:
    def site() -> None:
        study = a_case_study(author=a_person("admin"), claims=(a_claim(source="https://x.example"), a_claim("c2")))
        claims = read_content(study)["claims"]
        publish(
            read_content(study) | {"claims": [claims[0] | {"state": "verified"}, claims[1] | {"state": "disputed"}]},
            entry=study,
            author=a_person("grace"),
        )
        Claim.objects.filter(key="c2").update(
            checked_by=a_person("admin"), checked_at=datetime(2025, 1, 31, 23, 59, tzinfo=UTC)
        )

    files = elsewhere(tmp_path / "one", site)
    assert b"checked_by: admin\n  checked_on: '2025-01-31'" in files["case-studies/uber.md"]
    grace = a_person("grace")
    load(tmp_path / "one")
    checks = {claim.key: (claim.checked_by, claim.checked_at) for claim in Claim.objects.all()}
    assert checks["c1"][0] == grace
    assert checks["c2"][1] == datetime(2025, 1, 31, tzinfo=UTC)
    admin = checks["c2"][0]
    assert isinstance(admin, User)
    assert admin.is_credited_only
    assert dumped(tmp_path / "two") == files


@pytest.mark.django_db
def test_what_points_to_a_removed_entry_is_not_in_the_file_and_stays(tmp_path: Path, client: Client) -> None:
    here, gone = a_section("Here"), a_section("Gone")
    raydp = a_resource(sections=(here, gone))
    other = a_resource("Other")
    comparison = a_comparison()
    subjects = [row | {"resource": other.pk} for row in read_content(comparison)["subjects"]]
    publish(read_content(comparison) | {"subjects": subjects}, entry=comparison, author=a_person())
    remove(gone, author=a_person(), reason="Gone.")
    remove(other, author=a_person(), reason="Gone.")
    files = dumped(tmp_path)
    assert b"gone" not in files["resources/raydp.md"]
    assert b"resource:" not in files["comparisons/engines.md"]
    assert client.get("/resources/raydp.md").content == files["resources/raydp.md"]
    assert load(tmp_path).revisions == 0
    path = tmp_path / "resources" / "raydp.md"
    path.write_text(path.read_text().replace("in one sentence", "in a sentence"))
    assert load(tmp_path).changed == ["resources/raydp.md"]
    assert set(raydp.placements.values_list("section", flat=True)) == {here.pk, gone.pk}


@pytest.mark.django_db
def test_what_the_folder_lacks_stays_and_can_be_pointed_to(tmp_path: Path) -> None:
    a_section("Data")
    a_guide("Above")
    write(tmp_path, "wiki/b.md", "---\ntitle: Below\nslug: below\nparent: above\n---\n\nText.\n\n")
    write(
        tmp_path, "resources/x.md", "---\ntitle: X\nslug: x\nurl: https://x.example\nsections: [{section: data}]\n---\n"
    )
    assert load(tmp_path).new == ["resources/x.md", "wiki/b.md"]
    assert WikiPage.objects.get(slug="below").parent == WikiPage.objects.get(slug="above")
    assert WikiPage.objects.get(slug="below").body == "Text.\n"
    assert Section.objects.live().count() == 1


@pytest.mark.django_db
def test_words_that_yaml_takes_for_something_else_are_words(tmp_path: Path) -> None:
    write(
        tmp_path,
        "resources/x.md",
        "\ufeff---\r\ntitle: 2024-01-01\r\nslug: x\r\nsummary: yes\r\nlanguage: null\r\nlicence:\r\nyear: '2020'\r\n"
        "url: https://x.example\r\ntags: [no, 1.0]\r\n---\r\n",
    )
    load(tmp_path)
    found = Resource.objects.get()
    assert (found.title, found.summary, found.language, found.licence) == ("2024-01-01", "yes", "", "")
    assert (found.year, found.tag_names) == (2020, ["1.0", "no"])


@pytest.mark.django_db
def test_a_removed_entry_comes_back_with_its_file(tmp_path: Path) -> None:
    guide = a_guide()
    dumped(tmp_path)
    remove(guide, author=a_person(), reason="Oops.")
    assert load(tmp_path).changed == ["wiki/ray-core.md"]
    assert WikiPage.objects.live().get() == guide


@pytest.mark.django_db
def test_the_starter_is_complete_and_nothing_that_exists_is_drawn_as_wanted(tmp_path: Path) -> None:
    load(STARTER)
    here = Mention.objects.filter(target=None)
    found = set(Entry.objects.values_list("type", "slug"))
    found |= {("wikipage", name) for name in WikiPage.objects.values_list("name", flat=True)}
    assert not [mention for mention in here if (mention.type, mention.name) in found]
    for model in (WikiPage, CaseStudy, Comparison, Section, Resource):
        drawn = model.objects.filter(html__contains="mention wanted").values_list("pk", flat=True)
        assert set(drawn) <= set(here.values_list("source", flat=True))
    first = dumped(tmp_path / "one")
    assert not load(tmp_path / "one").anything
    assert dumped(tmp_path / "two") == first


@pytest.mark.django_db
def test_a_dump_takes_away_what_is_gone_and_leaves_alone_what_is_not_its_own(tmp_path: Path) -> None:
    guide, _stays = a_guide("Goes"), a_guide("Stays")
    write(tmp_path, "README.md", "Mine.")
    write(tmp_path, ".git/config", "[core]")
    dump_folder(tmp_path)
    remove(guide, author=a_person(), reason="Gone.")
    assert dump_folder(tmp_path).removed == ["wiki/goes.md"]
    assert not (tmp_path / "wiki" / "goes.md").exists()
    write(tmp_path, "wiki/notes.txt", "Mine too.")
    write(tmp_path, "wiki/draft.md", "---\nid: wikipage-draft\ntitle: Draft\nslug: draft\n---\n")
    a_guide("Fresh")
    with pytest.raises(ForeignFiles, match=r"wiki/draft\.md, wiki/notes\.txt"):
        dump_folder(tmp_path)
    assert not (tmp_path / "wiki" / "fresh.md").exists()
    dump_folder(tmp_path, force=True)
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {
        "README.md", ".git/config", "wiki/notes.txt", "wiki/draft.md", "wiki/fresh.md", "wiki/stays.md",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_dump_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    a_guide("One")
    before = dumped(tmp_path)
    (tmp_path / "wiki" / "two.md").mkdir()
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ValueError, match="Choose a folder"):
        dump_folder(tmp_path / "file")
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert not list(tmp_path.glob(".dump*"))


@pytest.mark.django_db
def test_a_dump_writes_through_no_link_to_another_folder(tmp_path: Path) -> None:
    a_guide("One")
    for name in (".dump-new", ".dump-old"):
        (tmp_path / "others").mkdir(exist_ok=True)
        (tmp_path / "site").mkdir(exist_ok=True)
        (tmp_path / "site" / name).symlink_to(tmp_path / "others")
    dump_folder(tmp_path / "site")
    assert (tmp_path / "site" / "wiki" / "one.md").is_file()
    assert not list((tmp_path / "others").iterdir())


@pytest.mark.django_db
def test_the_queries_of_a_dump_do_not_grow_with_the_entries(tmp_path: Path) -> None:
    counts = []
    for more in (3, 20):
        for number in range(more):
            a_case_study(f"Company {more}-{number}", claims=(a_claim(),), tags=["x"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            dump_folder(tmp_path / str(more))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_the_examples_of_the_document_load_and_are_what_a_dump_writes(tmp_path: Path) -> None:
    text = (STARTER.parents[1] / "docs" / "content-files.md").read_text()
    examples = re.findall(r"```markdown\n(.*?)```\n", text, re.DOTALL)
    assert len(examples) == len(FOLDERS)
    a_person("ada")
    folders = {type_: name for name, type_ in FOLDERS.items()}
    for example_ in examples:
        type_, slug = re.findall(r"^id: ([a-z]+)-(.*)$", example_, re.MULTILINE)[0]
        write(tmp_path, f"{folders[type_]}/{slug}.md", example_)
    load(tmp_path)
    assert dump_folder(tmp_path).changed == []
