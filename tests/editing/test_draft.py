"""Drafts: kept while somebody types, never over a newer one, seen by their writer alone; what strangers typed waits too."""

import pytest
from django.test import Client

from resources.editing.drafts import MOST_DRAFTS
from resources.editing.models import Draft
from resources.entries.models import Resource
from tests.editing.cast import fields_of, signed_in
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db

EDIT, SAVE = "/resources/raydp/edit/", "/drafts/save/"


@pytest.fixture
def ed():
    return signed_in("editor", "ed")


def test_a_draft_is_kept_and_taken_up_again(ed):
    a_resource()
    fields = fields_of(ed, EDIT)
    answer = ed.post(SAVE, fields | {"summary": "Half a sen"})
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    answer = ed.post(SAVE, fields | {"summary": "Half a sentence", "draft_version": "1"})
    assert answer.json()["version"] == 2
    draft = Draft.objects.get()
    assert (draft.key, draft.base, draft.fields["summary"]) == (f"entry:{draft.entry_id}", 1, ["Half a sentence"])
    page = ed.get(EDIT).content.decode()
    assert "is here." in page
    assert "Half a sentence" not in page
    used = fields_of(ed, f"{EDIT}?draft=use")
    assert (used["summary"], used["draft_version"]) == ("Half a sentence", "2")
    assert "What your draft changes" in ed.get(f"{EDIT}?draft=compare").content.decode()


def test_the_same_text_again_makes_no_version(ed):
    a_resource()
    fields = fields_of(ed, EDIT)
    ed.post(SAVE, fields)
    assert ed.post(SAVE, fields | {"draft_version": "1"}).json()["version"] == 1


def test_an_older_tab_does_not_overwrite(ed):
    a_resource()
    fields = fields_of(ed, EDIT)
    ed.post(SAVE, fields | {"summary": "Newer"})
    refused = ed.post(SAVE, fields | {"summary": "Older"})
    assert (refused.status_code, refused.json()["version"]) == (409, 1)
    assert Draft.objects.get().fields["summary"] == ["Newer"]
    assert ed.post(SAVE, fields | {"summary": "Older", "take_over": "1"}).json()["version"] == 2
    assert Draft.objects.get().fields["summary"] == ["Older"]


def test_a_sent_form_takes_its_draft_with_it_and_an_older_tab_cannot_bring_it_back(ed):
    a_resource()
    fields = fields_of(ed, EDIT)
    ed.post(SAVE, fields | {"summary": "Spark."})
    ed.post(EDIT, fields | {"summary": "Spark.", "act": "save"})
    assert not Draft.objects.exists()
    assert ed.post(SAVE, fields | {"draft_version": "1"}).status_code == 409
    assert f'data-sent="{fields["sheet"]}"' in ed.get(EDIT).content.decode()


def test_a_draft_of_an_older_base_merges_when_it_is_sent(ed):
    resource = a_resource()
    ed.post(SAVE, fields_of(ed, EDIT) | {"language": "Java"})
    ada = signed_in("editor", "ada")
    ada.post(EDIT, fields_of(ada, EDIT) | {"licence": "MIT", "act": "save"})
    assert "The page has changed since" in ed.get(EDIT).content.decode()
    assert "the page has changed since" in ed.get("/drafts/").content.decode()
    used = fields_of(ed, f"{EDIT}?draft=use")
    assert used["base"] == "1"
    ed.post(EDIT, used | {"act": "save"})
    resource.refresh_from_db()
    assert (resource.language, resource.licence) == ("Java", "MIT")


def test_the_list_and_discarding(ed):
    a_resource()
    ed.post(SAVE, fields_of(ed, EDIT) | {"title": "Typed title"})
    ed.post(SAVE, fields_of(ed, "/resources/new/") | {"title": ""})
    page = ed.get("/drafts/").content.decode()
    assert "Typed title" in page
    assert "/resources/new/?draft=use" in page
    assert "Without a title" in page
    draft = Draft.objects.get(key="new:resource")
    assert ed.post(f"/drafts/{draft.pk}/discard/")["Location"] == "/drafts/"
    assert ed.post(f"/drafts/{draft.pk}/discard/").status_code == 404
    other = Draft.objects.get()
    assert ed.post(f"/drafts/{other.pk}/discard/", {"stay": "1"})["Location"] == EDIT
    assert "No drafts" in ed.get("/drafts/").content.decode()


def test_others_and_strangers_have_no_part_in_it(ed, client):
    a_resource()
    fields = fields_of(ed, EDIT)
    ed.post(SAVE, fields)
    draft = Draft.objects.get()
    mo = signed_in("moderator", "mo")
    assert mo.post(f"/drafts/{draft.pk}/discard/").status_code == 404
    assert "RayDP" not in mo.get("/drafts/").content.decode().partition("<main")[2]
    assert client.post(SAVE, fields).status_code == 403
    assert client.get("/drafts/").status_code == 302
    assert client.post(f"/drafts/{draft.pk}/discard/").status_code == 302
    assert ed.get(SAVE).status_code == 405
    assert ed.post(SAVE, fields | {"type": "else"}).status_code == 404
    assert ed.post(SAVE, fields | {"entry": "999"}).status_code == 404
    assert Draft.objects.count() == 1


def test_there_is_an_end_to_drafts(ed):
    a_resource()
    ed_person = a_person("ed")
    Draft.objects.bulk_create(Draft(person=ed_person, key=f"new:{number}") for number in range(MOST_DRAFTS))
    refused = ed.post(SAVE, fields_of(ed, EDIT))
    assert refused.status_code == 409
    assert "Discard some" in refused.json()["words"]


def test_what_somebody_typed_when_their_session_was_over_waits_for_them(ed):
    a_resource()
    fields = fields_of(ed, EDIT) | {"summary": "Typed for an hour.", "act": "save"}
    browser = Client()
    answer = browser.post(EDIT, fields)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "what you typed is kept here" in page
    assert f"/accounts/login/?next={EDIT}" in page
    browser.force_login(a_person("ed"))
    again = fields_of(browser, EDIT)
    assert again["summary"] == "Typed for an hour."
    assert "before you signed in" in browser.get(EDIT).content.decode()
    assert "Typed for an hour" not in browser.get(f"{EDIT}?draft=none").content.decode()
    browser.post(EDIT, again | {"act": "save"})
    assert Resource.objects.get().summary == "Typed for an hour."
    assert "before you signed in" not in browser.get(EDIT).content.decode()


def test_a_stranger_s_endless_text_is_shown_to_be_copied(client):
    a_resource()
    answer = client.post(EDIT, {"summary": "word " * 80_000})
    assert "Copy it from here" in answer.content.decode()
    assert "kept_form" not in client.session


def test_drafts_cost_the_same_for_few_and_many(ed, django_assert_num_queries):
    person = a_person("ed")
    entries = [a_resource(f"Resource {number}") for number in range(12)]
    Draft.objects.create(person=person, key="entry:0", entry_id=entries[0].pk, base=1)
    ed.get("/drafts/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        ed.get("/drafts/")
    Draft.objects.bulk_create(Draft(person=person, key=f"entry:{one.pk}", entry_id=one.pk, base=1) for one in entries)
    with django_assert_num_queries(len(few)):
        ed.get("/drafts/")


def test_a_zero_byte_is_left_out_of_a_draft():
    client = signed_in("contributor")
    answer = client.post("/drafts/save/", {"type": "resource", "title": "a\0b", "c\0d": "e", "draft_version": "0"})
    assert answer.status_code == 200
    fields = Draft.objects.get().fields
    assert (fields["title"], fields["cd"]) == (["ab"], ["e"])
