"""The queue, a proposal's page, one's own proposals: who sees what, and in how many queries."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.entries.content import read_content
from resources.moderation.actions import amend, propose
from resources.moderation.deciding import accept, ask_for_changes, claim, reject
from resources.proposals.models import Proposal
from resources.publishing import publish
from tests.makers import a_resource, a_section
from tests.moderation.conftest import somebody
from tests.moderation.proposing import a_new_one, a_removal, an_edit, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    caches["pages"].clear()


def test_the_queue_is_for_moderators_and_the_promise_for_everybody(client, cora, mo):
    a_new_one(cora, "Modin")
    page = client.get("/review/")
    assert page.status_code == 200
    assert b"Modin" not in page.content
    assert b"waiting now" in page.content
    client.force_login(cora)
    assert b"Modin" in client.get("/review/").content
    client.force_login(mo)
    page = client.get("/review/").content.decode()
    assert "first proposal" in page
    assert 'value="1:1:0"' in page or ":1:0" in page
    assert client.post("/review/").status_code == 405


def test_a_new_one_names_its_section_and_no_number(client, cora):
    proposal = a_new_one(cora, placements=[{"section": a_section().pk, "position": 1048576, "depth": 0}])
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert ("placements" in page.lower(), "1048576" in page) == (True, False)


def test_what_waits_is_counted_at_once(client, cora, mo):
    client.force_login(mo)
    assert client.get("/review/").context["waits"].waiting == 0
    proposal = a_new_one(cora)
    assert client.get("/review/").context["waits"].waiting == 1
    accept(proposal, moderator=mo, version=1)
    waits = client.get("/review/").context["waits"]
    assert (waits.waiting, waits.longest) == (0, None)


def test_what_waits_longest_comes_first_and_filters_narrow(client, cora, mo):
    section = a_section("Vision")
    entry = a_resource("RayDP", sections=(section,))
    first = an_edit(cora, entry, title="RayDP 2")
    second = a_new_one(somebody("cy", "contributor"), "Modin", summary="scales pandas")
    third = propose({"title": "Audio", "slug": "audio"}, author=cora, type="section", summary="New.")
    Proposal.objects.filter(pk=third.pk).update(batch="list-1")
    client.force_login(mo)

    def shown(query):
        page = client.get(f"/review/{query}")
        assert page.status_code == 200
        return [proposal.pk for proposal in page.context["page"]]

    assert shown("") == [first.pk, second.pk, third.pk]
    Proposal.objects.filter(pk=third.pk).update(waiting_since=timezone.now() - timedelta(days=2))
    assert shown("") == [third.pk, first.pk, second.pk]
    for query, found in {
        "?kind=section": [third], "?act=edit": [first], "?checks=warned": [second], "?standing=applies&author=CORA":
        [third, first], "?batch=list-1": [third], f"?section={section.pk}": [first], "?author=nobody": [],
        "?kind=nonsense&section=x": [third, first, second], "?state=rejected": [], "?page=99&kind=section": [third],
    }.items():  # fmt: skip
        assert shown(query) == [proposal.pk for proposal in found], query
    reject(second, moderator=mo, version=1, reason="No.")
    assert shown("?state=rejected") == [second.pk]
    tallies = client.get("/review/").context["tallies"]
    assert [(tally.value, tally.count) for tally in tallies["kind"]] == [("resource", 1), ("section", 1)]
    assert [(tally.value, tally.count) for tally in tallies["batch"]] == [("list-1", 1)]


def test_an_empty_queue_is_friendly(client, mo):
    client.force_login(mo)
    assert b"The queue is empty" in client.get("/review/").content
    assert b"Nothing like this waits" in client.get("/review/?kind=section").content


def test_a_proposal_is_public_and_only_those_who_may_get_buttons(client, cora, mo):
    proposal = an_edit(cora, a_resource(), summary="Spark on Ray, see https://spark.example.org/x.")
    address = proposal.get_absolute_url()
    for person, buttons in ((None, ()), (cora, ("Amend", "Withdraw")), (mo, ("Accept", "Reject", "Ask for changes"))):
        if person:
            client.force_login(person)
        page = client.get(address).content.decode()
        main = page.partition("<main")[2]
        for word in ("Amend<", "Withdraw<", "Accept <kbd", "Reject <kbd", "Ask for changes <kbd"):
            assert (word in main) == any(word.startswith(button) for button in buttons), (person, word)
        assert "https://spark.example.org/x" in page
    assert client.get("/proposals/99999/").status_code == 404
    assert client.get("/proposals/99999999999999999999999/").status_code == 404
    assert client.post(address).status_code == 405


def test_a_merged_proposal_shows_its_own_change_only(client, cora, ed):
    entry = a_resource(tags=["a"])
    proposal = an_edit(cora, entry, tags=["a", "mine"])
    publish(read_content(entry) | {"tags": ["a", "theirs"], "language": "Rust"}, entry=entry, author=ed)
    page = client.get(proposal.get_absolute_url())
    [field] = page.context["shown"].fields
    assert (field.diff.added, field.diff.removed) == (("mine",), ())
    assert page.context["shown"].seen == 2
    assert "merged with newer edits" in page.content.decode()


def test_a_contradicting_proposal_shows_both_sides_to_its_author(client, cora, ed):
    entry = a_resource()
    proposal = an_edit(cora, entry, title="Mine")
    publish(read_content(entry) | {"title": "Theirs"}, entry=entry, author=ed)
    client.force_login(cora)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "needs you" in page
    assert "contradicts" in page
    page = client.get(f"{proposal.get_absolute_url()}amend/").content.decode()
    assert "What others changed in the same place" in page
    assert "Theirs" in page
    assert 'value="Mine"' in page


def test_every_kind_and_state_has_a_page(client, cora, mo, moira):
    entry = a_resource()
    proposals = [
        a_new_one(cora),
        a_removal(cora, entry),
        an_edit(cora, entry, title="New"),
        a_new_one(cora, "Bad", url="x"),
    ]
    section = propose(
        {"title": "Audio", "slug": "audio", "introduction": "# Hm\n\n[x](https://a.example.org)"},
        author=cora,
        type="section",
    )
    seated = a_new_one(cora, "Seated", placements=[{"section": -section.pk}])
    for person in (None, cora, mo):
        if person:
            client.force_login(person)
        for proposal in [*proposals, section, seated]:
            assert client.get(f"{proposal.get_absolute_url()}?view=split").status_code == 200
    assert b"Audio" in client.get(seated.get_absolute_url()).content
    accept(proposals[0], moderator=mo, version=1)
    ask_for_changes(proposals[1], moderator=mo, version=1, note="Which one?")
    reject(proposals[3], moderator=moira, version=1, reason="That is no link.")
    claim(proposals[2], moderator=moira)
    for proposal in proposals:
        page = client.get(proposal.get_absolute_url()).content.decode()
        proposal.refresh_from_db()
        assert (proposal.note or proposal.title) in page
    assert client.get("/proposals/").status_code == 200


def test_what_was_amended_since_a_moderator_looked(client, cora, mo):
    proposal = a_new_one(cora)
    ask_for_changes(proposal, moderator=mo, version=1, note="Say more.")
    amend(proposal, proposal.content | {"summary": "Scales pandas over clusters."}, author=cora)
    client.force_login(mo)
    page = client.get(proposal.get_absolute_url())
    assert [field.diff.name for field in page.context["amended"]] == ["summary"]
    assert client.get(f"{proposal.get_absolute_url()}?since=77").status_code == 200


def test_what_others_published_meanwhile_is_not_shown_as_amended(client, cora, ed, mo):
    entry = a_resource()
    proposal = an_edit(cora, entry, summary="Heals clusters.")
    ask_for_changes(proposal, moderator=mo, version=1, note="Which ones?")
    entry = fresh(entry)
    publish(read_content(entry) | {"tags": ["operator"]}, entry=entry, author=ed, summary="Tag it.")
    entry = fresh(entry)
    content = read_content(entry) | {"summary": "Heals big clusters."}
    amend(proposal, content, author=cora, base=entry.revision_number)
    client.force_login(mo)
    page = client.get(proposal.get_absolute_url())
    assert [field.diff.name for field in page.context["amended"]] == ["summary"]


def test_ones_own_proposals_need_a_sign_in_and_show_what_became_of_them(client, cora, mo):
    reject(a_new_one(cora), moderator=mo, version=1, reason="Not about Ray.")
    assert client.get("/proposals/").status_code == 302
    client.force_login(cora)
    assert b"Not about Ray." in client.get("/proposals/").content
    client.force_login(mo)
    assert b"Modin" not in client.get("/proposals/").content


def test_entry_pages_say_what_is_under_review(client, cora):
    entry = a_resource()
    assert b"under review" not in client.get(entry.get_absolute_url()).content
    an_edit(cora, entry, title="New")
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "1 proposal under review, decided as soon as" in " ".join(page.split())


def test_the_bar_counts_for_moderators(client, cora, mo):
    a_new_one(cora)
    client.force_login(mo)
    assert b"to review" in client.get("/tags/").content
    client.force_login(cora)
    assert b"to review" not in client.get("/tags/").content


def test_pages_cost_the_same_for_ten_proposals_and_a_thousand(client, cora, mo):
    entry = a_resource()
    first = an_edit(cora, entry, title="New")

    def costs():
        counts = []
        for person, address in ((mo, "/review/"), (mo, "/review/?kind=resource"), (cora, "/proposals/"),
                                (mo, first.get_absolute_url()), (cora, "/review/"), (cora, entry.get_absolute_url())):  # fmt: skip
            client.force_login(person)
            client.get(address)
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    def fill(numbers):
        fields = {"type": "resource", "act": "create", "author": cora}
        Proposal.objects.bulk_create(
            Proposal(title=f"New {number}", content={"title": f"New {number}"}, batch=f"b{number % 30}", **fields)
            for number in numbers
        )

    fill(range(60))
    few = costs()
    fill(range(60, 1000))
    assert costs() == few
    assert few[0] <= 20
    assert few[3] <= 32, few
