"""Who is signed out while writing finds what they typed after the sign-in, and sends it again."""

import pytest

from resources.history.models import Event
from resources.moderation.models import Report
from resources.proposals.models import Proposal
from tests.makers import a_person, a_resource
from tests.moderation.conftest import somebody
from tests.moderation.proposing import a_new_one

pytestmark = pytest.mark.django_db

UNSENT = "/accounts/unsent/"


def as_waited(client, person):
    """The form that waits, as its page sends it, after the sign-in."""
    client.force_login(person)
    page = client.get(UNSENT)
    assert page.status_code == 200
    return page.context["target"], dict(page.context["fields"]), page.content.decode()


def test_a_reason_to_reject_waits_and_is_sent_once(client):
    mo, proposal = somebody("mo", "moderator"), a_new_one(somebody("cora", "contributor"))
    words = "It is a list of links <b>alone</b>."
    answer = client.post(f"/proposals/{proposal.pk}/reject/", {"version": 1, "note": words})
    assert answer.url == f"/accounts/login/?next={UNSENT}"
    target, fields, page = as_waited(client, mo)
    assert (fields["note"], "<b>alone" in page) == (words, False)
    client.post(target, fields)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.note) == (Proposal.State.REJECTED, words)
    assert client.get(UNSENT).status_code == 404


def test_a_report_a_block_and_an_appeal_wait(client):
    mo, cora, entry = somebody("mo", "moderator"), somebody("cora", "contributor"), a_resource()
    for person, path, form in (
        (cora, f"/report/?entry={entry.pk}", {"reason": "wrong", "words": "It moved."}),
        (cora, "/people/cora/trust/", {"act": "appeal", "words": "Look again."}),
        (cora, "/accounts/", {"display_name": "Cora", "bio": "I write about Ray.", "links": ""}),
        (mo, "/people/cora/block/", {"lasting": "1", "reason": "Spam, again."}),
    ):
        client.logout()
        assert client.post(path, form).url == f"/accounts/login/?next={UNSENT}"
        target, fields, _page = as_waited(client, person)
        assert target == path
        assert client.post(target, fields).status_code == 302
    cora.refresh_from_db()
    assert (Report.objects.get().words, cora.bio) == ("It moved.", "I write about Ray.")
    assert Event.objects.get(act="blocked").why == "Spam, again."


def test_a_button_alone_leads_back_to_its_page(client):
    proposal = a_new_one(somebody("cora", "contributor"))
    answer = client.post(f"/proposals/{proposal.pk}/claim/", {"version": 1})
    assert answer.url == f"/accounts/login/?next={proposal.get_absolute_url()}"
    assert "unsent_form" not in client.session


def test_a_button_without_a_page_of_its_own_waits(client):
    entry = a_resource()
    client.post(f"{entry.get_absolute_url()}unprotect/")
    target, fields, _page = as_waited(client, somebody("mo", "moderator"))
    assert (target, fields) == (f"{entry.get_absolute_url()}unprotect/", {})


def test_a_page_leads_back_to_itself_and_nothing_is_kept(client):
    a_person("cora")
    assert client.get("/people/cora/block/").url == "/accounts/login/?next=/people/cora/block/"
    client.force_login(a_person("reader"))
    assert client.get(UNSENT).status_code == 404


def test_the_page_of_a_stranger_a_post_and_what_is_too_long(client):
    assert client.get(UNSENT).status_code == 302
    assert client.post("/report/", {"words": "x" * 60_000}).url == "/accounts/login/?next=/"
    assert "unsent_form" not in client.session
    client.force_login(a_person("reader"))
    assert client.post(UNSENT).status_code == 405
