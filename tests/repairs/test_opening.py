"""The links of a proposal are opened after it is in, and what they tell stands with its checks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.entries.content import read_content
from resources.entries.models import Entry
from resources.links.models import Host
from resources.moderation.actions import amend, apply_repair, propose, recheck
from resources.moderation.deciding import accept
from resources.moderation.opening import open_links, open_waiting
from resources.proposals.models import Proposal
from tests.fetching.small_web import page, redirect
from tests.makers import a_case_study, a_claim, a_guide, a_person, a_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def carl():
    return a_person("carl", role="contributor")


@pytest.fixture
def proposed(carl, django_capture_on_commit_callbacks):
    """Proposes a resource with this link, and lets what follows happen."""

    def propose_it(url, title="Actors in Ray", **content):
        with django_capture_on_commit_callbacks(execute=True):
            content = {"title": title, "slug": "actors", "url": url, "summary": "What actors do."} | content
            made = propose(content, author=carl, type=Entry.Type.RESOURCE)
        return Proposal.objects.get(pk=made.pk)

    return propose_it


def check(proposal, name="link_status"):
    return next((one for one in proposal.checks if one["name"] == name), None)


def test_a_link_that_works(opening, proposed):
    proposal = proposed(opening.add("/actors", page("Actors in Ray")))
    assert check(proposal)["state"] == "passed"
    assert check(proposal, "link_title")["state"] == "passed"


def test_a_link_that_does_not(opening, proposed):
    proposal = proposed(opening.at("/missing"))
    assert (check(proposal)["state"], proposal.check_state) == ("failed", "failed")
    assert "404" in check(proposal)["words"]
    assert check(proposal, "link_title") is None


def test_a_link_that_moved_is_mended_with_one_click(opening, proposed, carl, django_capture_on_commit_callbacks):
    new = opening.add("/new/actors", page("Actors in Ray"))
    proposal = proposed(opening.add("/old/actors", redirect("/new/actors?utm_source=old")))
    assert (check(proposal)["state"], check(proposal)["repair"]) == ("warned", {"url": new})
    with django_capture_on_commit_callbacks(execute=True):
        apply_repair(proposal, "link_status", by=a_person("mo", role="moderator"), version=1)
    proposal.refresh_from_db()
    assert (proposal.content["url"], proposal.version, check(proposal)["state"]) == (new, 2, "passed")


def test_a_link_that_leads_on_for_now(opening, proposed):
    new = opening.add("/new/actors", page("Actors in Ray"))
    proposal = proposed(opening.add("/old/actors", redirect("/new/actors", 302)))
    assert check(proposal)["state"] == "passed"
    assert new in check(proposal)["words"]


def test_a_link_that_no_program_can_test(opening, proposed):
    assert check(proposed(opening.add("/a", page(status=403))))["state"] == "warned"


def test_a_page_that_says_that_nothing_is_there(opening, proposed):
    proposal = proposed(opening.add("/a", page("Page not found", "Sorry, the page you requested could not be found.")))
    assert check(proposal)["state"] == "failed"


def test_a_page_of_another_name(opening, proposed):
    proposal = proposed(opening.add("/a", page("Cheap flights to Rome")))
    assert check(proposal, "link_title")["state"] == "warned"
    assert "Cheap flights" in check(proposal, "link_title")["words"]


def test_sources_and_links_in_texts_are_opened_too(opening, carl, django_capture_on_commit_callbacks):
    good, gone = opening.add("/good", page()), opening.at("/gone")
    with django_capture_on_commit_callbacks(execute=True):
        study = a_case_study()
        claims = [a_claim(source=gone)]
        made = propose(read_content(study) | {"claims": claims, "body": f"[x]({good})"}, author=carl, entry=study)
        guide = propose({"title": "G", "slug": "g", "body": f"See {good} `{gone}`"}, author=carl, type="wikipage")
    said = check(Proposal.objects.get(pk=made.pk), "links_inside")
    assert said["state"] == "failed"
    assert "1 of 2" in said["words"]
    assert gone in said["words"]
    assert check(Proposal.objects.get(pk=guide.pk), "links_inside")["state"] == "passed"


def test_links_that_stood_there_before_are_not_opened(opening, carl, django_capture_on_commit_callbacks):
    guide = a_guide(body=f"See {opening.at('/gone')}")
    with django_capture_on_commit_callbacks(execute=True):
        content = read_content(guide) | {"body": f"More. See {opening.at('/gone')}"}
        made = propose(content, author=carl, entry=guide)
    assert check(Proposal.objects.get(pk=made.pk), "links_inside") is None
    assert opening.asked == []


def test_no_more_than_twenty(opening, carl, django_capture_on_commit_callbacks):
    links = " ".join(opening.add(f"/{number}", page()) for number in range(30))
    with django_capture_on_commit_callbacks(execute=True):
        propose({"title": "G", "slug": "g", "body": links}, author=carl, type="wikipage")
    assert len({request.path for request in opening.asked if request.path[1:].isdecimal()}) == 20


def test_while_it_waits_it_says_so_and_hinders_nobody(opening, carl):
    url = opening.add("/a", page())
    made = propose({"title": "A", "slug": "a", "url": url, "summary": "A."}, author=carl, type="resource")
    assert (check(made)["state"], check(made)["words"]) == ("pending", "It is being tested.")
    accept(made, moderator=a_person("mo", role="moderator"), version=1)
    open_links.call([made.pk])
    assert opening.asked == []


def test_what_nobody_opened_is_opened_by_the_worker(opening, carl):
    url = opening.add("/actors", page("Actors"))
    made = propose({"title": "Actors", "slug": "a", "url": url, "summary": "A."}, author=carl, type="resource")
    assert open_waiting() == 1
    made.refresh_from_db()
    assert check(made)["state"] == "passed"
    assert open_waiting() == 0


def test_amended_is_asked_anew_and_what_is_late_is_dropped(opening, carl, django_capture_on_commit_callbacks):
    gone, good = opening.at("/gone"), opening.add("/good", page())
    made = propose({"title": "A", "slug": "a", "url": gone, "summary": "A."}, author=carl, type="resource")
    with django_capture_on_commit_callbacks(execute=True):
        amend(made, made.content | {"url": good}, author=carl)
    made.refresh_from_db()
    assert (check(made)["state"], made.version) == ("passed", 2)
    asked = len(opening.asked)
    open_links.call([made.pk])
    assert len(opening.asked) == asked


def test_checked_again_by_hand(opening, proposed, django_capture_on_commit_callbacks):
    proposal = proposed(opening.at("/late"))
    opening.add("/late", page("Actors in Ray"))
    with django_capture_on_commit_callbacks(execute=True):
        recheck(proposal)
    proposal.refresh_from_db()
    assert check(proposal)["state"] == "passed"


def test_a_host_that_somebody_asks_just_now_is_left_alone(opening, carl):
    url = opening.add("/a", page("Actors"))
    a_resource(url=opening.at("/other"))
    Host.objects.update(held_by="another", held_until=timezone.now() + timedelta(minutes=1))
    made = propose({"title": "Actors", "slug": "a", "url": url, "summary": "A."}, author=carl, type="resource")
    open_links.call([made.pk])
    made.refresh_from_db()
    assert (check(made)["state"], opening.asked) == ("pending", [])
    Host.objects.update(held_by="", held_until=None)
    open_waiting()
    made.refresh_from_db()
    assert check(made)["state"] == "passed"
    assert Host.objects.get().held_by == ""


def test_nothing_is_opened_where_links_are_not_tested(opening, settings, proposed):
    settings.LINK_CHECKS = False
    proposal = proposed(opening.add("/a", page()))
    assert (check(proposal)["state"], opening.asked) == ("pending", [])
    assert open_waiting() == 0


def test_a_private_network_is_never_opened(opening, settings, proposed):
    settings.LINK_CHECK_ALLOW_PRIVATE = ()
    proposal = proposed(opening.add("/a", page()))
    assert (check(proposal)["state"], opening.asked) == ("warned", [])
