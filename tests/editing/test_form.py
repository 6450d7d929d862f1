"""The form: what it shows, what it keeps, and what sending it does."""

import pytest
from django.test import Client

from resources.entries.content import read_content
from resources.entries.models import Alias, Resource, Section
from resources.history.limits import MOST
from resources.moderation.models import Protection
from resources.proposals.models import Proposal
from tests.editing.cast import fields_of, signed_in
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def ed():
    return signed_in("editor")


@pytest.fixture
def cora():
    return signed_in("contributor")


def test_an_untouched_form_changes_nothing(ed):
    section = a_section("Tools")
    other = a_section("Papers")
    resource = a_resource(
        sections=(section, other), tags=["spark", "etl"], libraries=["data", "core"], authors=["Ada", "Bob"], year=2021,
        language="Python", licence="MIT", state="archived", kind="paper",
    )  # fmt: skip
    before = read_content(resource)
    fields = fields_of(ed, "/resources/raydp/edit/")
    answer = ed.post("/resources/raydp/edit/", fields | {"act": "save"})
    assert answer["Location"] == "/resources/raydp/"
    resource.refresh_from_db()
    assert read_content(Resource.objects.get()) == before
    assert resource.revision_number == 1


def test_an_untouched_form_of_a_section_changes_nothing(ed):
    root = a_section("All")
    passages = [
        {"key": "a", "position": 500, "depth": 1, "form": "item", "text": "A line"},
        {"key": "b", "position": 1500, "depth": 0, "form": "prose", "text": "Some *words*.\n\nMore.  "},
        {"key": "c", "position": 1600, "depth": 0, "form": "contents", "text": ""},
    ]
    section = a_section("Tools", parent=root, position=7, introduction="One.\n\n  Two.\n", passages=passages)
    a_resource(sections=(section,))
    before = read_content(section)
    ed.post("/sections/tools/edit/", fields_of(ed, "/sections/tools/edit/") | {"act": "save"})
    after = read_content(Section.objects.get(slug="tools"))
    assert after == before | {"introduction": after["introduction"]}
    assert after["introduction"].rstrip("\n") == before["introduction"].rstrip("\n")


def test_an_editor_publishes_at_once(ed):
    resource = a_resource()
    fields = fields_of(ed, "/resources/raydp/edit/") | {"summary": "Spark.", "tags": "a, b", "why": "", "act": "save"}
    page = ed.post("/resources/raydp/edit/", fields, follow=True).content.decode()
    assert "live as revision 2" in page
    resource.refresh_from_db()
    assert (resource.summary, resource.tag_names) == ("Spark.", ["a", "b"])
    assert resource.revisions.get(number=2).summary == "Change summary and tags"


def test_an_editor_can_ask_for_a_review(ed):
    a_resource()
    fields = fields_of(ed, "/resources/raydp/edit/") | {"summary": "Spark.", "ask_review": "on", "act": "save"}
    ed.post("/resources/raydp/edit/", fields)
    assert Proposal.objects.get().content["summary"] == "Spark."
    assert Resource.objects.get().revision_number == 1


def test_a_contributor_proposes(cora):
    a_resource()
    assert "decided as soon as a moderator finds the time" in cora.get("/resources/raydp/edit/").content.decode()
    fields = fields_of(cora, "/resources/raydp/edit/") | {"summary": "Spark.", "significance": "typo", "act": "save"}
    page = cora.post("/resources/raydp/edit/", fields, follow=True).content.decode()
    assert "A moderator looks at your proposal" in page
    proposal = Proposal.objects.get()
    assert (proposal.content["summary"], proposal.base, proposal.significance) == ("Spark.", 1, "typo")
    assert proposal.seconds is not None


def test_a_new_resource_gets_its_address_from_the_title(ed):
    section = a_section("Tools")
    fields = fields_of(ed, "/resources/new/") | {
        "title": "New", "url": "https://example.org/new", "placements-0-section": str(section.pk), "act": "save",
    }  # fmt: skip
    answer = ed.post("/resources/new/", fields)
    assert answer["Location"] == "/resources/new-2/"
    resource = Resource.objects.get()
    assert [seat.section_id for seat in resource.placements.all()] == [section.pk]
    assert resource.revisions.get().summary == "Add New"


def test_a_new_section_stands_where_it_was_put(ed):
    root = a_section("All")
    a_section("First", parent=root, position=100)
    last = a_section("Last", parent=root, position=200)
    fields = fields_of(ed, "/sections/new/") | {"title": "Between", "parent": str(root.pk), "act": "save"}
    fields["where"] = f"after section-{Section.objects.get(slug='first').pk}"
    ed.post("/sections/new/", fields)
    assert [section.title for section in root.children.in_order()] == ["First", "Between", "Last"]
    assert last.pk


def test_a_seat_moves_behind_another_and_into_another_section(ed):
    tools, papers = a_section("Tools"), a_section("Papers")
    first, second, third = (a_resource(title, sections=(tools,)) for title in ("One", "Two", "Three"))
    fields = fields_of(ed, "/resources/three/edit/")
    fields |= {"placements-0-where": f"after resource-{first.pk}", "act": "save"}
    ed.post("/resources/three/edit/", fields)
    assert [seat.resource_id for seat in tools.placements.all()] == [first.pk, third.pk, second.pk]
    fields = fields_of(ed, "/resources/three/edit/") | {"placements-0-section": str(papers.pk), "act": "save"}
    ed.post("/resources/three/edit/", fields)
    assert [seat.resource_id for seat in papers.placements.all()] == [third.pk]
    assert tools.placements.count() == 2


def test_a_rename_leaves_an_alias(ed):
    a_resource()
    fields = fields_of(ed, "/resources/raydp/edit/") | {"title": "Ray DP", "slug": "ray-dp", "act": "save"}
    assert ed.post("/resources/raydp/edit/", fields)["Location"] == "/resources/ray-dp/"
    assert Alias.objects.get().slug == "raydp"
    assert ed.get("/resources/raydp/edit/")["Location"] == "/resources/ray-dp/edit/"


def test_errors_stand_by_their_fields_and_everything_comes_back(ed):
    a_resource("Other", url="https://example.org/other")
    a_resource()
    fields = fields_of(ed, "/resources/raydp/edit/")
    fields |= {
        "title": "",
        "url": "https://example.org/other/",
        "slug": "new",
        "summary": "Typed words.",
        "act": "save",
    }
    answer = ed.post("/resources/raydp/edit/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "listed already, as “Other”" in page
    assert "Another page has this address" in page
    assert "Typed words." in page
    assert Resource.objects.get(slug="raydp").revision_number == 1


def test_a_bad_place_and_a_section_named_twice_are_refused(ed):
    tools = a_section("Tools")
    a_resource(sections=(tools,))
    fields = fields_of(ed, "/resources/raydp/edit/")
    twice = fields | {"placements-1-section": str(tools.pk), "act": "save"}
    assert "named twice" in ed.post("/resources/raydp/edit/", twice).content.decode()
    gone = fields | {"placements-0-where": "after resource-999", "act": "save"}
    assert "not there any more" in ed.post("/resources/raydp/edit/", gone).content.decode()


def test_the_preview_comes_with_the_form_and_writes_nothing(ed):
    a_resource()
    fields = fields_of(ed, "/resources/raydp/edit/") | {"summary": "Very **bold**.", "act": "preview"}
    page = ed.post("/resources/raydp/edit/", fields).content.decode()
    assert "<strong>bold</strong>" in page
    assert "Very **bold**." in page
    part = ed.post("/preview/", fields).content.decode()
    assert "<strong>bold</strong>" in part
    assert "<form" not in part
    assert Resource.objects.get().revision_number == 1
    assert ed.post("/preview/", fields | {"type": "else"}).status_code == 404
    assert ed.post("/preview/", fields | {"entry": "999"}).status_code == 404
    assert ed.get("/preview/").status_code == 405
    assert Client().post("/preview/", fields).status_code == 403


def test_one_more_row_is_offered_without_scripts(ed):
    a_resource(sections=(a_section("Tools"),))
    fields = fields_of(ed, "/resources/raydp/edit/") | {"summary": "Typed.", "act": "more placements"}
    page = ed.post("/resources/raydp/edit/", fields).content.decode()
    assert 'name="placements-2-section"' in page
    assert "Typed." in page


def test_disjoint_edits_merge_and_the_page_says_so(ed):
    resource = a_resource()
    fields = fields_of(ed, "/resources/raydp/edit/")
    ada = signed_in("moderator")
    ada.post("/resources/raydp/edit/", fields_of(ada, "/resources/raydp/edit/") | {"licence": "MIT", "act": "save"})
    page = ed.post("/resources/raydp/edit/", fields | {"language": "Java", "act": "save"}, follow=True).content.decode()
    assert "Your edit was merged with one by moderator." in page
    resource.refresh_from_db()
    assert (resource.licence, resource.language) == ("MIT", "Java")


def test_a_part_of_a_long_text_is_edited_alone(ed):
    text = "Hello.\n\n## One\n\nFirst.\n\n### Inner\n\nDeep.\n\n## Two\n\nSecond."
    a_section("Tools", introduction=text)
    page = ed.get("/sections/tools/edit/").content.decode()
    assert "?section=" in page
    anchor = page.partition("?section=")[2].partition('"')[0]
    fields = fields_of(ed, f"/sections/tools/edit/?section={anchor}")
    assert fields["introduction"].strip() == "## One\n\nFirst.\n\n### Inner\n\nDeep."
    ed.post("/sections/tools/edit/", fields | {"introduction": "## One\n\nChanged.", "act": "save"})
    assert Section.objects.get().introduction == "Hello.\n\n## One\n\nChanged.\n\n## Two\n\nSecond."


def test_a_stranger_is_led_to_the_sign_in_and_back(client):
    a_resource()
    answer = client.get("/resources/raydp/edit/")
    assert answer.status_code == 403
    assert "/accounts/login/?next=/resources/raydp/edit/" in answer.content.decode()
    assert client.get("/resources/new/").status_code == 403


def test_a_reader_and_a_contributor_at_a_protected_entry_are_told_why(cora):
    entry = a_resource()
    reader = signed_in("reader")
    assert "confirm your e-mail address" in reader.get("/resources/raydp/edit/").content.decode()
    Protection.objects.create(entry_id=entry.pk, level="editors", reason="An edit war.", by=a_person("mo"))
    answer = cora.get("/resources/raydp/edit/")
    assert answer.status_code == 403
    assert "An edit war." in answer.content.decode()
    kept = cora.post("/resources/raydp/edit/", {"title": "Typed", "act": "save"})
    assert kept.status_code == 403
    assert a_person("contributor").drafts.get().fields["title"] == ["Typed"]


def test_forms_of_what_is_not_there(ed):
    resource = a_resource()
    assert ed.get("/resources/nothing/edit/").status_code == 404
    Resource.objects.filter(pk=resource.pk).update(removed_at=resource.changed_at)
    assert ed.get("/resources/raydp/edit/").status_code == 410


def test_sending_twice_changes_once(ed):
    resource = a_resource()
    fields = fields_of(ed, "/resources/raydp/edit/") | {"summary": "Spark.", "act": "save"}
    ed.post("/resources/raydp/edit/", fields)
    page = ed.post("/resources/raydp/edit/", fields, follow=True).content.decode()
    assert "nothing was changed" in page, page[page.index("<main") :][:800]
    resource.refresh_from_db()
    assert resource.revision_number == 2


def test_too_many_edits_in_an_hour_are_429_and_the_text_stays(settings, monkeypatch):
    settings.RATE_LIMITS = True
    monkeypatch.setitem(MOST, "publish", {"editor": 1})
    entry, client = a_resource(), signed_in("editor")
    address = f"{entry.get_absolute_url()}edit/"
    assert client.post(address, fields_of(client, address) | {"summary": "The first."}).status_code == 302
    late = client.post(address, fields_of(client, address) | {"summary": "The second, which stays."})
    assert late.status_code == 429
    assert "The second, which stays." in late.text
    assert "try again at" in late.text


def test_a_form_for_a_new_entry_is_sent_once(ed):
    a_section("All")
    fields = fields_of(ed, "/sections/new/") | {"title": "Papers", "act": "save"}
    ed.post("/sections/new/", fields)
    answer = ed.post("/sections/new/", fields)
    assert answer.status_code == 422
    assert "You sent this form already" in answer.content.decode()
    assert Section.objects.filter(title="Papers").count() == 1


def test_what_was_typed_for_an_entry_that_was_removed_meanwhile_is_kept(ed):
    resource = a_resource()
    fields = fields_of(ed, "/resources/raydp/edit/") | {"summary": "Typed.", "act": "save"}
    Resource.objects.filter(pk=resource.pk).update(removed_at=resource.changed_at)
    answer = ed.post("/resources/raydp/edit/", fields)
    assert answer.status_code == 410
    assert "among your drafts" in answer.content.decode()
    assert a_person("editor").drafts.get().fields["summary"] == ["Typed."]


def test_a_protected_entry_says_why_to_those_who_may_propose(ed):
    entry = a_resource()
    Protection.objects.create(entry_id=entry.pk, level="moderators", reason="An edit war.", by=a_person("mo"))
    page = ed.get("/resources/raydp/edit/").content.decode()
    assert "moderators publish here, and editors propose" in page
    assert "An edit war." in page
    fields = fields_of(ed, "/resources/raydp/edit/") | {"summary": "Spark.", "act": "save"}
    ed.post("/resources/raydp/edit/", fields)
    assert Proposal.objects.get().content["summary"] == "Spark."


def test_a_title_is_one_line_without_what_nobody_sees(ed):
    fields = fields_of(ed, a_resource().get_absolute_url() + "edit/")
    ed.post("/resources/raydp/edit/", fields | {"title": "Ray\u202e\x08\r\nBcc: x", "act": "save"})
    assert Resource.objects.get().title == "Ray Bcc: x"
