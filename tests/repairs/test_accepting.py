"""One reviewed act puts an address right on all its pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.entries.models import Entry, Resource
from resources.history.models import Event, Revision
from resources.links.models import Link
from resources.moderation.deciding import claim, reject, undo_decision
from resources.moderation.refusals import Claimed, NotAllowed, ReasonMissing
from resources.proposals.models import Proposal
from resources.publishing import publish
from resources.repairs.deciding import StaleRepair, accept_repair, accept_repairs, reject_repair, undo_repair
from resources.repairs.models import Repair
from resources.repairs.proposing import propose_repairs
from tests.makers import a_guide, a_person, a_resource
from tests.repairs.cast import NEW, OLD, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def repair():
    a_resource(url=OLD)
    a_guide(body=f"See {OLD}.")
    moved()
    return Repair.objects.get(pk__in=propose_repairs().proposed)


@pytest.fixture
def mo():
    return a_person("mo", role="moderator")


def test_all_pages_change_at_once(repair, mo):
    revisions = accept_repair(repair, moderator=mo, note="checked")
    assert Resource.objects.get(slug="raydp").url == NEW
    assert {(one.author.name, one.accepted_by) for one in revisions} == {("link-keeper", mo)}
    assert {one.summary for one in revisions} == {f"{OLD} moved to {NEW}"}
    repair.refresh_from_db()
    assert (repair.state, repair.decided_by, repair.note) == ("accepted", mo, "checked")
    event = Event.objects.get(act="repair_accepted")
    assert (event.actor, event.details["old"], event.details["pages"]) == (mo, OLD, 2)
    assert not Link.objects.in_use().filter(address=OLD).exists()
    assert Link.objects.due(timezone.now()).filter(address=NEW).exists()
    assert propose_repairs().proposed == []


def test_pages_can_be_taken_out_and_stay_out(repair, mo):
    resource, guide = Entry.objects.get(slug="raydp"), Entry.objects.get(slug="ray-core")
    accept_repair(repair, moderator=mo, pages=[resource.pk])
    repair.refresh_from_db()
    assert repair.left_out == [guide.pk]
    assert sorted(Proposal.objects.values_list("entry", "state")) == [
        (resource.pk, "accepted"),
        (guide.pk, "withdrawn"),
    ]
    assert propose_repairs().proposed == []
    other = a_guide("Another", body=OLD)
    [again] = propose_repairs().proposed
    assert list(Proposal.objects.filter(batch=f"repair-{again}").values_list("entry", flat=True)) == [other.pk]


def test_a_page_that_changed_meanwhile_keeps_what_others_wrote(repair, mo):
    guide = Entry.objects.get(slug="ray-core")
    publish({"title": "Ray Core", "slug": "ray-core", "body": f"Other words, {OLD}!"}, entry=guide, author=a_person())
    accept_repair(repair, moderator=mo)
    assert guide.revisions.latest("number").content["body"] == f"Other words, {NEW}!"


def test_a_page_that_lost_the_address_meanwhile_is_no_hindrance(repair, mo):
    guide = Entry.objects.get(slug="ray-core")
    publish({"title": "Ray Core", "slug": "ray-core", "body": "No link."}, entry=guide, author=a_person())
    accept_repair(repair, moderator=mo, pages=None)
    assert Resource.objects.get(slug="raydp").url == NEW
    assert guide.revisions.latest("number").content["body"] == "No link."


def test_rejected_is_not_proposed_again(repair, mo):
    reject_repair(repair, moderator=mo, reason="It is another project.")
    assert set(Proposal.objects.values_list("state", "note")) == {("rejected", "It is another project.")}
    assert propose_repairs().proposed == []
    assert Event.objects.get(act="repair_rejected").why == "It is another project."
    with pytest.raises(StaleRepair):
        accept_repair(repair, moderator=mo)


def test_a_rejection_needs_a_reason(repair, mo):
    with pytest.raises(ReasonMissing):
        reject_repair(repair, moderator=mo, reason=" ")


def test_only_moderators_decide(repair):
    for person in (a_person("eda", role="editor"), a_person("carl", role="contributor")):
        for act in (lambda who: accept_repair(repair, moderator=who), lambda who: undo_repair(repair, moderator=who)):
            with pytest.raises(NotAllowed):
                act(person)
        with pytest.raises(NotAllowed):
            reject_repair(repair, moderator=person, reason="no")


def test_twice_is_refused(repair, mo):
    accept_repair(repair, moderator=mo)
    count = Revision.objects.count()
    with pytest.raises(StaleRepair):
        accept_repair(repair, moderator=mo)
    assert Revision.objects.count() == count


def test_pages_that_are_not_its_own_are_refused(repair, mo):
    with pytest.raises(StaleRepair):
        accept_repair(repair, moderator=mo, pages=[a_guide("Another").pk])
    with pytest.raises(StaleRepair):
        accept_repair(repair, moderator=mo, pages=[])


def test_one_refusal_changes_no_page(repair, mo):
    claim(Proposal.objects.get(entry__slug="ray-core"), moderator=a_person("mia", role="moderator"))
    with pytest.raises(Claimed):
        accept_repair(repair, moderator=mo)
    assert Resource.objects.get(slug="raydp").url == OLD
    assert Repair.objects.get().state == "open"


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_a_decision_can_be_undone_for_a_while(repair, mo, act):
    if act == "accept":
        accept_repair(repair, moderator=mo)
    else:
        reject_repair(repair, moderator=mo, reason="no")
    undo_repair(repair, moderator=mo)
    assert Resource.objects.get(slug="raydp").url == OLD
    assert set(Proposal.objects.values_list("state", flat=True)) == {"open"}
    assert propose_repairs().proposed == []
    assert len(accept_repair(repair, moderator=mo)) == 2


def test_after_ten_minutes_it_stands(repair, mo):
    accept_repair(repair, moderator=mo)
    Repair.objects.update(decided_at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(StaleRepair):
        undo_repair(repair, moderator=mo)


def test_one_page_that_was_undone_by_itself_is_found_anew(repair, mo):
    accept_repair(repair, moderator=mo)
    undo_decision(Proposal.objects.get(entry__slug="ray-core"), by=mo)
    [again] = propose_repairs().proposed
    assert again != repair.pk
    assert (
        Proposal.objects.filter(entry__slug="ray-core").order_by("pk").values_list("state", flat=True)[0] == "withdrawn"
    )


def test_one_page_that_was_rejected_by_itself_stays_out(repair, mo):
    guide = Entry.objects.get(slug="ray-core")
    reject(Proposal.objects.get(entry=guide), moderator=mo, version=1, reason="an example")
    propose_repairs()
    repair.refresh_from_db()
    assert repair.left_out == [guide.pk]
    accept_repair(repair, moderator=mo)
    assert propose_repairs().proposed == []


def test_many_repairs_are_each_for_themselves(repair, mo):
    a_resource("Two", url=f"{OLD}/two")
    moved(f"{OLD}/two", f"{NEW}/two")
    propose_repairs()
    claim(Proposal.objects.get(entry__slug="ray-core"), moderator=a_person("mia", role="moderator"))
    done, refusals = accept_repairs(Repair.objects.order_by("pk"), moderator=mo)
    assert [one.old for one in done] == [f"{OLD}/two"]
    assert len(refusals) == 1
