"""The pages of repairs, and what moderators send from them."""

import pytest
from django.urls import reverse

from resources.entries.models import Entry, Resource
from resources.proposals.models import Proposal
from resources.repairs.deciding import accept_repair
from resources.repairs.models import Repair
from resources.repairs.proposing import propose_repairs
from tests.makers import a_guide, a_person, a_resource
from tests.repairs.cast import NEW, OLD, link_of, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def repair():
    a_resource(url=OLD)
    a_guide(body=f"See {OLD}.")
    moved()
    return Repair.objects.get(pk__in=propose_repairs().proposed)


@pytest.fixture
def moderator(client):
    person = a_person("mo", role="moderator")
    client.force_login(person)
    return person


def pages():
    return [str(pk) for pk in Entry.objects.order_by("pk").values_list("pk", flat=True)]


def post(client, name, repair, **given):
    return client.post(reverse(name, args=[repair.pk]), given)


def test_everybody_sees_what_the_keeper_proposes(client, repair):
    text = client.get("/links/repairs/").content.decode()
    assert OLD.removeprefix("https://") in text
    assert NEW in text
    assert "Accept" not in text.replace("Accepted", "")
    page = client.get(repair.get_absolute_url()).content.decode()
    for words in (OLD, NEW, "RayDP", "Ray Core", "2 visits from", "301"):
        assert words in page
    assert "Reject" not in page


def test_a_moderator_accepts_with_one_click(client, repair, moderator):
    answer = post(client, "accept_repair", repair, page=pages())
    assert (answer.status_code, answer.headers["Location"]) == (302, repair.get_absolute_url())
    assert Resource.objects.get().url == NEW
    assert "The address is right on 2 pages now." in client.get(repair.get_absolute_url()).content.decode()


def test_a_page_without_a_tick_is_taken_out(client, repair, moderator):
    post(client, "accept_repair", repair, page=pages()[:1])
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["accepted", "withdrawn"]


def test_what_is_sent_must_make_sense(client, repair, moderator):
    assert post(client, "accept_repair", repair).status_code == 422
    assert post(client, "accept_repair", repair, page=["x"]).status_code == 422
    assert post(client, "accept_repair", repair, page=["999999"]).status_code == 409
    assert post(client, "reject_repair", repair, reason=" ").status_code == 422
    assert Repair.objects.get().state == "open"


def test_rejected_with_a_reason(client, repair, moderator):
    answer = post(client, "reject_repair", repair, reason="Another project.")
    assert answer.status_code == 302
    assert Repair.objects.get().note == "Another project."
    assert "Another project." in client.get("/links/repairs/?state=rejected").content.decode()


def test_taken_back(client, repair, moderator):
    post(client, "accept_repair", repair, page=pages())
    assert post(client, "undo_repair", repair).status_code == 302
    assert Resource.objects.get().url == OLD


def test_twice_and_stale(client, repair, moderator):
    accept_repair(repair, moderator=a_person("mia", role="moderator"))
    for name in ("accept_repair", "reject_repair"):
        answer = post(client, name, repair, page=pages(), reason="no")
        assert answer.status_code == 409
        assert "mia" in answer.content.decode()


@pytest.mark.parametrize("name", ["accept_repair", "reject_repair", "undo_repair"])
def test_only_moderators_and_only_by_post(client, repair, name):
    address = reverse(name, args=[repair.pk])
    assert client.post(address).headers["Location"].startswith("/accounts/login/")
    client.force_login(a_person("eda", role="editor"))
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405
    client.force_login(a_person("mo", role="moderator"))
    assert client.post(reverse(name, args=[999])).status_code == 404


def test_bad_ids_are_404(client):
    assert client.get("/links/repairs/999/").status_code == 404


def test_all_of_a_cause_at_once_each_for_itself(client, repair, moderator):
    a_resource("Two", url=f"{OLD}/two")
    moved(f"{OLD}/two", f"{NEW}/two")
    propose_repairs()
    shown = list(Repair.objects.values_list("pk", flat=True))
    answer = client.post("/links/repairs/accept/", {"all": "1", "shown": shown, "back": "/links/repairs/?cause=moved"})
    assert answer.headers["Location"] == "/links/repairs/?cause=moved"
    assert set(Repair.objects.values_list("state", flat=True)) == {"accepted"}


def test_only_those_ticked(client, repair, moderator):
    a_resource("Two", url=f"{OLD}/two")
    moved(f"{OLD}/two", f"{NEW}/two")
    propose_repairs()
    client.post("/links/repairs/accept/", {"picked": [repair.pk], "back": "https://elsewhere.example.org/"})
    assert sorted(Repair.objects.values_list("state", flat=True)) == ["accepted", "open"]
    answer = client.post("/links/repairs/accept/", {})
    assert answer.headers["Location"] == "/links/repairs/"


def test_filters_narrow_and_nonsense_does_not(client, repair):
    assert OLD.removeprefix("https://") in client.get("/links/repairs/?cause=moved").content.decode()
    assert OLD.removeprefix("https://") not in client.get("/links/repairs/?cause=https").content.decode()
    assert OLD.removeprefix("https://") in client.get("/links/repairs/?cause=nonsense&state=x").content.decode()


def test_the_queue_shows_it_as_one(client, repair, moderator):
    text = client.get("/review/").content.decode()
    assert repair.get_absolute_url() in text
    assert "Ray Core</a>" not in text
    assert f"?batch={repair.batch}" not in text
    assert "RayDP" in client.get(f"/review/?batch={repair.batch}").content.decode()
    proposal = Proposal.objects.order_by("pk")[0]
    assert repair.get_absolute_url() in client.get(proposal.get_absolute_url()).content.decode()
    assert repair.get_absolute_url() in client.get(f"/links/{link_of().pk}/").content.decode()


def test_the_log_says_who_decided(client, repair, moderator):
    accept_repair(repair, moderator=moderator)
    text = client.get("/log/?act=repair_accepted").content.decode()
    assert repair.get_absolute_url() in text


def test_a_list_costs_the_same_for_one_and_for_many(client, repair, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/links/repairs/")
    for number in range(12):
        a_resource(f"R{number}", url=f"{OLD}/{number}")
        moved(f"{OLD}/{number}", f"{NEW}/{number}")
    propose_repairs()
    with django_assert_max_num_queries(12):
        client.get("/links/repairs/")
