"""Other addresses in place of a link's are asked when due, and proposed when the answers agree."""

import json
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from resources.fetching.visits import Asked, Cause, Verdict, Visit
from resources.links.asking import ask_now
from resources.links.models import Link, Project
from resources.links.recording import record
from resources.proposals.models import Proposal
from resources.repairs.deciding import accept_repair
from resources.repairs.models import Repair, Trial
from resources.repairs.proposing import propose_repairs
from resources.repairs.trying import _same_page, try_addresses
from tests.fetching.small_web import answer, page, redirect
from tests.makers import a_guide, a_person, a_resource
from tests.repairs.cast import OLD, broken, link_of, visited

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def a_day_later():
    Trial.objects.update(first_at=timezone.now() - 2 * DAY, last_at=timezone.now() - DAY, due_at=timezone.now() - DAY)


@pytest.fixture
def archive(opening, settings):
    """An archive with a copy of whatever is asked."""
    settings.ARCHIVE_URL = opening.at("/wayback/available")

    def shows(**closest):
        given = {"available": True, "status": "200", "url": "http://web.example.org/2025/old", "timestamp": "2025"}
        body = json.dumps({"archived_snapshots": {"closest": given | closest} if closest is not None else {}})
        opening.add("/wayback/available", answer(body.encode()))

    shows()
    opening.shows = shows
    return opening


def test_a_gone_page_with_a_copy_in_the_archive(archive):
    a_resource(url=OLD)
    broken()
    assert propose_repairs().proposed == []
    trial = Trial.objects.get()
    assert (trial.found, trial.times) == ("https://web.example.org/2025/old", 1)
    asked = len(archive.asked)
    assert propose_repairs().proposed == []
    assert len(archive.asked) == asked
    a_day_later()
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    assert (repair.cause, repair.new) == ("copy", "https://web.example.org/2025/old")
    assert "old.example.org" in archive.asked[-1].path
    visited(OLD, 9)
    assert propose_repairs().withdrawn == [repair.pk]


@pytest.mark.parametrize("closest", [{"available": False}, {"status": "404"}, {"url": "ftp://x"}, {"url": OLD}])
def test_an_archive_without_a_good_copy(archive, closest):
    archive.shows(**closest)
    a_resource(url=OLD)
    broken()
    try_addresses()
    assert Trial.objects.get().found in ("", OLD)
    a_day_later()
    Trial.objects.update(found="")
    assert propose_repairs().proposed == []


@pytest.mark.parametrize("said", [answer(b"nonsense"), answer(b"[]"), answer(b"", 503)])
def test_an_archive_that_does_not_answer_is_asked_another_time(archive, said):
    archive.add("/wayback/available", said)
    a_resource(url=OLD)
    broken()
    assert try_addresses() == 0
    assert not Trial.objects.exists()


def test_without_its_address_no_archive_is_asked(opening, settings):
    assert settings.ARCHIVE_URL == ""
    a_resource(url=OLD)
    broken()
    assert try_addresses() == 0


def test_nothing_is_asked_where_links_are_not_visited(archive, settings):
    settings.LINK_CHECKS = False
    a_resource(url=OLD)
    broken()
    assert try_addresses() == 0
    assert archive.asked == []


def secured(**told):
    """What a visit to the https spelling told."""
    usual: dict[str, Any] = {"verdict": Verdict.OK, "cause": Cause.FOUND, "status": 200, "likeness": 0.9}
    return Visit(OLD, **(usual | told))


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ({}, True),
        ({"likeness": 0.2}, False),
        ({"likeness": None, "title": "The page"}, True),
        ({"likeness": None, "title": "Another"}, False),
        ({"cause": Cause.DRIFTED}, False),
        ({"verdict": Verdict.BROKEN, "cause": Cause.TLS_EXPIRED}, False),
        ({"verdict": Verdict.MOVED, "cause": Cause.MOVED, "final": "http://old.example.org/guide"}, False),
        ({"verdict": Verdict.MOVED, "cause": Cause.MOVED, "final": "https://www.old.example.org/guide"}, True),
        ({"verdict": Verdict.MOVED, "cause": Cause.MOVED, "final": "https://old.example.org/other"}, False),
    ],
)
def test_https_must_show_the_same_page(told, same):
    a_resource(url=OLD.replace("https:", "http:"))
    link = visited(title="The page", fingerprint="f1")
    assert bool(_same_page(link, secured(**told))) == same


def test_https_where_the_answers_agree():
    old = OLD.replace("https:", "http:")
    a_resource(url=old)
    guide = a_guide(body=f"{old} and {OLD}/longer")
    link = visited(title="The page")
    now = timezone.now()
    Trial.objects.create(
        link=link, kind="https", address=OLD, found=OLD, first_at=now - 2 * DAY, last_at=now, due_at=now, times=2
    )
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    assert (repair.cause, repair.old, repair.new) == ("https", old, OLD)
    accept_repair(repair, moderator=a_person("mo", role="moderator"))
    assert guide.revisions.latest("number").content["body"] == f"{OLD} and {OLD}/longer"
    assert link_of().address == OLD
    assert propose_repairs().proposed == []


def test_https_that_cannot_be_reached_is_no_repair(opening):
    url = opening.at("/a")
    a_resource(url=url)
    Link.objects.update(state="ok", title="A", fingerprint="f")
    assert try_addresses() == 0  # a port of its own: nothing but http is to be expected there
    assert propose_repairs().proposed == []


def test_trackers_are_cut_without_a_visit():
    tracked = f"{OLD}?utm_source=list&a=1"
    a_resource(url=tracked)
    a_guide(body=f"[x]({OLD}?a=1&fbclid=2) {OLD}?a=1")
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    assert (repair.cause, repair.new) == ("trackers", f"{OLD}?a=1")
    assert sorted(p.content.get("url") or p.content["body"] for p in Proposal.objects.all()) == sorted(
        [f"{OLD}?a=1", f"[x]({OLD}?a=1) {OLD}?a=1"]
    )


def project(link, **said):
    told = {"source": "GitHub", "told_at": timezone.now()} | said
    Link.objects.filter(pk=link.pk).update(project=Project.objects.create(key=link.key.partition("://")[2], **told))


def test_a_repository_that_its_owner_archived():
    resource = a_resource(url="https://github.com/ray/raydp", state="active")
    project(visited("https://github.com/ray/raydp"), archived=True, archived_at=timezone.now())
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    assert (repair.cause, repair.new) == ("archived", "")
    assert "GitHub says" in repair.evidence[0]["note"]
    accept_repair(repair, moderator=a_person("mo", role="moderator"))
    assert resource.revisions.latest("number").content["state"] == "archived"
    assert propose_repairs().proposed == []


def test_a_repository_that_is_revived_takes_the_repair_back():
    a_resource(url="https://github.com/ray/raydp", state="active")
    project(visited("https://github.com/ray/raydp"), archived=True)
    [number] = propose_repairs().proposed
    Project.objects.update(archived=False)
    assert propose_repairs().withdrawn == [number]


def test_a_repository_that_was_renamed_by_the_word_of_its_forge():
    a_resource(url="https://github.com/ray/raydp")
    project(visited("https://github.com/ray/raydp"), renamed_to="github.com/oap/raydp")
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    assert (repair.cause, repair.new) == ("renamed", "https://github.com/oap/raydp")


def test_what_real_visits_tell_becomes_a_repair(opening):
    new = opening.add("/new/actors", page("Actors"))
    old = opening.add("/old/actors", redirect("/new/actors"))
    for_now = opening.add("/old/tasks", redirect("/new/actors", 302))
    a_guide(body=f"[a]({old}) [b]({for_now})")
    for days in (0, 2):
        for address, visit in ask_now(Asked(link.address) for link in Link.objects.all()).items():
            record({link_of(address).pk: replace(visit, at=visit.at + days * DAY)}, chance=Random(1))
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    assert (repair.cause, repair.old, repair.new) == ("moved", old, new)
    assert repair.evidence[0]["hops"] == [{"status": 301, "address": new}]
    assert Proposal.objects.get().content["body"] == f"[a]({new}) [b]({for_now})"
