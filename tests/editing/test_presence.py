"""Who else is there, what is newer, and which proposals touch the same words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.editing.models import Presence
from resources.entries.content import read_content
from resources.moderation.actions import propose
from resources.publishing import publish
from tests.editing.cast import fields_of, signed_in
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

EDIT, PRESENCE = "/resources/raydp/edit/", "/resources/raydp/edit/presence/"


@pytest.fixture
def ed():
    return signed_in("editor", "ed")


def test_somebody_else_at_the_form_is_told_of(ed):
    a_resource()
    mo = signed_in("moderator", "mo")
    fields = fields_of(ed, EDIT)
    assert "editing this page" not in ed.post(PRESENCE, fields).content.decode()
    assert "ed has just begun to edit this page." in mo.post(PRESENCE, fields).content.decode()
    Presence.objects.filter(person__name="ed").update(since=timezone.now() - timedelta(minutes=2, seconds=5))
    assert "ed has been editing this page for 2\xa0minutes." in mo.post(PRESENCE, fields).content.decode()
    assert "ed has been editing" in mo.get(EDIT).content.decode()
    ed.post(EDIT, fields | {"act": "save"})
    assert "ed has been" not in mo.post(PRESENCE, fields).content.decode()


def test_who_was_away_begins_anew(ed):
    a_resource()
    mo = signed_in("moderator", "mo")
    fields = fields_of(ed, EDIT)
    ed.post(PRESENCE, fields)
    long_ago = timezone.now() - timedelta(minutes=9)
    Presence.objects.update(since=long_ago, seen_at=long_ago)
    assert "editing this page" not in mo.post(PRESENCE, fields).content.decode()
    ed.post(PRESENCE, fields)
    assert Presence.objects.get(person__name="ed").since > long_ago


def test_a_newer_revision_is_told_of(ed):
    resource = a_resource()
    fields = fields_of(ed, EDIT)
    publish(read_content(resource) | {"licence": "MIT"}, entry=resource, author=a_person("ada"))
    assert "A newer revision exists: 2, by ada." in ed.post(PRESENCE, fields).content.decode()
    assert "A newer revision exists: 2" in ed.post(EDIT, fields | {"act": "preview"}).content.decode()
    assert "A newer revision" not in ed.post(PRESENCE, fields_of(ed, EDIT)).content.decode()


def test_proposals_on_the_same_words_are_foretold(ed):
    section = a_section("Tools", introduction="One.\n\nTwo.\n\nThree.")
    cora = a_person("cora")
    signed_in("contributor", "cora")
    content = read_content(section) | {"introduction": "One.\n\nTwo, proposed.\n\nThree."}
    propose(content, author=cora, entry=section, base=1, summary="Better two.")
    page = ed.get("/sections/tools/edit/").content.decode()
    assert "A proposal by cora waits on this page; it changes: introduction." in page
    fields = fields_of(ed, "/sections/tools/edit/") | {"field": "introduction"}
    at = "/sections/tools/edit/presence/"
    assert "touches what you are editing (introduction)" in ed.post(at, fields | {"line": "2"}).content.decode()
    assert "touches" not in ed.post(at, fields | {"line": "4"}).content.decode()
    typed = fields | {"introduction": "One.\n\nTwo!\n\nThree.", "line": ""}
    assert "touches what you are editing" in ed.post(at, typed).content.decode()
    assert "touches" not in ed.post(at, fields | {"field": "title", "line": "x"}).content.decode()


def test_who_may_not_and_what_is_not_there(ed, client):
    a_resource()
    fields = fields_of(ed, EDIT)
    answer = client.post(PRESENCE, fields)
    assert answer.status_code == 403
    assert "You are signed out by now" in answer.content.decode()
    assert signed_in("reader", "rea").post(PRESENCE, fields).status_code == 403
    assert ed.get(PRESENCE).status_code == 405
    assert ed.post("/resources/nothing/edit/presence/", fields).status_code == 404
    assert not Presence.objects.exists()
    for _twice in range(2):
        assert ed.post(PRESENCE, fields).status_code == 200
    assert Presence.objects.count() == 1
