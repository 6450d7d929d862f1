"""Deciding through pages: works, stranger, wrong role, bad number, GET refused, twice, stale."""

import pytest

from resources.entries.content import read_content
from resources.moderation.actions import amend
from resources.moderation.deciding import claim
from resources.proposals.models import Proposal
from resources.publishing import publish
from tests.makers import a_resource, a_section
from tests.moderation.proposing import a_new_one, an_edit, fresh

pytestmark = pytest.mark.django_db

MODERATORS = ["accept", "changes", "reject", "undo", "claim", "release", "repair", "checks"]
AUTHORS = ["withdraw", "reopen"]


@pytest.mark.parametrize("act", [*MODERATORS, *AUTHORS])
def test_every_act_refuses_get_strangers_bad_numbers_and_wrong_roles(client, cora, ed, act):
    proposal = a_new_one(cora, summary="scales")
    address = f"/proposals/{proposal.pk}/{act}/"
    sent = {"version": 1, "note": "Because.", "check": "style"}
    assert client.get(address).status_code == 405
    assert client.post(address, {"version": 1})["location"] == f"/accounts/login/?next=/proposals/{proposal.pk}/"
    client.force_login(ed)
    assert client.post(f"/proposals/{proposal.pk + 999}/{act}/", sent).status_code == 404
    assert client.post(address, {}).status_code == 400
    assert client.post(address, sent).status_code in ({302} if act == "release" else {403, 409})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.version, proposal.claimed_by) == ("open", 1, None)


def test_accepting_goes_on_to_the_next_and_offers_undo(client, cora, mo):
    first, second = a_new_one(cora, "One"), a_new_one(cora, "Two")
    client.force_login(mo)
    answer = client.post(f"/proposals/{first.pk}/accept/?kind=resource", {"version": 1})
    assert answer["location"] == f"/proposals/{second.pk}/?kind=resource&decided={first.pk}"
    assert b"take this back" in client.get(answer["location"]).content
    undone = client.post(f"/proposals/{first.pk}/undo/", {"version": 1}, follow=True)
    assert b"The decision was undone" in undone.content
    first.refresh_from_db()
    assert first.state == "open"


def test_the_last_decision_leads_to_the_queue(client, cora, mo):
    proposal = a_new_one(cora)
    client.force_login(mo)
    answer = client.post(f"/proposals/{proposal.pk}/reject/", {"version": 1, "note": "No."}, follow=True)
    assert answer.redirect_chain[0][0] == f"/review/?decided={proposal.pk}"
    assert b"take this back" in answer.content


def test_a_refused_decision_keeps_the_words_and_says_why(client, cora, mo, moira):
    proposal = a_new_one(cora)
    claim(proposal, moderator=moira)
    client.force_login(mo)
    answer = client.post(f"/proposals/{proposal.pk}/reject/", {"version": 1, "note": "A long reason."})
    assert answer.status_code == 409
    assert b"moira is looking" in answer.content
    assert b"A long reason.</textarea>" in answer.content
    answer = client.post(f"/proposals/{proposal.pk}/changes/", {"version": 1, "note": " "})
    assert answer.status_code == 409


def test_twice_and_stale(client, cora, mo, moira):
    entry = a_resource(tags=["a"])
    proposal = an_edit(cora, entry, tags=["a", "b"])
    publish(read_content(entry) | {"tags": ["c"]}, entry=entry, author=moira)
    client.force_login(mo)
    address = f"/proposals/{proposal.pk}/accept/"
    assert client.post(address, {"version": 1, "seen": 1}).status_code == 409
    amend(proposal, proposal.content, author=cora)
    assert b"amended meanwhile" in client.post(address, {"version": 1, "seen": 2}).content
    assert client.post(address, {"version": 2, "seen": 2}).status_code == 302
    assert client.post(address, {"version": 2, "seen": 2}).status_code == 409


def test_claim_and_release(client, cora, mo):
    proposal = a_new_one(cora)
    client.force_login(mo)
    for act, holder in (("claim", mo), ("release", None)):
        assert client.post(f"/proposals/{proposal.pk}/{act}/?kind=resource", {"version": 1})["location"].endswith(
            "?kind=resource"
        )
        proposal.refresh_from_db()
        assert proposal.claimed_by == holder


def test_an_author_withdraws_reopens_and_mends(client, cora):
    proposal = a_new_one(cora, summary="scales pandas")
    client.force_login(cora)
    for act, state in (("withdraw", "withdrawn"), ("reopen", "open")):
        assert client.post(f"/proposals/{proposal.pk}/{act}/", {"version": 1}).status_code == 302
        proposal.refresh_from_db()
        assert proposal.state == state
        assert client.post(f"/proposals/{proposal.pk}/{act}/", {"version": 1}).status_code == 409
    client.post(f"/proposals/{proposal.pk}/repair/", {"version": 1, "check": "style"})
    proposal.refresh_from_db()
    assert (proposal.version, proposal.content["summary"]) == (2, "Scales pandas.")
    assert client.post(f"/proposals/{proposal.pk}/checks/", {"version": 2}).status_code == 302


def test_a_batch_is_decided_row_by_row(client, cora, mo):
    own = a_new_one(mo, "Own")
    proposals = [a_new_one(cora, f"New {number}") for number in range(3)]
    amend(proposals[1], proposals[1].content | {"title": "Other"}, author=cora)
    client.force_login(mo)
    picked = [f"{proposal.pk}:1:0" for proposal in [own, *proposals]]
    answer = client.post("/review/batch/", {"act": "accept", "picked": picked}, follow=True)
    assert b"2 proposals were decided" in answer.content
    assert b"amended meanwhile" in answer.content
    assert b"somebody else decides it" in answer.content
    assert Proposal.objects.filter(state="accepted").count() == 2
    answer = client.post("/review/batch/", {"act": "reject", "picked": [f"{proposals[1].pk}:2:0"]}, follow=True)
    assert b"Say why in a sentence" in answer.content
    client.post("/review/batch/", {"act": "reject", "picked": [f"{proposals[1].pk}:2:0"], "note": "No."})
    assert Proposal.objects.get(pk=proposals[1].pk).state == "rejected"


def test_a_whole_batch(client, cora, mo):
    Proposal.objects.filter(pk__in=[a_new_one(cora, f"New {n}").pk for n in range(3)]).update(batch="list-1")
    a_new_one(cora, "Apart")
    client.force_login(mo)
    client.post("/review/batch/?batch=list-1", {"act": "accept", "whole": "list-1"})
    assert Proposal.objects.filter(state="accepted").count() == 3


def test_batches_refuse_nonsense_and_strangers(client, cora, mo):
    assert client.get("/review/batch/").status_code == 405
    assert client.post("/review/batch/")["location"] == "/accounts/login/?next=/review/"
    client.force_login(cora)
    assert client.post("/review/batch/", {"act": "accept", "picked": "1:1:1"}).status_code == 403
    client.force_login(mo)
    for sent in ({}, {"act": "accept"}, {"act": "burn", "picked": "1:1:1"}, {"act": "accept", "picked": "x"}):
        assert b"Tick at least one" in client.post("/review/batch/", sent, follow=True).content
    assert client.post("/review/batch/", {"act": "accept", "picked": "999:1:1"}).status_code == 302


def typed(client, address, **changes):
    """The form as a browser would send it, with some fields typed over."""
    page = client.get(address)
    form, seen, change = page.context["form"], page.context["seen"], page.context["change"]
    data = {name: form[name].value() for name in form.fields}
    data |= {name: seen[name].value() for name in ("version", "seen")}
    data |= {name: change[name].value() for name in ("why", "significance", "base")}
    rows = form.rows
    data[f"{rows.name}-count"] = len(rows.forms)
    for row in rows.forms:
        data |= {row[name].html_name: row[name].value() for name in row.fields}
    data = {name: value for name, value in data.items() if value is not None} | {"act": "save"}
    return client.post(address, data | changes)


def test_an_author_amends_in_the_form(client, cora, ed):
    section = a_section()
    entry = a_resource(sections=(section,))
    proposal = an_edit(cora, entry, title="Mine")
    publish(read_content(entry) | {"title": "Theirs", "language": "Rust"}, entry=entry, author=ed)
    address = f"/proposals/{proposal.pk}/amend/"
    assert client.get(address).status_code == 403
    client.force_login(ed)
    assert client.get(address).status_code == 403
    client.force_login(cora)
    assert client.get("/proposals/9999/amend/").status_code == 404
    assert typed(client, address, url="nonsense").status_code == 422
    answer = typed(client, address, title="Both", why="Settled.")
    assert answer.status_code == 302, answer.content.decode()
    proposal.refresh_from_db()
    assert (proposal.version, proposal.title, proposal.base, proposal.standing) == (2, "Both", 2, "applies")
    assert (proposal.content["language"], proposal.summary) == ("Rust", "Settled.")
    stale = typed(client, address, version=1, title="Again")
    assert stale.status_code == 409
    assert b'value="Again"' in stale.content


def test_a_moderator_accepts_with_changes_in_the_form(client, cora, mo):
    proposal = a_new_one(cora)
    client.force_login(mo)
    answer = typed(client, f"/proposals/{proposal.pk}/amend/", title="Modin 2", note="A better title.")
    assert answer.status_code == 302
    proposal.refresh_from_db()
    assert proposal.revision is not None
    assert proposal.entry is not None
    assert (proposal.state, proposal.revision.author, proposal.revision.accepted_by) == ("accepted", cora, mo)
    assert fresh(proposal.entry).title == "Modin 2"
    assert client.get(f"/proposals/{proposal.pk}/amend/").status_code == 409


def test_amending_keeps_a_seat_in_a_proposed_section(client, cora, mo):
    section = a_new_one(cora, "Other")
    inside = a_new_one(cora, placements=[{"section": -section.pk}])
    client.force_login(cora)
    assert typed(client, f"/proposals/{inside.pk}/amend/", title="Modin 2").status_code == 302
    inside.refresh_from_db()
    assert [row["section"] for row in inside.content["placements"]] == [-section.pk]


def test_a_revision_that_never_was_is_no_ground_to_amend_on(client, cora, mo):
    proposal = an_edit(cora, a_resource(), summary="Scales well.")
    for person in (cora, mo):
        client.force_login(person)
        sent = {"version": 1, "seen": 999, "base": 999, "title": "RayDP", "url": "https://example.org/raydp"}
        sent |= {"summary": "Said otherwise.", "slug": "raydp", "kind": "library", "state": "active"}
        answer = client.post(f"/proposals/{proposal.pk}/amend/", sent)
        assert answer.status_code == 409
        assert b"Said otherwise." in answer.content
    proposal.refresh_from_db()
    assert (proposal.version, proposal.base, proposal.state) == (1, 1, "open")
