"""Django's administration: who gets in, that nothing is written past the doors, and the acts that call them."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import give_role, role_of
from resources.entries.content import read_content
from resources.entries.models import Entry
from resources.history.models import Event, Revision
from resources.links.models import Host, Link
from resources.moderation.actions import amend, propose
from resources.moderation.models import BannedWord
from resources.moderation.reporting import report
from resources.proposals.models import Proposal
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db

TABLES = [
    "resources/entry", "resources/proposal", "resources/revision", "resources/event", "resources/report",
    "resources/protection", "resources/trust", "resources/bannedword", "accounts/user",
    "resources/host", "resources/link", "resources/project",
]  # fmt: skip


def somebody(name, role):
    person = a_person(name)
    give_role(person, role)
    return person


@pytest.fixture
def ann():
    client = Client()
    client.force_login(somebody("ann", "administrator"))
    return client


@pytest.fixture
def proposal():
    entry = a_resource()
    return propose(read_content(entry) | {"year": 2020}, author=somebody("cora", "contributor"), entry=entry)


def acted(client, table, act, row, **fields):
    sent = {"action": act, "_selected_action": [row.pk], "index": 0} | fields
    return client.post(f"/admin/{table}/", sent, follow=True).text


@pytest.mark.parametrize("table", TABLES)
def test_administrators_look_at_every_table_and_nobody_else(ann, proposal, table):
    assert ann.get(f"/admin/{table}/").status_code == 200
    moderator = Client()
    moderator.force_login(somebody("mo", "moderator"))
    assert moderator.get(f"/admin/{table}/").status_code == 302


def test_tables_of_packages_are_not_open(ann):
    """Groups, addresses, keys of the second step and sessions change by their own doors alone."""
    shown = {app["app_label"] for app in ann.get("/admin/").context["app_list"]}
    assert shown == {"accounts", "resources"}
    for table in ("auth/group", "account/emailaddress", "mfa/authenticator", "usersessions/usersession", "taggit/tag"):
        assert ann.get(f"/admin/{table}/").status_code == 404


@pytest.mark.parametrize("table", [table for table in TABLES if "banned" not in table])
def test_nothing_is_written_past_the_doors(ann, proposal, table):
    report(Entry.objects.get(), reporter=User.objects.get(name="cora"), reason="spam")
    assert ann.get(f"/admin/{table}/add/").status_code == 403
    rows = {"entry": Entry, "proposal": Proposal, "revision": Revision, "event": Event, "user": User}
    model: Any = rows.get(table.rpartition("/")[2])
    if model is not None:
        row = model.objects.order_by("pk").first()
        assert row is not None
        page = ann.get(f"/admin/{table}/{row.pk}/change/")
        assert page.status_code == 200
        assert 'name="_save"' not in page.text
        assert ann.post(f"/admin/{table}/{row.pk}/change/", {"title": "Forged"}).status_code == 403
        assert ann.post(f"/admin/{table}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_proposals_are_decided_by_the_doors(ann, proposal):
    assert "Say why" in acted(ann, "resources/proposal", "reject_selected", proposal)
    acted(ann, "resources/proposal", "accept_selected", proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by.name) == ("accepted", "ann")
    assert Event.objects.filter(act="accepted", proposal=proposal).count() == 1
    assert "accepted by ann" in acted(ann, "resources/proposal", "reject_selected", proposal, reason="Late.")


def test_what_was_amended_is_not_accepted_from_a_list_that_does_not_show_it(ann, proposal):
    amend(proposal, proposal.content | {"title": "Something else"}, author=proposal.author)
    assert "amended" in acted(ann, "resources/proposal", "accept_selected", proposal)
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_entries_are_protected_and_removed_with_a_reason(ann, proposal):
    entry = Entry.objects.get()
    acted(ann, "resources/entry", "protect_selected", entry, reason="A quarrel.")
    assert Entry.objects.get().protection_level == "editors"
    acted(ann, "resources/entry", "unprotect_selected", entry)
    assert Entry.objects.get().protection_level == ""
    assert "Say why" in acted(ann, "resources/entry", "remove_selected", entry)
    acted(ann, "resources/entry", "remove_selected", entry, reason="Gone.")
    assert not Entry.objects.get().live


def test_people_are_blocked_and_given_roles(ann, proposal):
    cora = User.objects.get(name="cora")
    acted(ann, "accounts/user", "block_selected", cora, reason="Advertising.", days="9")
    assert User.objects.get(name="cora").is_blocked
    acted(ann, "accounts/user", "unblock_selected", cora)
    assert "Choose a role" in acted(ann, "accounts/user", "give_role_to_selected", cora, reason="Good.")
    acted(ann, "accounts/user", "give_role_to_selected", cora, reason="Good.", role="editor")
    assert role_of(User.objects.get(name="cora")) == "editor"
    me = User.objects.get(name="ann")
    assert "Another administrator" in acted(
        ann, "accounts/user", "give_role_to_selected", me, reason="X", role="reader"
    )


def test_reports_are_decided_and_banned_words_edited(ann, proposal):
    made = report(Entry.objects.get(), reporter=User.objects.get(name="cora"), reason="spam")
    acted(ann, "resources/report", "uphold_selected", made, reason="Thanks.")
    made.refresh_from_db()
    assert (made.state, made.note) == ("upheld", "Thanks.")
    ann.post("/admin/resources/bannedword/add/", {"word": "casino", "why": "spam"})
    assert BannedWord.objects.get().word == "casino"


def test_a_site_gets_a_pace_of_its_own_and_nothing_else_of_it_changes(ann, proposal):
    host = Host.objects.get(name="example.org")
    page = ann.get(f"/admin/resources/host/{host.pk}/change/")
    assert 'name="a_second"' in page.text
    ann.post(f"/admin/resources/host/{host.pk}/change/", {"at_once": "1", "a_second": "0.5", "name": "evil.example"})
    host.refresh_from_db()
    assert (host.name, host.at_once, host.a_second) == ("example.org", 1, 0.5)
    moderator = Client()
    moderator.force_login(somebody("mo", "moderator"))
    assert moderator.post(f"/admin/resources/host/{host.pk}/change/", {"at_once": "9"}).status_code == 302
    assert Host.objects.get(pk=host.pk).at_once == 1
    assert ann.post(f"/admin/resources/host/{host.pk}/delete/", {"post": "yes"}).status_code == 403


def test_links_are_only_looked_at(ann, proposal):
    link = Link.objects.get()
    assert 'name="_save"' not in ann.get(f"/admin/resources/link/{link.pk}/change/").text
    assert ann.post(f"/admin/resources/link/{link.pk}/change/", {"state": "ok"}).status_code == 403
