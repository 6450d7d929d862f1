"""One claim: its place on the page, its small page, and what giving a source, verifying and disputing do."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.entries.claims import unsourced_claims
from resources.entries.content import read_content
from resources.entries.knowledge import CaseStudy
from resources.entries.row_checking import claim_errors
from resources.moderation.deciding import accept
from resources.proposals.models import Proposal
from resources.publishing import publish, restore
from tests.editing.cast import signed_in
from tests.editing.forms import fields_in
from tests.makers import a_case_study, a_claim, a_person

pytestmark = pytest.mark.django_db

PAGE = "/case-studies/uber/claims/c1/"
BLANK = dict.fromkeys(("figure", "unit", "source", "published", "quote"), "") | {
    "key": "c1", "statement": "It computes.", "state": "unverified",
}  # fmt: skip


@pytest.fixture
def study():
    sourced = a_claim("c2", position=20, source="https://example.org/2", figure="40", unit="times", published="2024-05")
    return a_case_study(claims=(a_claim(), sourced))


@pytest.fixture
def ed():
    return signed_in("editor")


def claim_of(key: str = "c1"):
    return CaseStudy.objects.get().claims.get(key=key)


def form_of(client: Client, address: str = PAGE) -> dict[str, str]:
    page = client.get(address).content.decode().replace('class="block panel', 'class="desk')
    fields = fields_in(page)
    return {name: str(value) for name, value in fields.items() if isinstance(value, str)}


def send(client: Client, address: str = PAGE, **typed: str):
    return client.post(address, form_of(client, address) | typed)


def test_readers_see_what_is_claimed_where_it_comes_from_and_who_checked_it(study, client):
    send(signed_in("editor", "vera"), "/case-studies/uber/claims/c2/?act=verify", quote="It was forty times as fast.")
    page = client.get("/case-studies/uber/").content.decode()
    assert 'id="claim-c1"' in page
    assert "no source" in page
    assert 'href="/case-studies/uber/claims/c1/?act=source"' in page
    assert "<strong>40</strong> times" in page
    assert 'href="https://example.org/2" rel="nofollow ugc noopener">example.org' in page
    assert "May 2024" in page
    assert "by vera on" in page
    assert "It was forty times as fast." in page
    assert "1 of 2 verified" in page
    assert "?act=dispute" not in page  # not for those who may not edit
    assert claim_of("c2").checked_by.name == "vera"


def test_a_source_goes_live_at_once_for_an_editor(study, ed):
    answer = send(ed, source="https://Example.org/1", published="2025", why="Their own post.")
    assert answer["Location"] == "/case-studies/uber/#claim-c1"
    assert claim_of().source == "https://example.org/1"
    assert claim_of().checked_by is None
    revision = CaseStudy.objects.get().revisions.get(number=2)
    assert revision.summary == "Give a source for “Claim c1.”: Their own post."
    history = ed.get(PAGE).content.decode()
    assert "Give a source for" in history
    assert history.count("Revision ") == 2


def test_a_contributor_proposes_and_the_one_who_verified_is_the_one_who_looked(study):
    cora = signed_in("contributor", "cora")
    answer = send(cora, "/case-studies/uber/claims/c2/?act=verify")
    proposal = Proposal.objects.get()
    assert answer["Location"] == proposal.get_absolute_url()
    assert claim_of("c2").state == "unverified"
    assert "1 proposal under review" in Client().get("/case-studies/uber/").content.decode()
    page = signed_in("moderator", "mo").get(proposal.get_absolute_url()).content.decode()
    assert "verified" in page
    assert "Claim c2." in page
    accept(proposal, moderator=a_person("mo"), version=1, seen=1)
    assert (claim_of("c2").state, claim_of("c2").checked_by.name) == ("verified", "cora")


def test_a_dispute_needs_its_reason_and_shows_it(study, ed):
    answer = send(ed, "/case-studies/uber/claims/c2/?act=dispute", quote="Nothing of it.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say what is wrong with it" in page
    assert "Nothing of it." in page  # what was typed comes back
    send(ed, "/case-studies/uber/claims/c2/?act=dispute", why="The post says 4.")
    assert claim_of("c2").state == "disputed"
    assert "Dispute “Claim c2.”: The post says 4." in Client().get("/case-studies/uber/").content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"source": "javascript:alert(1)"}, "http"),
        ({"source": "https://example.org/1", "quote": "word " * 26}, "25 words"),
        ({"source": "https://example.org/1", "published": "May 2026"}, "2026-05"),
        ({"state": "verified"}, "without a source"),
        ({"state": "true"}, "Choose one of the three"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(study, ed, typed, says):
    answer = send(ed, **typed)
    assert answer.status_code == 422
    name = next(iter(typed)) if len(typed) == 1 else list(typed)[1]
    assert f'id="id_{name}_error"' in answer.content.decode()
    assert says in answer.content.decode()
    assert CaseStudy.objects.get().revision_number == 1


def test_a_claim_that_changed_meanwhile_is_shown_again_with_what_was_typed(study, ed):
    fields = form_of(ed)
    send(signed_in("editor", "vera"), source="https://example.org/theirs")
    answer = ed.post(PAGE, fields | {"source": "https://example.org/mine"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody changed this claim" in page
    assert "https://example.org/theirs" in page
    assert 'value="https://example.org/mine"' in page
    again = fields_in(page.replace('class="block panel', 'class="desk'))
    assert ed.post(PAGE, again | {"csrfmiddlewaretoken": ""}).status_code == 302
    assert claim_of().source == "https://example.org/mine"


def test_two_claims_by_two_people_at_once_are_both_live(study, ed):
    fields = form_of(ed)
    send(signed_in("editor", "vera"), "/case-studies/uber/claims/c2/", state="verified")
    ed.post(PAGE, fields | {"source": "https://example.org/1"})
    assert (claim_of().source, claim_of("c2").state) == ("https://example.org/1", "verified")


def test_sent_twice_counts_once(study):
    cora = signed_in("contributor")
    fields = form_of(cora) | {"source": "https://example.org/1"}
    assert [cora.post(PAGE, fields).status_code for _turn in range(2)] == [302, 422]
    assert Proposal.objects.count() == 1


def test_who_may_not_is_told_how_and_keeps_what_was_typed(study, client):
    page = client.get(f"{PAGE}?act=source").content.decode()
    assert "Sign in and go on" in page
    assert "<textarea" not in page
    answer = client.post(PAGE, {"base": 1, "source": "https://example.org/kept", "state": "unverified"})
    assert answer.status_code == 403
    client.force_login(a_person("cora", role="contributor"))
    assert "https://example.org/kept" in client.get(PAGE).content.decode()
    reader = signed_in("reader")
    assert reader.post(PAGE, {"base": 1}).status_code == 403
    assert "You cannot change this page now" in reader.get(PAGE).content.decode()


@pytest.mark.parametrize("address", ["/case-studies/uber/claims/none/", "/case-studies/nobody/claims/c1/"])
def test_there_is_no_such_claim(study, ed, address):
    assert ed.get(address).status_code == 404
    assert ed.post(address, {"base": 1}).status_code == 404


def test_a_base_that_does_not_exist_is_looked_at_again(study, ed):
    fields = form_of(ed) | {"source": "https://example.org/1"}
    assert ed.post(PAGE, fields | {"base": "99"}).status_code == 409
    assert ed.post(PAGE, fields | {"base": "x"}).status_code == 409


def test_a_restore_brings_a_judgement_back(study, ed):
    send(ed, "/case-studies/uber/claims/c2/", state="verified")
    restore(CaseStudy.objects.get(), number=1, author=a_person("mo"))
    assert (claim_of("c2").state, claim_of("c2").checked_by) == ("unverified", None)


def test_what_became_of_a_claim_outlives_its_place(study, ed):
    content = read_content(study)
    one, two = content["claims"]
    publish(content | {"claims": [one | {"position": 30}, two]}, entry=study, author=a_person(), summary="Moved.")
    page = ed.get(PAGE).content.decode()
    assert "Moved." not in page
    assert page.count("Revision ") == 1


def test_claims_are_listed_as_work_the_most_needed_first(study, client):
    rows = [
        a_claim("old", source="https://example.org/3", published="2019-02", state="verified"),
        a_claim("fine", source="https://example.org/4", published="2099", state="verified"),
        a_claim("doubted", source="https://example.org/5", state="disputed"),
    ]
    a_case_study("Ant", claims=tuple(row | {"position": place} for place, row in enumerate(rows)))
    page = client.get("/case-studies/claims/").content.decode()
    places = [page.index(f"Claim {key}.") for key in ("c1", "c2", "doubted", "old")]
    assert places == sorted(places)
    assert "Claim fine." not in page
    assert unsourced_claims().count() == 1
    for need, key in {"source": "c1", "check": "c2", "decision": "doubted", "fresh": "old", "nothing": "fine"}.items():
        found = client.get(f"/case-studies/claims/?need={need}").content.decode()
        assert [one for one in ("c1", "c2", "doubted", "old", "fine") if f"Claim {one}." in found] == [key]
    narrowed = client.get("/case-studies/claims/?organisation=Ant&need=x").content.decode()
    assert "Claim c1." not in narrowed
    assert "Claim doubted." in narrowed
    assert "There is no such claim" in client.get("/case-studies/claims/?organisation=Nobody").content.decode()


def test_a_disputed_claim_without_a_source_is_found_under_both_and_counted_once(client):
    a_case_study("Ant", claims=(a_claim("c1", state="disputed"),))
    page = client.get("/case-studies/claims/").content.decode()
    assert [int(number) for number in re.findall(r'<span class="count">([0-9]+)</span>', page)[-6:]] == [
        1,
        1,
        0,
        1,
        0,
        0,
    ]
    for need in ("source", "decision"):
        assert "Claim c1." in client.get(f"/case-studies/claims/?need={need}").content.decode()


def test_nothing_to_do_is_said(client):
    assert "No claim needs help" in client.get("/case-studies/claims/").content.decode()


def test_a_page_costs_few_queries_however_many_claims(client):
    claims = [a_claim(f"c{number}", source="https://example.org/", state="disputed") for number in range(60)]
    a_case_study(claims=tuple(claims), tags=["a", "b"], libraries=["core"], body="## One\n\nText.")
    a_case_study("Ant", libraries=["core"])
    client.get("/case-studies/uber/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/case-studies/uber/")
    assert len(queries) <= 9, [query["sql"][:150] for query in queries]


def test_who_rewords_a_verified_claim_vouches_for_it(study):
    send(signed_in("editor", "vera"), "/case-studies/uber/claims/c2/?act=verify")
    entry = CaseStudy.objects.get()
    content = read_content(entry)
    rows = [row | {"figure": "400"} if row["key"] == "c2" else row for row in content["claims"]]
    publish(content | {"claims": rows}, entry=entry, author=a_person("mallory", role="editor"))
    assert (claim_of("c2").state, claim_of("c2").checked_by.name) == ("verified", "mallory")
    entry = CaseStudy.objects.get()
    rows = [row | {"position": 5, "published": "2026"} if row["key"] == "c2" else row for row in rows]
    publish(content | {"claims": rows}, entry=entry, author=a_person("tidy", role="editor"))
    assert claim_of("c2").checked_by.name == "mallory"


@pytest.mark.parametrize("between", [" ", "\u2003", "\u3164", "\u200b", "\u2800", "\n", "\u00ad"])
def test_a_quotation_of_26_words_is_too_long_whatever_stands_between_them(between):
    assert "quote" in claim_errors(BLANK | {"quote": between.join(["word"] * 26)})
    assert "quote" not in claim_errors(BLANK | {"quote": between.join(["word"] * 25)})
    assert "quote" in claim_errors(BLANK | {"quote": "語" * 301})
