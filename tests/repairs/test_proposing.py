"""What visits tell becomes proposals of the link keeper, once, and is taken back when its reason is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.fetching.visits import Cause, Verdict
from resources.history.models import Event
from resources.links.models import Link
from resources.proposals.models import Proposal
from resources.publishing import publish
from resources.repairs.models import Repair
from resources.repairs.proposing import plan_repairs, propose_repairs
from tests.makers import a_guide, a_person, a_resource
from tests.repairs.cast import NEW, OLD, broken, moved, visited

pytestmark = pytest.mark.django_db


def test_a_permanent_move_is_one_batch_over_all_pages():
    resource, guide = a_resource(url=OLD), a_guide(body=f"See {OLD} and `{OLD}`.")
    a_guide("Untouched", body="https://elsewhere.example.org/")
    moved()
    done = propose_repairs()
    repair = Repair.objects.get(pk__in=done.proposed)
    assert (repair.cause, repair.old, repair.new, done.pages) == ("moved", OLD, NEW, 2)
    proposals = Proposal.objects.waiting().filter(batch=repair.batch).order_by("entry")
    assert [proposal.entry_id for proposal in proposals] == [resource.pk, guide.pk]
    assert {proposal.author.name for proposal in proposals} == {"link-keeper"}
    assert proposals[0].content["url"] == NEW
    assert proposals[1].content["body"] == f"See {NEW} and `{OLD}`."
    assert repair.evidence[0]["times"] == 2
    assert repair.evidence[0]["hops"] == [{"status": 301, "address": NEW}]


def test_a_second_round_proposes_nothing_twice():
    a_resource(url=OLD)
    moved()
    propose_repairs()
    events = Event.objects.count()
    done = propose_repairs()
    assert (done.proposed, done.renewed, done.withdrawn, done.pages) == ([], [], [], 0)
    assert (Repair.objects.count(), Proposal.objects.count(), Event.objects.count()) == (1, 1, events)


def test_a_plan_writes_nothing():
    a_resource(url=OLD)
    moved()
    assert [(repair.old, repair.new) for repair in plan_repairs()] == [(OLD, NEW)]
    assert not Repair.objects.exists()
    assert not Proposal.objects.exists()
    propose_repairs()
    assert plan_repairs() == []


def test_no_more_than_asked_for():
    for number in range(3):
        a_resource(f"R{number}", url=f"{OLD}/{number}")
        moved(f"{OLD}/{number}", f"{NEW}/{number}")
    assert len(propose_repairs(limit=2).proposed) == 2
    assert len(propose_repairs(limit=2).proposed) == 1


@pytest.mark.parametrize("days", [(0,), (0, 0.1)])
def test_visits_of_one_day_are_not_enough(days):
    a_resource(url=OLD)
    moved(days=days)
    assert propose_repairs().proposed == []


def test_how_many_visits_must_agree_can_be_set(settings):
    a_resource(url=OLD)
    moved(days=(0, 1))
    settings.LINK_REPAIR_VISITS = 3
    assert propose_repairs().proposed == []
    moved(days=(2,))
    assert len(propose_repairs().proposed) == 1


def test_visits_that_disagree_are_none():
    a_resource(url=OLD)
    moved(days=(0,))
    moved(new=f"{NEW}-two", days=(1,))
    assert propose_repairs().proposed == []


def test_a_link_that_works_again_takes_its_repair_back():
    a_resource(url=OLD)
    moved()
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    visited(OLD, 9)
    assert propose_repairs().withdrawn == [repair.pk]
    repair.refresh_from_db()
    assert (repair.state, bool(repair.note)) == ("withdrawn", True)
    assert Proposal.objects.get().state == "withdrawn"
    assert propose_repairs().withdrawn == []


def test_one_bad_visit_takes_nothing_back_and_a_broken_link_does():
    a_resource(url=OLD)
    moved()
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    broken(OLD, 8)
    assert propose_repairs().withdrawn == []
    broken(OLD, 9)
    assert propose_repairs().withdrawn == [repair.pk]


def test_a_page_that_came_to_have_the_address_is_proposed_too():
    a_resource(url=OLD)
    moved()
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    guide = a_guide(body=f"New: {OLD}")
    assert propose_repairs().renewed == [repair.pk]
    assert set(Proposal.objects.filter(batch=repair.batch).values_list("entry", flat=True)) >= {guide.pk}
    assert Repair.objects.count() == 1


def test_a_page_that_changed_keeps_what_others_wrote():
    guide = a_guide(body=f"One {OLD}.")
    moved()
    propose_repairs()
    publish({"title": "Ray Core", "slug": "ray-core", "body": f"Two {OLD}, {OLD}."}, entry=guide, author=a_person())
    propose_repairs()
    proposal = Proposal.objects.get()
    assert (proposal.content["body"], proposal.standing, proposal.version) == (f"Two {NEW}, {NEW}.", "applies", 2)


def test_what_somebody_put_right_by_hand_is_done():
    guide = a_guide(body=f"One {OLD}.")
    moved()
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    publish({"title": "Ray Core", "slug": "ray-core", "body": f"One {NEW}."}, entry=guide, author=a_person())
    assert propose_repairs().withdrawn == [repair.pk]
    assert Proposal.objects.get().state == "withdrawn"


def test_a_double_is_left_to_a_person():
    resource, other = a_resource(url=OLD), a_resource("Other", url=NEW)
    guide = a_guide(body=OLD)
    moved()
    repair = Repair.objects.get(pk__in=propose_repairs().proposed)
    assert repair.double == other
    assert list(Proposal.objects.filter(batch=repair.batch).values_list("entry", flat=True)) == [guide.pk]
    assert resource.pk


def test_ignored_links_are_left_alone():
    a_resource(url=OLD)
    moved()
    Link.objects.update(ignored_until=timezone.now() + timedelta(days=1), ignored_reason="known")
    assert propose_repairs().proposed == []


def test_void_visits_and_others_verdicts_are_no_moves():
    a_resource(url=OLD)
    visited(OLD, 0, 7, verdict=Verdict.OK, cause=Cause.FOUND, final=NEW)
    assert propose_repairs().proposed == []
