"""The form of a proposal: drafts, the preview, and that nothing typed there is lost."""

import pytest
from django.test import Client

from resources.editing.models import Draft
from resources.moderation.actions import amend, withdraw
from resources.moderation.deciding import accept
from tests.editing.cast import fields_of, signed_in
from tests.makers import a_person, a_resource, a_section
from tests.moderation.proposing import a_new_one, a_removal, an_edit

pytestmark = pytest.mark.django_db

SAVE = "/drafts/save/"


@pytest.fixture
def cora():
    return signed_in("contributor", "cora")


@pytest.fixture
def mo():
    return signed_in("moderator", "mo")


@pytest.fixture
def proposal(cora):
    return an_edit(a_person("cora"), a_resource(), summary="Spark on it.")


@pytest.fixture
def address(proposal):
    return f"/proposals/{proposal.pk}/amend/"


def test_a_draft_of_a_proposal_is_kept_and_taken_up(cora, proposal, address):
    fields = fields_of(cora, address)
    assert cora.post(SAVE, fields | {"summary": "Half a sen"}).json()["version"] == 1
    draft = Draft.objects.get()
    assert (draft.key, draft.entry_id, draft.form_address) == (f"proposal:{proposal.pk}", proposal.entry_id, address)
    assert "a proposal" in cora.get("/drafts/").content.decode()
    assert "is here." in cora.get(address).content.decode()
    assert "What your draft changes" in cora.get(f"{address}?draft=compare").content.decode()
    used = fields_of(cora, f"{address}?draft=use")
    assert (used["summary"], used["draft_version"]) == ("Half a sen", "1")
    assert cora.post(f"/drafts/{draft.pk}/discard/", {"stay": "1"})["Location"] == address


def test_a_sent_form_takes_its_draft_with_it(cora, proposal, address):
    fields = fields_of(cora, address)
    cora.post(SAVE, fields | {"summary": "Spark."})
    assert cora.post(address, fields | {"summary": "Spark.", "act": "save"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.content["summary"] == "Spark."
    assert not Draft.objects.exists()
    assert f'data-sent="{fields["sheet"]}"' in cora.get(address).content.decode()


def test_a_draft_of_a_new_entry_s_proposal(cora):
    proposal = a_new_one(a_person("cora"))
    address = f"/proposals/{proposal.pk}/amend/"
    cora.post(SAVE, fields_of(cora, address) | {"title": "Modin 2"})
    assert Draft.objects.get().form_address == address
    assert fields_of(cora, f"{address}?draft=use")["title"] == "Modin 2"


def test_the_preview_is_of_the_proposal(cora, mo, proposal, address, client):
    fields = fields_of(cora, address)
    for browser in (cora, mo):
        assert "Half <em>a</em>" in browser.post("/preview/", fields | {"summary": "Half *a*"}).content.decode()
    assert client.post("/preview/", fields).status_code == 403
    assert signed_in("editor", "ed").post("/preview/", fields).status_code == 403
    assert cora.post("/preview/", fields | {"proposal": "9999"}).status_code == 404
    assert cora.post("/preview/", fields | {"proposal": "x"}).status_code == 404


def test_others_have_no_part_in_it(cora, proposal, address, client):
    fields = fields_of(cora, address)
    assert signed_in("editor", "ed").post(SAVE, fields).status_code == 403
    assert client.post(SAVE, fields).status_code == 403
    assert cora.post(SAVE, fields | {"proposal": "9999"}).status_code == 404
    assert not Draft.objects.exists()


def test_what_was_typed_waits_through_a_sign_in(cora, proposal, address):
    fields = fields_of(cora, address) | {"summary": "Typed for an hour.", "act": "save"}
    browser = Client()
    answer = browser.post(address, fields)
    assert answer.status_code == 403
    assert f"/accounts/login/?next={address}" in answer.content.decode()
    browser.force_login(a_person("cora"))
    again = fields_of(browser, address)
    assert again["summary"] == "Typed for an hour."
    assert browser.post(address, again | {"act": "save"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.content["summary"] == "Typed for an hour."
    assert "before you signed in" not in browser.get(address).content.decode()


def test_an_old_token_carries_the_form_on(proposal, address):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(a_person("cora"))
    fields = fields_of(browser, address) | {"summary": "Typed for an hour."}
    fields["csrfmiddlewaretoken"] = "x" * 64
    answer = browser.post(address, fields, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 403
    assert "Typed for an hour." in answer.content.decode()
    assert f'action="{address}"' in answer.content.decode()


def test_a_refusal_gives_the_text_back_and_shows_what_is_newer(cora, proposal, address):
    fields = fields_of(cora, address) | {"summary": "Mine.", "act": "save"}
    amend(proposal, proposal.content | {"summary": "From another window."}, author=proposal.author)
    answer = cora.post(address, fields)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What your text changes in the newest version" in page
    again = fields_of(cora, address)
    assert again["version"] == "2"
    assert 'name="version" value="2"' in page
    assert cora.post(address, fields | {"version": "2"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.content["summary"] == "Mine."


def test_a_moderator_s_text_survives_what_changed_meanwhile(mo, proposal, address):
    fields = fields_of(mo, address) | {"summary": "Mo's words.", "act": "save"}
    amend(proposal, proposal.content | {"summary": "Amended."}, author=proposal.author)
    answer = mo.post(address, fields)
    assert answer.status_code == 409
    assert "Mo&#x27;s words." in answer.content.decode()
    assert "What your text changes on the page of today" in answer.content.decode()
    assert mo.post(address, fields | {"version": "2"}).status_code == 302


def test_a_decided_proposal_gives_the_text_back_and_asks_for_nothing(cora, proposal, address):
    fields = fields_of(cora, address) | {"summary": "Mine.", "act": "save"}
    withdraw(proposal, author=proposal.author)
    answer = cora.post(address, fields)
    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()
    assert "If you send again" not in answer.content.decode()


def test_the_reason_of_a_removal_is_amended(cora, mo):
    proposal = a_removal(a_person("cora"), a_resource())
    address = f"/proposals/{proposal.pk}/amend/"
    page = cora.get(address).content.decode()
    assert "its reason is what you can amend" in page
    assert 'value="It is gone."' in page
    assert cora.post(address, {"why": " ", "version": "1"}).status_code == 422
    assert cora.post(address, {"why": "The project ended.", "version": "1"})["Location"] == f"/proposals/{proposal.pk}/"
    proposal.refresh_from_db()
    assert (proposal.summary, proposal.version, proposal.act) == ("The project ended.", 2, "remove")
    stale = cora.post(address, {"why": "Later.", "version": "1"})
    assert (stale.status_code, 'value="Later."' in stale.content.decode()) == (409, True)
    assert "A removal has no text" in mo.get(address).content.decode()
    assert mo.post(address, {"why": "x", "version": "2"}).status_code == 403
    assert "Accept with changes" not in mo.get(f"/proposals/{proposal.pk}/").content.decode()
    accept(proposal, moderator=a_person("mo"), version=2)
    assert cora.get(address).status_code == 409


def test_the_reason_of_a_removal_waits_through_a_sign_in(cora, client):
    proposal = a_removal(a_person("cora"), a_section("Tools", parent=a_section("All")))
    address = f"/proposals/{proposal.pk}/amend/"
    assert client.post(address, {"why": "Typed long.", "version": "1"}).status_code == 403
    client.force_login(a_person("cora"))
    assert 'value="Typed long."' in client.get(address).content.decode()
