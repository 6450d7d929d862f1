"""What people do with a link: test again, ignore, stop ignoring, accept the page that is there now."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from resources.fetching.visits import Cause
from resources.history.limits import TooFast
from resources.history.models import Event
from resources.links.acting import accept_page, ignore, stop_ignoring, test_again
from resources.links.models import Host, Link
from resources.links.refusals import JustTested, LinkActRefused
from resources.publishing import remove
from tests.links.standing import broken, link_of, visited
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db

ACTS = ("test", "ignore", "unignore", "right-page")


@pytest.fixture
def link() -> Link:
    """One that was found broken a day ago."""
    return broken(link_of(a_resource()))


@pytest.fixture
def ed() -> User:
    return a_person("ed", role="editor")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def in_a_month():
    return timezone.now() + timedelta(days=30)


def test_a_reader_has_a_link_tested_again(link: Link) -> None:
    reader = signed_in(a_person("rita"))
    answer = reader.post(f"/links/{link.pk}/test/", follow=True)
    assert answer.redirect_chain == [(f"/links/{link.pk}/", 302)]
    assert "first in line" in answer.text
    link.refresh_from_db()
    assert link.due_at <= timezone.now()
    event = Event.objects.get(act="link_retested")
    assert (event.actor, event.details["link"]) == (User.objects.get(name="rita"), link.pk)
    assert "had <a href" in reader.get("/log/").text
    reader.post(f"/links/{link.pk}/test/")  # it is in line already
    assert Event.objects.filter(act="link_retested").count() == 1


def test_what_was_visited_a_moment_ago_is_left_in_peace(link: Link, ed: User) -> None:
    visited(link)
    with pytest.raises(JustTested, match="a few minutes ago"):
        test_again(link, by=ed)
    assert "a few minutes ago" in signed_in(ed).post(f"/links/{link.pk}/test/", follow=True).text


def test_a_site_that_asked_for_rest_is_named_with_its_hour(link: Link, ed: User) -> None:
    Host.objects.update(rests_until=timezone.now() + timedelta(hours=3))
    assert "asked to be left in peace until" in signed_in(ed).post(f"/links/{link.pk}/test/", follow=True).text


def test_others_in_line_are_counted(link: Link, ed: User) -> None:
    a_resource("Other")
    assert "in line with 1 others" in signed_in(ed).post(f"/links/{link.pk}/test/", follow=True).text


def test_nobody_has_sites_visited_without_end(link: Link, settings) -> None:
    settings.RATE_LIMITS = True
    reader = a_person("rita")
    for _turn in range(5):
        test_again(link, by=reader)
        Link.objects.filter(pk=link.pk).update(due_at=in_a_month())
    with pytest.raises(TooFast, match="more than 5"):
        test_again(link, by=reader)


def test_an_editor_ignores_a_link_with_a_reason_and_an_end(link: Link, ed: User, client: Client) -> None:
    editor = signed_in(ed)
    assert 'name="reason"' in editor.get(f"/links/{link.pk}/").text
    answer = editor.post(f"/links/{link.pk}/ignore/", {"reason": " They  move. ", "days": "7"}, follow=True)
    assert "It is ignored until" in answer.text
    link.refresh_from_db()
    assert (link.health, link.ignored_reason, link.ignored_by) == ("ignored", "They move.", ed)
    assert link.ignored_until is not None
    assert timedelta(days=6.9) < link.ignored_until - timezone.now() < timedelta(days=7)
    assert Event.objects.get(act="link_ignored").why == "They move."
    page = client.get(f"/links/{link.pk}/").text
    assert "They move." in page
    assert "This link is broken." not in client.get("/resources/raydp/").text
    assert "counts again" in editor.post(f"/links/{link.pk}/unignore/", follow=True).text
    link.refresh_from_db()
    assert (link.health, link.ignored_reason) == ("broken", "")
    assert "Nobody ignores this link" in editor.post(f"/links/{link.pk}/unignore/", follow=True).text


def test_what_is_ignored_counts_again_by_itself(link: Link, ed: User) -> None:
    ignore(link, reason="They move.", until=in_a_month(), by=ed)
    Link.objects.update(ignored_until=timezone.now() - timedelta(seconds=1))
    assert Link.objects.get().health == "broken"


@pytest.mark.parametrize("sent", [{}, {"reason": "  ", "days": "7"}, {"reason": "x" * 301, "days": "7"}, {"reason": "x"},
                                  {"reason": "x", "days": "9999"}])  # fmt: skip
def test_a_form_that_lacks_something_says_so(link: Link, ed: User, sent: dict[str, str]) -> None:
    answer = signed_in(ed).post(f"/links/{link.pk}/ignore/", sent)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert not Link.objects.get(pk=link.pk).ignored


def test_the_doors_refuse_what_no_form_sends(link: Link, ed: User) -> None:
    with pytest.raises(LinkActRefused, match="Say why"):
        ignore(link, reason=" ", until=in_a_month(), by=ed)
    for days in (-1, 400):
        with pytest.raises(LinkActRefused, match="within a year"):
            ignore(link, reason="x", until=timezone.now() + timedelta(days=days), by=ed)
    cora = a_person("cora", role="contributor")
    for act in (stop_ignoring, accept_page):
        with pytest.raises(LinkActRefused, match="Only editors"):
            act(link, by=cora)
    remove(link.resources.get(), author=ed, reason="Gone.")
    with pytest.raises(LinkActRefused, match="stands in no entry"):
        test_again(link, by=ed)


def test_the_page_that_is_there_now_is_accepted(ed: User, client: Client) -> None:
    link = visited(link_of(a_resource()), days_ago=9, fingerprint="f1", etag='"1"')
    visited(link, days_ago=1, cause=Cause.DRIFTED, fingerprint="f2", etag='"2"', likeness=0.1)
    assert (link.health, link.etag) == ("drifted", "")
    assert "another page than the one" in client.get("/resources/raydp/").text
    editor = signed_in(ed)
    assert "This is the right page" in editor.get(f"/links/{link.pk}/").text
    assert "Thank you" in editor.post(f"/links/{link.pk}/right-page/", follow=True).text
    link.refresh_from_db()
    assert (link.health, link.fingerprint) == ("ok", "")
    assert link.due_at <= timezone.now()
    assert "Nothing is left to do" in editor.post(f"/links/{link.pk}/right-page/", follow=True).text
    assert visited(link, fingerprint="f2").fingerprint == "f2"


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_for_some_by_post_and_for_links_that_are_there(link: Link, ed: User, act: str) -> None:
    address = f"/links/{link.pk}/{act}/"
    sent = {"reason": "Because.", "days": "7"}
    assert Client().post(address, sent)["Location"].startswith("/accounts/login/")
    cora = signed_in(a_person("cora", role="contributor"))
    assert cora.post(address, sent).status_code == (302 if act == "test" else 403)
    assert 'name="reason"' not in cora.get(f"/links/{link.pk}/").text
    editor = signed_in(ed)
    assert editor.get(address).status_code == 405
    assert editor.post(f"/links/99999/{act}/", sent).status_code == 404
    User.objects.filter(pk=ed.pk).update(blocked_until=in_a_month(), blocked_reason="Spam.")
    assert signed_in(User.objects.get(pk=ed.pk)).post(address, sent).status_code == 403
