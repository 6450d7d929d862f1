"""Removing an entry and restoring an old revision."""

import pytest

from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.moderation.models import Protection
from resources.proposals.models import Proposal
from resources.publishing import SectionsBelow, publish, remove
from tests.editing.cast import fields_of, signed_in
from tests.makers import a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

REMOVE = "/resources/raydp/remove/"


@pytest.fixture
def ed():
    return signed_in("editor", "ed")


@pytest.fixture
def cora():
    return signed_in("contributor", "cora")


def test_an_editor_removes_and_undoes(ed):
    resource = a_resource()
    answer = ed.post(REMOVE, {"why": "Nobody has it.", "seen": "1"}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "is removed. You can undo that here." in page
    assert "Undo the removal" in page
    resource.refresh_from_db()
    assert not resource.live
    assert resource.revisions.get(number=2).summary == "Nobody has it."
    page = ed.post("/resources/raydp/restore/2/", {"why": "Undone", "seen": "2"}, follow=True).content.decode()
    assert "“RayDP” is back." in page
    resource.refresh_from_db()
    assert resource.live


def test_a_reason_is_needed_and_what_changed_since_is_said(ed):
    resource = a_resource()
    answer = ed.post(REMOVE, {"why": " ", "seen": "1"})
    assert answer.status_code == 422
    assert "Say in a few words why" in answer.content.decode()
    publish(read_content(resource) | {"summary": "Newer."}, entry=resource, author=a_person())
    stale = ed.post(REMOVE, {"why": "Gone.", "seen": "1"})
    assert stale.status_code == 422
    assert "changed since you opened this" in stale.content.decode()
    assert 'name="seen" value="2"' in stale.content.decode()
    assert Resource.objects.get().live


def test_the_page_says_what_is_affected(ed):
    root = a_section("All")
    section = a_section("Tools", parent=root)
    a_section("Inner", parent=section)
    a_resource(sections=(section,))
    a_section("Other", parent=root, introduction="See [it](/sections/tools/).")
    page = ed.get("/sections/tools/remove/").content.decode()
    assert "1 section stands under this one" in page
    assert "1 resource sits here" in page
    assert "1 page links here" in page
    assert "It disappears from:" in ed.get(REMOVE).content.decode()


def test_a_section_with_sections_below_stays(ed, cora):
    root = a_section("All")
    section = a_section("Tools", parent=root)
    inner = a_section("Inner", parent=section)
    page = ed.get("/sections/tools/remove/").content.decode()
    assert 'href="/sections/inner/edit/"' in page
    assert "Remove it" not in page
    for browser in (ed, cora):
        answer = browser.post("/sections/tools/remove/", {"why": "Empty.", "seen": "1"})
        assert answer.status_code == 422
        assert "Move it to another parent first" in answer.content.decode()
    with pytest.raises(SectionsBelow, match="1 section stands under"):
        remove(section, author=a_person("ed"), reason="Empty.")
    assert not Proposal.objects.exists()
    remove(inner, author=a_person("ed"), reason="Empty.")
    assert ed.post("/sections/tools/remove/", {"why": "Empty.", "seen": "1"}).status_code == 302


def test_nothing_breaks_around_a_removed_section_with_seats(ed, client):
    root = a_section("All", author=a_person("ed"))
    tools, other = a_section("Tools", parent=root), a_section("Other", parent=root)
    both, alone = a_resource("Both", sections=(tools, other)), a_resource("Alone", sections=(tools,))
    page = ed.get("/sections/tools/remove/").content.decode()
    assert "2 resources sit here" in page
    assert "1 of them sits nowhere else" in page
    ed.post("/sections/tools/remove/", {"why": "Merged.", "seen": "1"})
    for one in (both, alone):
        page = client.get(one.get_absolute_url()).content.decode()
        assert "/sections/tools/" not in page
    assert 'href="/sections/other/"' in client.get("/resources/both/").content.decode().partition("<main")[2]
    for address in ("/", "/resources/", "/sections/all/", "/sections/other/", "/changes/", "/sitemap.xml"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "/sections/tools/" not in answer.content.decode() or address in {"/", "/changes/"}
    readme = client.get("/README.md").content.decode()
    assert ("Both" in readme, "Alone" in readme, "Tools" in readme) == (True, False, False)
    assert client.get("/sections/tools/").status_code == 410
    fields = fields_of(ed, "/resources/alone/edit/")
    assert fields["placements-0-section"] == str(tools.pk)
    assert ed.post("/resources/alone/edit/", fields | {"summary": "New.", "act": "save"}).status_code == 302
    ed.post("/sections/tools/restore/2/", {"why": "Back.", "seen": "2"})
    assert "Alone" in client.get("/sections/tools/").content.decode()


def test_a_contributor_proposes_a_removal(cora):
    a_resource()
    cora.post(REMOVE, {"why": "Gone.", "seen": "1"})
    assert Proposal.objects.get().act == "remove"
    assert Resource.objects.get().live


def test_who_may_not(client, cora):
    resource = a_resource()
    assert client.get(REMOVE).status_code == 403
    assert client.post(REMOVE, {"why": "x", "seen": "1"}).status_code == 403
    Protection.objects.create(entry_id=resource.pk, level="editors", reason="An edit war.", by=a_person("mo"))
    assert cora.post(REMOVE, {"why": "x", "seen": "1"}).status_code == 403
    assert not a_person("cora").drafts.exists()
    assert cora.get("/resources/nothing/remove/").status_code == 404
    assert cora.get("/resources/raydp/restore/9/").status_code == 404


def test_removing_twice(ed):
    a_resource()
    ed.post(REMOVE, {"why": "Gone.", "seen": "1"})
    assert ed.post(REMOVE, {"why": "Gone.", "seen": "1"}).status_code == 410
    assert Resource.objects.get().revision_number == 2


def test_an_old_revision_is_restored(ed):
    resource = a_resource(summary="First.")
    publish(read_content(resource) | {"summary": "Second.", "slug": "other"}, entry=resource, author=a_person())
    page = ed.get("/resources/other/restore/1/").content.decode()
    assert "First" in page
    stale = ed.post("/resources/other/restore/1/", {"why": "Better.", "seen": "1"})
    assert stale.status_code == 422
    answer = ed.post("/resources/other/restore/1/", {"why": "Better.", "seen": "2"})
    assert answer["Location"] == "/resources/raydp/"
    resource.refresh_from_db()
    assert (resource.summary, resource.revisions.get(number=3).act) == ("First.", "restored")


def test_a_contributor_proposes_to_restore_but_cannot_bring_back_what_was_removed(cora, ed):
    resource = a_resource(summary="First.")
    publish(read_content(resource) | {"summary": "Second."}, entry=resource, author=a_person())
    cora.post("/resources/raydp/restore/1/", {"why": "Better.", "seen": "2"})
    assert Proposal.objects.get().content["summary"] == "First."
    ed.post(REMOVE, {"why": "Gone.", "seen": "2"})
    page = cora.post("/resources/raydp/restore/1/", {"why": "Back.", "seen": "3"}).content.decode()
    assert "Only editors can bring a removed page back" in page
    assert not Resource.objects.get().live
    assert "Undo the removal" not in cora.get("/resources/raydp/").content.decode()


def test_a_revision_page_offers_to_restore(ed, client):
    resource = a_resource()
    publish(read_content(resource) | {"summary": "Second."}, entry=resource, author=a_person())
    assert "restore/1/" in ed.get("/resources/raydp/history/1/").content.decode()
    assert "restore/2/" not in ed.get("/resources/raydp/history/2/").content.decode()
    assert "restore/1/" not in client.get("/resources/raydp/history/1/").content.decode()


def test_a_removed_page_leads_to_others_of_its_kind(ed):
    guide, other = a_guide("Gone"), a_comparison("Gone too")
    for number in range(12):
        a_guide(f"Mentions {number}", body="[[Gone]]")
    page = ed.get("/wiki/gone/remove/").content.decode()
    assert "12 pages link here" in page
    assert 'href="/wiki/gone/backlinks/">and others</a>' in page
    for entry, all_of_them in (
        (guide, 'href="/wiki/">Show all guides'),
        (other, 'href="/compare/">Show all comparisons'),
    ):
        ed.post(f"{entry.get_absolute_url()}remove/", {"why": "Gone.", "seen": "1"})
        assert all_of_them in ed.get(entry.get_absolute_url()).content.decode()
