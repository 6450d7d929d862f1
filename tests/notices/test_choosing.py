"""The watch buttons, the list of what one watches, the settings, and the feed's secret address."""

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from resources.entries.models import Resource
from resources.notices.models import MailRhythm, Watch
from resources.notices.telling import tell
from resources.notices.watching import watch
from resources.publishing import remove
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Resource:
    return a_resource(tags=["spark"])


@pytest.fixture
def wanda(client: Client) -> User:
    person = a_person("wanda", role=Role.CONTRIBUTOR)
    client.force_login(person)
    return person


@pytest.mark.parametrize("page", ["/resources/raydp/", "/sections/libraries/", "/tags/spark/"])
def test_the_button_begins_and_ends_to_watch(client: Client, entry: Resource, wanda: User, page: str) -> None:
    a_section()
    assert f'action="{page}watch/"' in client.get(page).content.decode()
    for word, count, label in (("1", 1, "Watch no more"), ("0", 0, "Watch")):
        for _twice in range(2):
            assert client.post(f"{page}watch/", {"watch": word})["Location"] == page
            assert Watch.objects.filter(person=wanda).count() == count
        assert f'aria-label="{label}">' in client.get(page).content.decode()
    assert client.get(f"{page}watch/").status_code == 405


def test_strangers_are_asked_to_sign_in_and_come_back(client: Client, entry: Resource) -> None:
    assert 'href="/accounts/login/?next=/resources/raydp/"' in client.get("/resources/raydp/").content.decode()
    assert client.post("/resources/raydp/watch/")["Location"] == "/accounts/login/?next=/resources/raydp/"
    assert not Watch.objects.filter(entry=entry.pk).exclude(person__name="ada").exists()


@pytest.mark.parametrize("address", ["/resources/nothing/watch/", "/tags/nothing/watch/", "/sections/raydp/watch/"])
def test_nothing_cannot_be_watched(client: Client, entry: Resource, wanda: User, address: str) -> None:
    assert client.post(address).status_code == 404


def test_a_removed_entry_is_not_watched_anew(client: Client, entry: Resource, wanda: User) -> None:
    remove(entry, author=a_person(), reason="Gone.")
    assert client.post("/resources/raydp/watch/").status_code == 410


def test_the_list_ends_one_of_mine_and_none_of_others(client: Client, entry: Resource, wanda: User) -> None:
    assert "You watch nothing yet" in client.get("/notices/watching/").content.decode()
    watch(wanda, entry=entry)
    watch(wanda, tag=entry.tags.get())
    page = client.get("/notices/watching/").content.decode()
    assert "RayDP" in page
    assert "#spark" in page
    others = Watch.objects.filter(person__name="ada").first()
    assert others
    for key in (str(others.pk), "99", "x", ""):
        assert client.post("/notices/watching/", {"watch": key}).status_code == 404
    mine = wanda.watches.filter(tag=None).get()
    assert client.post("/notices/watching/", {"watch": mine.pk})["Location"] == "/notices/watching/"
    assert client.post("/notices/watching/", {"watch": mine.pk}).status_code == 404
    assert wanda.watches.count() == 1


def test_choices_are_kept(client: Client, wanda: User) -> None:
    page = client.get("/notices/settings/").content.decode()
    assert '<option value="at_once" selected>' in page
    assert '<option value="daily" selected>' in page
    assert not MailRhythm.objects.exists()
    for _twice in range(2):
        client.post("/notices/settings/", {"rhythm": "daily", "watched": "never"})
    kept = MailRhythm.objects.get()
    assert (kept.rhythm, kept.watched, kept.watches_own) == ("daily", "never", False)
    refused = client.post("/notices/settings/", {"rhythm": "hourly", "watched": "never"})
    assert refused.status_code == 422
    assert MailRhythm.objects.get().rhythm == "daily"


def test_feed_is_private_and_its_address_can_be_replaced(client: Client, entry: Resource, wanda: User) -> None:
    tell([wanda], "unblocked", actor=a_person("ed", display_name="Ed Marsh"))
    found = re.search(
        r'href="http://testserver(/notices\.atom\?token=[^"]+)"', client.get("/notices/settings/").content.decode()
    )
    assert found
    reader = Client()
    answer = reader.get(found[1])
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "Ed Marsh ended your block" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/notices/settings/feed/").status_code == 405
    client.post("/notices/settings/feed/")
    assert reader.get(found[1]).status_code == 404
    assert found[1] not in client.get("/notices/settings/").content.decode()


@pytest.mark.parametrize("query", ["", "?token=", "?token=x", "?token=WzFd:abc"])
def test_feed_without_its_token_is_not_found(client: Client, wanda: User, query: str) -> None:
    assert client.get(f"/notices.atom{query}").status_code == 404
