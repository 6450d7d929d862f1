"""The page with one's notices: what it shows, what its buttons do, and whose it is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from resources.discussion.actions import open_thread
from resources.entries.content import read_content
from resources.entries.models import Entry, Resource
from resources.moderation.actions import propose
from resources.notices.models import Notice
from resources.notices.telling import tell
from resources.notices.watching import watch
from resources.proposals.models import Proposal
from resources.publishing import publish
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanda(client: Client) -> User:
    person = a_person("wanda", role=Role.CONTRIBUTOR)
    client.force_login(person)
    return person


@pytest.fixture
def ed() -> User:
    return a_person("ed", role=Role.EDITOR, display_name="Ed Marsh")


def an_edit(author: User, entry: Entry, summary: str) -> None:
    live = Resource.objects.get(pk=entry.pk)
    publish(read_content(live) | {"summary": summary}, entry=live, author=author)


def test_empty_page_says_how_to_begin(client: Client, wanda: User) -> None:
    page = client.get("/notices/").content.decode()
    assert "Nothing yet" in page
    assert 'aria-label="Notices"' in page


def test_changes_are_shown_with_their_difference_and_counted_in_the_bar(client: Client, wanda: User, ed: User) -> None:
    entry = a_resource(summary="Runs Spark.")
    watch(wanda, entry=entry)
    an_edit(ed, entry, "Runs Dask.")
    page = client.get("/notices/").content.decode()
    assert "Ed Marsh changed RayDP." in page
    assert "<del>Spark</del>" in page
    assert "<ins>Dask</ins>" in page
    assert 'href="/resources/raydp/history/1..2/"' in page
    assert 'aria-label="Notices, 1 unread"' in client.get("/tags/").content.decode()
    assert "Notices, 1 unread" not in Client().get("/tags/").content.decode()


def test_both_sides_of_a_proposal_that_needs_its_author(client: Client, wanda: User, ed: User) -> None:
    entry = a_resource(summary="Runs Spark on Ray.")
    propose(read_content(entry) | {"summary": "Runs Flink on Ray."}, author=wanda, entry=entry, summary="Flink")
    an_edit(ed, entry, "Runs Dask on Ray.")
    assert Proposal.objects.get().standing == "needs_you"
    page = client.get("/notices/").content.decode()
    assert "needs you" in page
    assert "What you propose" in page
    assert "<ins>Flink</ins>" in page
    assert "<ins>Dask</ins>" in page


def test_unread_ones_stand_first(client: Client, wanda: User, ed: User) -> None:
    tell([wanda], "unblocked", actor=ed)
    tell([wanda], "blocked", actor=ed, words="For spam.")
    newest = Notice.objects.latest("pk")
    client.post("/notices/read/", {"notice": newest.pk})
    page = client.get("/notices/").content.decode()
    assert page.index("ended your block") < page.index("blocked you for a while")
    assert "For spam." in page


def test_one_or_all_are_marked_as_read(client: Client, wanda: User, ed: User) -> None:
    for _nr in range(3):
        tell([wanda], "unblocked", actor=ed)
    first = Notice.objects.earliest("pk")
    assert client.get("/notices/read/").status_code == 405
    for _twice in range(2):
        assert client.post("/notices/read/", {"notice": first.pk, "next": "/notices/?page=1"}).status_code == 302
    assert Notice.objects.unread().count() == 2
    assert client.post("/notices/read/", {"next": "https://evil.example/"})["Location"] == "/notices/"
    assert Notice.objects.unread().count() == 0


@pytest.mark.parametrize("key", ["other", "99", "x", "9" * 30])
def test_what_is_not_yours_is_not_found(client: Client, wanda: User, ed: User, key: str) -> None:
    if key == "other":
        key = str(tell([ed], "unblocked", actor=wanda)[0].pk)
    assert client.post("/notices/read/", {"notice": key}).status_code == 404
    assert Notice.objects.unread().count() == Notice.objects.count()


@pytest.mark.parametrize("address", ["/notices/", "/notices/watching/", "/notices/settings/"])
def test_strangers_are_led_to_the_sign_in(address: str) -> None:
    assert Client().get(address)["Location"] == f"/accounts/login/?next={address}"
    assert Client().post(address).status_code in {302, 405}


@pytest.mark.parametrize("address", ["/notices/read/", "/notices/settings/feed/"])
def test_strangers_press_no_buttons(address: str) -> None:
    assert Client().post(address)["Location"].startswith("/accounts/login/")


def test_page_costs_the_same_for_few_and_for_many(client: Client, wanda: User, ed: User) -> None:
    counts = []
    for numbers in (range(3), range(3, 60)):
        for number in numbers:
            entry = a_resource(f"R {number}", tags=[f"t{number}"])
            watch(wanda, entry=entry)
            if number < 40:
                an_edit(ed, entry, f"Edited {number}.")
            open_thread(author=ed, title=f"T {number}", text="x", entry=entry)
        client.get("/notices/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/notices/").content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert "page=2" in page
