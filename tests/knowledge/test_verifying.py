"""Who tried a page with which release of Ray: said, seen, outdated, taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.entries.content import read_content
from resources.entries.models import Entry
from resources.history.models import Event
from resources.publishing import publish
from resources.verifying.actions import take_back, verify
from resources.verifying.models import Verification
from resources.verifying.reading import standing_of
from resources.verifying.refusals import MovedMeanwhile, NotYours
from tests.makers import a_comparison, a_guide, a_person, a_release, a_resource, a_verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return a_guide("Ray Core", body="Call it.")


@pytest.fixture
def release():
    return a_release()


def edited(entry, person=None, **fields):
    publish(read_content(entry) | ({"body": "Otherwise."} | fields), entry=entry, author=person or a_person())
    return type(entry).objects.get(pk=entry.pk)


def standing(entry):
    found = standing_of(entry)
    assert found is not None
    return found


def sent(entry, **fields):
    return {"revision": entry.revision_number, "release": "2.60.0", "note": "All samples."} | fields


@pytest.mark.parametrize("make", [a_guide, a_comparison])
def test_an_editor_verifies_and_everybody_sees_it(make, ed, release, client):
    entry = make()
    client.force_login(ed)
    address = f"{entry.get_absolute_url()}verify/"
    assert "I tried it" in client.get(address).content.decode()
    assert client.post(address, sent(entry))["Location"] == entry.get_absolute_url()
    made = Verification.objects.get()
    assert (made.person, made.release, made.revision_number, made.note) == (ed, release, 1, "All samples.")
    client.logout()
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "Ray 2.60.0" in page
    assert "All samples." in page
    event = Event.objects.latest("pk")
    assert (event.act, event.actor, event.details) == ("verified", ed, {"version": "2.60.0", "revision": 1})
    assert "with Ray 2.60.0" in client.get("/log/").content.decode()


def test_a_page_that_nobody_verified_says_so(guide, ed, client):
    page = client.get(guide.get_absolute_url()).content.decode()
    assert "Nobody has verified this yet" in page
    assert "Verify it" not in page
    client.force_login(ed)
    assert 'href="/wiki/ray-core/verify/"' in client.get(guide.get_absolute_url()).content.decode()


def test_only_who_may_publish_verifies(guide, release, cora, client):
    address = f"{guide.get_absolute_url()}verify/"
    assert client.post(address, sent(guide))["Location"].startswith("/accounts/login/")
    client.force_login(cora)
    assert "I tried it" not in client.get(address).content.decode()
    assert client.post(address, sent(guide)).status_code == 403
    with pytest.raises(NotYours, match="Editors verify"):
        verify(guide, release=release, person=cora, revision_number=1)
    with pytest.raises(NotYours):
        verify(a_resource(), release=release, person=a_person("ed", role="editor"), revision_number=1)
    assert not Verification.objects.exists()


def test_what_changed_meanwhile_is_shown_and_the_next_press_is_about_that(guide, release, ed, client):
    client.force_login(ed)
    edited(guide)
    answer = client.post("/wiki/ray-core/verify/", sent(guide))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 revision came since" in page
    assert "/wiki/ray-core/history/1..2/" in page
    assert 'name="revision" value="2"' in page
    assert "All samples." in page
    with pytest.raises(MovedMeanwhile):
        verify(guide, release=release, person=ed, revision_number=1)
    assert client.post("/wiki/ray-core/verify/", sent(guide, revision=2)).status_code == 302


def test_twice_is_once(guide, release, ed):
    first = verify(guide, release=release, person=ed, revision_number=1)
    assert verify(guide, release=release, person=ed, revision_number=1) == first
    assert Event.objects.filter(act="verified").count() == 1
    assert verify(guide, release=release, person=ed, revision_number=1, note="On ARM.") != first


@pytest.mark.parametrize("wrong", [{"release": "9.9.9"}, {"release": ""}, {"revision": "x"}, {"note": "x" * 501}])
def test_a_form_that_is_wrong_says_so(wrong, guide, release, ed, client):
    client.force_login(ed)
    assert client.post("/wiki/ray-core/verify/", sent(guide, **wrong)).status_code == 422
    assert not Verification.objects.exists()


def test_missing_and_removed_pages(guide, release, ed, client):
    client.force_login(ed)
    assert client.post("/wiki/nothing/verify/", sent(guide)).status_code == 404
    assert client.get("/resources/raydp/verify/").status_code == 404
    assert client.put("/wiki/ray-core/verify/").status_code == 405
    Entry.objects.update(removed_at="2026-01-01T00:00Z")
    assert client.post("/wiki/ray-core/verify/", sent(guide)).status_code == 410
    with pytest.raises(NotYours, match="removed"):
        verify(guide, release=release, person=ed, revision_number=1)


def test_what_became_of_it_since(guide, ed, client):
    a_verification(guide, person=ed)
    assert (standing(guide).outdated, standing(guide).changed) == (False, False)
    a_release("2.60.1")
    assert not standing(guide).outdated
    a_release("2.61.0")
    guide = edited(edited(guide), body="Otherwise again.")
    found = standing(guide)
    assert (found.outdated, found.newest, found.since) == (True, "2.61.0", 2)
    page = client.get(guide.get_absolute_url()).content.decode()
    assert "look again" in page
    assert 'href="/wiki/ray-core/history/1..3/">2 revisions' in page
    with CaptureQueriesContext(connection) as queries:
        standing_of(guide)
    assert len(queries) == 1


def test_the_newest_verification_counts(guide, ed):
    a_verification(guide, "2.60.0", person=ed)
    a_verification(guide, "2.58.0", person=ed)
    assert standing(guide).verification.release.version == "2.58.0"


def test_a_verification_is_taken_back_by_its_person_or_a_moderator(guide, ed, mo, cora, client):
    one = a_verification(guide, person=ed)
    address = f"/wiki/ray-core/verify/{one.pk}/take-back/"
    assert client.post(address)["Location"].startswith("/accounts/login/")
    for person in (cora, a_person("eve", role="editor")):
        client.force_login(person)
        assert client.post(address).status_code == 403
        with pytest.raises(NotYours):
            take_back(one, by=person)
    client.force_login(ed)
    assert client.get(address).status_code == 405
    assert client.post(f"/compare/ray-core/verify/{one.pk}/take-back/").status_code == 404
    assert client.post(address)["Location"] == "/wiki/ray-core/verify/"
    assert client.post(address).status_code == 404
    take_back(one, by=ed)
    event = Event.objects.latest("pk")
    assert (event.act, event.person, event.details["version"]) == ("verification_taken_back", ed, "2.60.0")
    assert Event.objects.filter(act="verification_taken_back").count() == 1
    take_back(a_verification(guide, person=ed), by=mo)
    assert not Verification.objects.exists()
