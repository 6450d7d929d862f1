"""Changes that programs send: published or proposed as from the forms, merged or refused with both sides."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from resources.entries.content import read_content
from resources.entries.models import Entry, Resource
from resources.history.models import Revision
from resources.moderation.deciding import reject
from resources.moderation.protecting import protect
from resources.notices.models import Watch
from resources.proposals.models import Proposal
from resources.publishing import publish, remove
from tests.api.asking import a_secret, ask, said
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

NEW: dict[str, Any] = {
    "act": "create",
    "type": "resource",
    "content": {"title": "RayDP", "url": "https://example.org/raydp"},
}


def edit(base: int = 1, **content: Any) -> dict[str, Any]:
    return {"act": "edit", "type": "resource", "slug": "raydp", "base": base, "content": content}


def send(secret: str, body: Any, **headers: str) -> Any:
    return ask("/proposals/", method="POST", secret=secret, body=body, **headers)


@pytest.fixture
def cora() -> User:
    return a_person("cora", role="contributor")


@pytest.fixture
def ed() -> User:
    return a_person("ed", role="editor")


@pytest.fixture
def entry() -> Resource:
    return a_resource("RayDP", libraries=["data"])


def test_a_contributor_proposes_a_new_entry(cora):
    answer = send(a_secret(cora), NEW | {"summary": "It is missing."})
    sent = said(answer, 201)
    assert (sent["outcome"], sent["proposal"]["state"], sent["proposal"]["title"]) == ("proposed", "open", "RayDP")
    assert answer.headers["Location"] == sent["location"]
    found = said(ask(sent["location"].removeprefix("/api/v1")))
    assert found["content"]["slug"] == "raydp"
    assert {"name", "state", "detail"} == found["checks"][0].keys()
    assert (found["summary"], found["author"]["name"], found["conflicts"]) == ("It is missing.", "cora", [])
    assert not Entry.objects.exists()


def test_an_editor_publishes_at_once(ed):
    section = a_section("Libraries")
    body = NEW | {"content": NEW["content"] | {"tags": ["spark"], "placements": [{"section": section.pk}]}}
    sent = said(send(a_secret(ed), body), 201)
    assert (sent["outcome"], sent["revision"]["number"], sent["location"]) == (
        "published",
        1,
        "/api/v1/resources/raydp/",
    )
    found = Resource.objects.get(slug="raydp")
    assert (found.tag_names, found.placements.get().section_id) == (["spark"], section.pk)
    assert found.revisions.get().author == ed


@pytest.mark.parametrize(("scopes", "ask_review"), [(("read", "propose"), False), (("propose", "publish"), True)])
def test_an_editor_proposes_where_the_token_or_they_want_it(ed, scopes, ask_review):
    assert said(send(a_secret(ed, *scopes), NEW | {"ask_review": ask_review}), 201)["outcome"] == "proposed"


def test_a_scope_gives_no_more_than_its_owner_may(cora, entry):
    protect(entry, by=a_person("mo", role="moderator"), level="editors", reason="Spam.", until=None)
    refused = said(send(a_secret(cora), edit(summary="Better.")), 403)
    assert "Spam" in refused["detail"]
    said(send(a_secret(a_person("rea")), NEW), 403)
    User.objects.filter(pk=cora.pk).update(blocked_until=timezone.now() + timedelta(days=1), blocked_reason="Spam.")
    said(send(a_secret(cora), NEW), 403)


def test_an_edit_changes_what_is_named_and_nothing_else(ed, entry):
    sent = said(send(a_secret(ed), edit(summary="Better.") | {"summary": "Clearer", "significance": "typo"}), 201)
    revision = Revision.objects.get(entry=entry.pk, number=2)
    assert (sent["revision"]["number"], sent["revision"]["summary"], revision.significance) == (2, "Clearer", "typo")
    assert revision.content == read_content(entry) | {"summary": "Better."}


def test_edits_of_different_places_are_merged_and_the_same_is_unchanged(ed, entry):
    secret = a_secret(ed)
    said(send(secret, edit(summary="Better.")), 201)
    sent = said(send(secret, edit(tags=["spark"])), 201)
    assert (sent["revision"]["number"], sent["revision"]["act"]) == (3, "merged")
    again = said(send(secret, edit(base=3, summary="Better.")))
    assert (again["outcome"], again["revision"]["number"]) == ("unchanged", 3)


@pytest.mark.parametrize("scopes", [("propose",), ("propose", "publish")])
def test_a_conflict_answers_with_both_sides(ed, entry, scopes):
    publish(read_content(entry) | {"summary": "Theirs.", "tags": ["x"]}, entry=entry, author=a_person(), base=1)
    refused = said(send(a_secret(ed, *scopes), edit(summary="Mine.", year=2021)), 409)
    assert refused["conflicts"] == [
        {
            "field": "summary", "row": "", "column": "", "base": "RayDP in one sentence.", "mine": "Mine.",
            "theirs": "Theirs.", "suggestion": None,
        }
    ]  # fmt: skip
    assert refused["live"] == 2
    assert (refused["merged"]["summary"], refused["merged"]["tags"], refused["merged"]["year"]) == (
        "Mine.",
        ["x"],
        2021,
    )
    assert Entry.objects.get().revision_number == 2
    assert not Proposal.objects.exists()
    settled = {name: refused["merged"][name] for name in ("summary", "year")}
    said(send(a_secret(ed, *scopes), edit(base=refused["live"], **settled)), 201)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"content": {"titel": "A"}}, "content.titel"),
        ({"content": {"html": "<b>"}}, "content.html"),
        ({"content": {"revision_number": 9}}, "content.revision_number"),
        ({"content": {"url": "javascript:alert(1)"}}, "content.url"),
        ({"content": {"kind": "nonsense"}}, "content.kind"),
        ({"content": {"year": "2020"}}, "content.year"),
        ({"content": {"year": 10**20}}, "content.year"),
        ({"content": {"slug": "a b"}}, "content.slug"),
        ({"content": {"slug": "new"}}, "content.slug"),
        ({"content": {"title": ""}}, "content.title"),
        ({"content": {"title": "x" * 301}}, "content.title"),
        ({"content": {"tags": "spark"}}, "content.tags"),
        ({"content": {"libraries": ["nonsense"]}}, "content.libraries.0"),
        ({"content": {"placements": [{"section": 999999}]}}, "content.placements"),
        ({"content": {"placements": [{"section": -1}]}}, "content.placements"),
        ({"content": {"placements": [{"section": 0}]}}, "content.placements"),
        ({"content": {"placements": [{"section": False}]}}, "content.placements.0.section"),
        ({"base": "1"}, "base"),
        ({"content": {"placements": [{"position": 1}]}}, "content.placements.0.section"),
        ({"base": 0}, "base"),
        ({"base": None}, "base"),
        ({"slug": "a/b"}, "slug"),
        ({"content": None}, "content"),
    ],
)
def test_what_is_wrong_is_named(ed, entry, body: dict[str, Any], field):
    refused = said(send(a_secret(ed), edit() | body), 422)
    assert field in [one["field"] for one in refused["errors"]]
    assert Entry.objects.get(pk=entry.pk).revision_number == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        (b"\xff\xfe", 400),
        ("[" * 10_000, 400),
        ("[]", 422),
        ('"text"', 422),
        ("{}", 422),
        ('{"act": "create", "type": "resource", "content": {"title": NaN}}', 400),
        ('{"a":' * 30 + "1" + "}" * 30, 400),
        ('{"act": "edit", "a": "\\u0000"}', 422),
        ('{"act": "edit", "a": "\\ud800"}', 422),
        ('{"act": "create", "type": "odd"}', 422),
    ],
)
def test_bodies_that_are_none_are_refused(ed, body, status):
    said(send(a_secret(ed), body), status)


def test_a_body_that_is_too_long_or_no_json_is_refused(ed, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    said(send(a_secret(ed), NEW | {"summary": "x" * 1000}), 413)
    said(send(a_secret(ed), "title=A", Content_Type="application/x-www-form-urlencoded"), 415)


def test_what_nobody_may_set_is_ignored(cora):
    mo = a_person("mo", role="moderator")
    extra = {
        "author": mo.pk,
        "role": "administrator",
        "state": "accepted",
        "created_at": "2000-01-01",
        "is_staff": True,
    }
    sent = said(send(a_secret(cora), NEW | extra), 201)
    assert (sent["proposal"]["author"]["name"], sent["proposal"]["state"]) == ("cora", "open")
    assert Proposal.objects.get().created_at.year > 2000
    assert not User.objects.get(name="cora").is_staff


def test_writing_needs_a_token_with_the_scope_and_no_cookie_will_do(ed, entry):
    client = Client()
    client.force_login(ed)
    assert client.post("/api/v1/proposals/", NEW, content_type="application/json").status_code == 401
    refused = send(a_secret(ed, "read"), NEW)
    assert "propose" in said(refused, 403)["detail"]
    assert 'scope="propose"' in refused.headers["WWW-Authenticate"]
    assert Entry.objects.count() == 1


def test_removals_go_the_same_way(ed, cora, entry):
    body: dict[str, Any] = {"act": "remove", "type": "resource", "slug": "raydp", "base": 1, "summary": "It is gone."}
    assert said(send(a_secret(cora), body), 201)["proposal"]["act"] == "remove"
    said(send(a_secret(ed), body | {"base": 7}), 409)
    said(send(a_secret(ed), {name: value for name, value in body.items() if name != "summary"}), 422)
    assert said(send(a_secret(ed), body), 201)["revision"]["act"] == "removed"
    said(send(a_secret(ed), body), 410)
    said(send(a_secret(ed), edit(summary="Late.")), 410)


def test_entries_are_found_at_the_addresses_that_they_once_had(ed, entry):
    publish(read_content(entry) | {"slug": "other"}, entry=entry, author=a_person(), base=1)
    assert said(send(a_secret(ed), edit(base=2, summary="Better.")), 201)["location"] == "/api/v1/resources/other/"
    said(send(a_secret(ed), edit() | {"slug": "none"}), 404)


@pytest.mark.parametrize(("base", "status"), [(2, 409), (2**31 - 1, 409), (2**31, 422)])
def test_a_base_that_never_was_is_refused(ed, entry, base, status):
    said(send(a_secret(ed), edit(base=base, summary="Better.")), status)


def test_an_address_that_is_taken_is_refused(ed, entry):
    body = NEW | {"content": NEW["content"] | {"slug": "other"}}
    said(send(a_secret(ed), body), 409)
    free = NEW | {"content": NEW["content"] | {"url": "https://example.org/else"}}
    assert said(send(a_secret(ed), free), 201)["location"] == "/api/v1/resources/raydp-2/"


def test_every_kind_can_be_made_and_edited(ed):
    secret = a_secret(ed)
    made = {
        "section": a_section("Libraries"),
        "wikipage": a_guide("Ray Core"),
        "casestudy": a_case_study("Uber", claims=(a_claim("c1"),)),
        "comparison": a_comparison("Engines", cells={"ray/cost": "Low."}),
    }
    for type_, old in made.items():
        content = read_content(old) | {"slug": f"other-{type_}", "title": f"Other {type_}"}
        assert said(send(secret, {"act": "create", "type": type_, "content": content}), 201)["outcome"] == "published"
        body = {"act": "edit", "type": type_, "slug": old.slug, "base": 1, "content": {"tags": ["one"]}}
        assert said(send(secret, body), 201)["revision"]["number"] == 2


def test_a_key_makes_a_creation_happen_once(cora):
    secret = a_secret(cora)
    first = said(send(secret, NEW, Idempotency_Key="a1"), 201)
    assert said(send(secret, NEW, Idempotency_Key="a1"), 201) == first
    assert Proposal.objects.count() == 1
    said(send(secret, NEW | {"summary": "Else."}, Idempotency_Key="a1"), 422)
    said(send(secret, NEW, Idempotency_Key="a b"), 422)
    said(send(a_secret(a_person("bo", role="contributor")), NEW, Idempotency_Key="a1"), 201)
    said(send(secret, {"act": "edit"}, Idempotency_Key="a2"), 422)
    said(send(secret, NEW, Idempotency_Key="a2"), 201)


def test_ones_own_proposals_are_listed(cora):
    secret = a_secret(cora)
    for number in range(3):
        said(send(secret, NEW | {"content": NEW["content"] | {"title": f"R{number}"}}), 201)
    said(send(a_secret(a_person("bo", role="contributor")), NEW), 201)
    page = said(ask("/proposals/?limit=2", secret=secret))
    assert [one["title"] for one in page["items"]] == ["R2", "R1"]
    rest = said(ask(page["next"].partition("/api/v1")[2], secret=secret))
    assert [one["title"] for one in rest["items"]] == ["R0"]
    assert not said(ask("/proposals/?state=accepted", secret=secret))["items"]
    said(ask("/proposals/"), 401)
    said(ask("/proposals/", secret=a_secret(cora, "propose")), 403)


def test_a_proposal_is_amended_by_its_author_alone(cora, entry):
    secret = a_secret(cora, "propose")
    number = said(send(secret, edit(summary="Mine.")), 201)["proposal"]["number"]
    body: dict[str, Any] = {"version": 1, "content": {"year": 2021}, "summary": "With the year"}
    found = said(ask(f"/proposals/{number}/", method="PATCH", secret=secret, body=body))
    assert (found["version"], found["content"]["year"], found["content"]["summary"]) == (2, 2021, "Mine.")
    said(ask(f"/proposals/{number}/", method="PATCH", secret=secret, body=body), 409)
    other = a_secret(a_person("bo", role="contributor"))
    said(ask(f"/proposals/{number}/", method="PATCH", secret=other, body=body | {"version": 2}), 403)
    wrong = ask(f"/proposals/{number}/", method="PATCH", secret=secret, body={"version": 2, "content": {"body": ""}})
    assert said(wrong, 422)["errors"][0]["field"] == "content.body"
    said(ask("/proposals/999999/", method="PATCH", secret=secret, body=body), 404)
    said(ask(f"/proposals/{number}/", method="PATCH", body=body), 401)


def test_a_proposal_that_contradicts_what_is_live_shows_both_sides_and_is_settled(cora, entry):
    secret = a_secret(cora)
    number = said(send(secret, edit(summary="Mine.")), 201)["proposal"]["number"]
    publish(read_content(entry) | {"summary": "Theirs."}, entry=entry, author=a_person(), base=1)
    found = said(ask(f"/proposals/{number}/"))
    assert (found["standing"], found["live"], found["conflicts"][0]["theirs"]) == ("needs_you", 2, "Theirs.")
    path = f"/proposals/{number}/"
    body: dict[str, Any] = {"version": 1, "content": {"summary": "Mine, again."}}
    assert said(ask(path, method="PATCH", secret=secret, body=body), 409)["conflicts"]
    settled = said(ask(path, method="PATCH", secret=secret, body=body | {"base": 2}))
    assert (settled["standing"], settled["base"], settled["conflicts"]) == ("applies", 2, [])


def test_what_became_of_a_proposal_is_seen_by_asking_again(cora, entry):
    number = said(send(a_secret(cora), edit(summary="Mine.")), 201)["proposal"]["number"]
    first = ask(f"/proposals/{number}/")
    assert ask(f"/proposals/{number}/", If_None_Match=first.headers["ETag"]).status_code == 304
    reject(Proposal.objects.get(), moderator=a_person("mo", role="moderator"), version=1, reason="Not so.")
    found = said(ask(f"/proposals/{number}/", If_None_Match=first.headers["ETag"]))
    assert (found["state"], found["note"], found["decided_by"]["name"]) == ("rejected", "Not so.", "mo")


def test_a_proposal_is_withdrawn_once(cora, entry):
    secret = a_secret(cora)
    number = said(send(secret, edit(summary="Mine.")), 201)["proposal"]["number"]
    path = f"/proposals/{number}/withdraw/"
    said(ask(path, method="POST", secret=a_secret(a_person("bo", role="contributor"))), 403)
    assert said(ask(path, method="POST", secret=secret))["state"] == "withdrawn"
    said(ask(path, method="POST", secret=secret), 409)
    said(ask(path, secret=secret), 405)


def test_an_entry_is_watched_and_no_more(cora, entry):
    secret = a_secret(cora, "propose")
    for _time in range(2):
        assert ask("/resources/raydp/watch/", method="PUT", secret=secret).status_code == 204
    assert Watch.objects.filter(person=cora).count() == 1
    for _time in range(2):
        assert ask("/resources/raydp/watch/", method="DELETE", secret=secret).status_code == 204
    assert not Watch.objects.filter(person=cora).exists()
    said(ask("/resources/none/watch/", method="PUT", secret=secret), 404)
    said(ask("/resources/raydp/watch/", method="PUT", secret=a_secret(cora, "read")), 403)
    said(ask("/resources/raydp/watch/", method="PUT"), 401)
    remove(entry, author=a_person(), reason="Spam.")
    said(ask("/resources/raydp/watch/", method="PUT", secret=secret), 410)


def test_a_token_tells_whose_it_is(cora):
    found = said(ask("/me/", secret=a_secret(cora, "read")))
    assert (found["person"]["name"], found["role"], found["scopes"], found["token"]) == (
        "cora", "contributor", ["read"], "script",
    )  # fmt: skip
    said(ask("/me/"), 401)


def test_as_often_as_from_the_forms_and_no_more(cora, settings):
    settings.RATE_LIMITS = True
    secret = a_secret(cora)
    for number in range(10):
        said(send(secret, NEW | {"content": NEW["content"] | {"title": f"R{number}"}}), 201)
    refused = send(secret, NEW)
    assert said(refused, 429)["detail"]
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
