"""The form of a guide, what it begins with, and what [[ completes to."""

import pytest

from resources.editing.page_templates import PAGE_TEMPLATES
from resources.entries.content import read_content
from resources.entries.knowledge import WikiPage
from resources.entries.naming import Names
from resources.proposals.models import Proposal
from resources.publishing import publish
from tests.editing.cast import fields_of
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(a_person("ed", role="editor"))
    return client


def sent(client, address: str, **typed: str):
    fields = fields_of(client, address)
    return client.post(address.partition("?")[0], fields | typed)


def test_a_guide_is_written_from_a_wanted_page_until_it_is_read(editor):
    top = a_guide("Operating Ray")
    a_guide("Others", body="[[Backups of a cluster]]")
    assert "/wiki/new/?title=Backups+of+a+cluster" in editor.get("/wiki/backups-of-a-cluster/").content.decode()
    answer = sent(
        editor, "/wiki/new/?title=Backups+of+a+cluster", summary="What to keep.", body="## What\n\nAll.",
        parent="operating ray", rank="20", tags="ops, backups",
    )  # fmt: skip
    assert answer.status_code == 302
    guide = WikiPage.objects.get(slug="backups-of-a-cluster")
    assert (guide.title, guide.parent_id, guide.rank, guide.tag_names) == (
        "Backups of a cluster", top.pk, 20, ["backups", "ops"],
    )  # fmt: skip
    page = editor.get(guide.get_absolute_url()).content.decode()
    assert 'href="/wiki/operating-ray/"' in page
    assert 'class="mention">' in editor.get("/wiki/others/").content.decode()


def test_the_guide_above_is_found_by_title_or_address_and_kept(editor):
    a_guide("Ray Core", slug="core")
    gone = a_guide("Old", slug="old")
    guide = a_guide("Tasks", parent=gone, rank=3)
    WikiPage.objects.filter(pk=gone.pk).update(removed_at=guide.changed_at)
    address = f"{guide.get_absolute_url()}edit/"
    assert sent(editor, address, summary="Kept.").status_code == 302
    guide.refresh_from_db()
    assert (guide.parent_id, guide.rank, guide.summary) == (gone.pk, 3, "Kept.")
    for words in ("Ray Core", "core", "/wiki/core/"):
        assert sent(editor, address, parent=words, body=f"As {words}.").status_code == 302
        guide.refresh_from_db()
        assert guide.parent is not None
        assert guide.parent.slug == "core"
    assert sent(editor, address, parent="", rank="").status_code == 302
    guide.refresh_from_db()
    assert (guide.parent_id, guide.rank) == (None, 10)


def test_a_guide_without_an_order_stands_behind_those_beside_it(editor):
    top = a_guide("Operating Ray", rank=20)
    a_guide("Backups", parent=top, rank=30)
    a_guide("Gone", rank=90, redirect=top)
    a_guide("At the end", parent=a_guide("Crowded", rank=1), rank=32_767)
    assert 'name="rank" value' not in editor.get("/wiki/new/").content.decode()
    for title, parent, rank in (("Costs", "", 30), ("Alerts", "Operating Ray", 40), ("Full", "Crowded", 32_767)):
        assert sent(editor, "/wiki/new/", title=title, parent=parent).status_code == 302
        assert WikiPage.objects.get(title=title).rank == rank


def test_a_guide_above_that_cannot_be_is_said_in_words(editor):
    top = a_guide("Top")
    below = a_guide("Below", parent=top)
    a_guide("Leads on", redirect=below)
    for words, said in (
        ("Nowhere", "There is no guide called “Nowhere”"),
        ("Below", "cannot stand under itself"),
        ("Top", "cannot stand under itself"),
        ("Leads on", "Choose that one."),
    ):
        answer = sent(editor, "/wiki/top/edit/", parent=words)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f'value="{words}"' in answer.content.decode()


@pytest.mark.parametrize("word", PAGE_TEMPLATES)
def test_a_new_guide_can_begin_with_a_template(editor, word):
    address = f"/wiki/new/?template={word}&title=My+guide"
    page, fields = editor.get(address).content.decode(), fields_of(editor, address)
    assert fields["body"].startswith(str(PAGE_TEMPLATES[word].text).partition("\n")[0])
    assert fields["title"] == "My guide"
    assert f"?template={word}&amp;title=My+guide" in page
    assert 'aria-current="true"' in page


def test_an_unknown_template_is_a_blank_page(editor):
    assert fields_of(editor, "/wiki/new/?template=%3Cb%3E&title=" + "x" * 900)["body"] == ""
    a_guide("Ray")
    assert "Begin with" not in editor.get("/wiki/ray/edit/").content.decode()
    assert fields_of(editor, "/wiki/ray/edit/?title=Other&template=how-to")["title"] == "Ray"


def test_a_stranger_finds_the_title_again_after_the_sign_in(client):
    page = client.get("/wiki/new/?title=Backups").content.decode()
    assert "next=/wiki/new/%3Ftitle%3DBackups" in page


def test_a_contributors_guide_waits_for_review(client):
    client.force_login(a_person("cora", role="contributor"))
    assert sent(client, "/wiki/new/", title="Backups", body="Words.").status_code == 302
    assert Proposal.objects.get().title == "Backups"
    assert client.get("/wiki/backups/").status_code == 404


def test_a_part_of_a_guide_is_edited_for_itself(editor):
    a_guide("Ray", body="Intro.\n\n## One\n\nFirst.\n\n## Two\n\nSecond.\n")
    page = editor.get("/wiki/ray/edit/")
    assert "?section=c-two" in page.content.decode()
    fields = fields_of(editor, "/wiki/ray/edit/?section=c-two")
    assert fields["body"].startswith("## Two")
    assert editor.post("/wiki/ray/edit/", fields | {"body": "## Two\n\nChanged."}).status_code == 302
    assert WikiPage.objects.get(slug="ray").body.startswith("Intro.\n\n## One\n\nFirst.\n\n## Two\n\nChanged.")


def test_what_is_completed_leads_back_to_the_same_entry(client):
    entries = [
        a_guide("Spark guide"), a_guide("Spark: a guide [old] `x`", slug="spark-old"), a_resource("Spark resource"),
        a_case_study("Spark user"), a_comparison("Spark and others"), a_section("Spark things"),
        a_guide("Spark guide", slug="spark-guide-2"),
    ]  # fmt: skip
    a_guide("Spark moved", redirect=entries[0])
    found = client.get("/complete/?q=spark").json()["found"]
    assert len(found) == len(entries)
    mentions = {row["url"]: row["mention"] for row in found}
    assert mentions["/wiki/spark-guide/"] == "[[Spark guide]]"
    assert mentions["/wiki/spark-guide-2/"] == "[[guide:spark-guide-2|Spark guide]]"
    assert mentions["/case-studies/spark-user/"] == "[[case-study:spark-user|Spark user on Ray]]"
    source = a_guide("Source", body="\n\n".join([row["mention"] + " " + row["short"] for row in found]))
    for entry in entries:
        assert source.html.count(f'href="{entry.get_absolute_url()}" class="mention"') == 2
    assert "wanted" not in source.html
    only = client.get("/complete/?q=spark&kind=guide").json()["found"]
    assert {row["kind"] for row in only} == {"Guide"}
    assert client.get("/complete/?q=resource:spark").json()["found"][0]["url"] == "/resources/spark-resource/"


def test_words_that_begin_so_come_before_those_that_only_have_it_within(client):
    a_case_study("Spotify", title="From research to production")
    a_guide("The architecture of Ray")
    a_comparison("Ray and Slurm", slug="arch-of-choices")
    a_guide("Archives")
    found = client.get("/complete/?q=Arch").json()["found"]
    assert [row["title"] for row in found] == [
        "Archives", "The architecture of Ray", "Ray and Slurm", "From research to production",
    ]  # fmt: skip


def test_a_guide_that_another_took_the_title_of_is_named_by_its_address():
    first = a_guide("Ray")
    publish(read_content(first) | {"title": "Ray itself"}, entry=first, author=a_person())
    second = a_guide("Ray", slug="ray-2")
    names = Names()
    assert names.mention_of(second) == "[[Ray]]"


def test_everything_can_be_begun_from_one_page(client):
    page = client.get("/add/").content.decode()
    for address in ("resources", "wiki", "case-studies", "compare", "sections"):
        assert f'href="/{address}/new/"' in page
    assert 'href="/add/"' in client.get("/").content.decode()
    assert client.post("/add/").status_code == 405
