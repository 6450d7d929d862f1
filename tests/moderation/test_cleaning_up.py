"""All that a person did, taken back everywhere in one act; and a mistaken clean-up taken back the same way."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import give_role
from resources.discussion.models import Post, Thread
from resources.entries.content import read_content
from resources.entries.models import Entry, Resource
from resources.history.models import Event, Revision
from resources.moderation.actions import NotAllowed, propose
from resources.moderation.clean_up_plans import plan_clean_up
from resources.moderation.cleaning_up import Also, NothingToCleanUp, clean_up
from resources.publishing import Change, StaleRead, publish, publish_many, remove
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo():
    person = a_person("mo")
    give_role(person, "moderator")
    return person


@pytest.fixture
def van():
    person = a_person("van")
    give_role(person, "editor")
    return person


def long_ago():
    return timezone.now() - timedelta(days=1)


def edited(slug, person, /, **fields):
    entry = Resource.objects.get(slug=slug)
    publish(read_content(entry) | fields, entry=entry, author=person)


def cleaned(person, by, since=None, **also):
    since = since or long_ago()
    digest = plan_clean_up(person, since).digest
    return clean_up(person, since, by=by, reason="Vandalism.", plan_digest=digest, also=Also(**also))


def what(person, since=None):
    return {step.entry.title: step.what for step in plan_clean_up(person, since or long_ago()).steps}


def test_every_kind_of_damage_in_one_act(mo, van):
    for title in ("Top", "Below", "Built", "Gone", "Fixed"):
        a_resource(title)
    edited("top", van, summary="Spoilt once.")
    edited("top", van, summary="Spoilt twice.", slug="toppled")
    edited("below", van, summary="Spoilt.")
    edited("below", a_person("cora"), tags=["good"])
    edited("built", van, summary="Spoilt.")
    edited("built", a_person("cora"), summary="Built on what was spoilt.")
    remove(Resource.objects.get(slug="gone"), author=van, reason="Ha!")
    edited("fixed", van, summary="Spoilt.")
    edited("fixed", a_person("cora"), summary="Fixed in one sentence.")
    a_resource("Advert", author=van)
    assert what(van) == {
        "Top": "rolled_back", "Below": "undone", "Built": "by_hand", "Gone": "restored", "Fixed": "nothing",
        "Advert": "removed",
    }  # fmt: skip
    assert "cora" in str(plan_clean_up(van, long_ago()).left_for_hands[0].why)

    event = cleaned(van, mo)
    live = {entry.title: entry for entry in Resource.objects.live()}
    assert set(live) == {"Top", "Below", "Built", "Gone", "Fixed"}
    assert (live["Top"].summary, live["Top"].slug) == ("Top in one sentence.", "top")
    assert (live["Below"].summary, live["Below"].tag_names) == ("Below in one sentence.", ["good"])
    assert live["Built"].summary == "Built on what was spoilt."
    assert (event.act, event.person, event.why) == ("cleaned_up", van, "Vandalism.")
    assert [row["title"] for row in event.details["by_hand"]] == ["Built"]
    assert len(event.details["entries"]) == 4
    assert Event.objects.filter(actor=mo).count() == 5
    assert set(what(van).values()) == {"nothing", "by_hand"}


def test_only_what_came_since_is_taken_back(mo, van):
    a_resource("Old")
    edited("old", van, summary="An honest edit.")
    since = timezone.now()
    edited("old", van, summary="Spoilt.")
    cleaned(van, mo, since)
    assert Resource.objects.get().summary == "An honest edit."


def test_addresses_that_moved_in_a_row_come_back_in_a_row(mo, van):
    a_resource("A", slug="a", url="https://example.org/1")
    a_resource("B", slug="b", url="https://example.org/2")
    edited("b", van, slug="c", url="https://example.org/3")
    edited("a", van, slug="b", url="https://example.org/2")
    cleaned(van, mo)
    assert dict(Resource.objects.values_list("title", "slug")) == {"A": "a", "B": "b"}


def test_an_address_that_somebody_else_took_is_left_for_hands(mo, van):
    a_resource("A", slug="a")
    edited("a", van, slug="x", url="https://example.org/x", summary="Spoilt.")
    a_resource("New", slug="a", author=a_person("cora"))
    assert what(van) == {"A": "by_hand"}


def test_a_swap_of_two_addresses_is_left_for_hands(mo, van):
    a_resource("A", slug="a")
    a_resource("B", slug="b")
    edited("a", van, slug="t")
    edited("b", van, slug="a")
    edited("t", van, slug="b")
    assert set(what(van).values()) == {"by_hand"}


def test_a_section_goes_only_with_all_that_is_in_it(mo, van):
    for title, author in (("Full", a_person("cora")), ("Spam", van)):
        section = a_section(title, author=van)
        a_resource(f"In {title}", author=author, sections=(section,))
    assert what(van) == {"Full": "by_hand", "Spam": "removed", "In Spam": "removed"}
    cleaned(van, mo)
    assert set(Entry.objects.live().values_list("title", flat=True)) == {"Full", "In Full"}


def test_block_proposals_and_posts_go_in_the_same_act(mo, van):
    entry = a_resource()
    give_role(van, "contributor")
    proposal = propose(read_content(entry) | {"summary": "Spam."}, author=van, entry=entry)
    thread = Thread.objects.create(entry=Entry.objects.get(), title="Hello", author=van)
    post = Post.objects.create(thread=thread, author=van, text="Spam.")
    until = timezone.now() + timedelta(days=3)
    event = cleaned(van, mo, block_until=until, proposals=True, posts=True)
    for row in (proposal, post, van):
        row.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.note) == ("rejected", mo, "Vandalism.")
    assert (post.removed_by, van.is_blocked, van.blocked_reason) == (mo, True, "Vandalism.")
    assert (event.details["proposals"], event.details["posts"]) == ([proposal.pk], [post.pk])
    with pytest.raises(NotAllowed):
        propose(read_content(entry), author=a_person("van"), entry=entry)


def test_a_mistaken_clean_up_is_taken_back_by_the_same_door(mo, van):
    for title in ("One", "Two"):
        a_resource(title)
        edited(title.lower(), van, summary="Better words.")
    a_resource("Three", author=van)
    since = timezone.now()
    cleaned(van, mo)
    assert Resource.objects.live().filter(summary="Better words.").count() == 0
    cleaned(mo, mo, since)
    assert Resource.objects.live().filter(summary="Better words.").count() == 2
    assert Resource.objects.live().filter(title="Three").exists()


def test_a_plan_that_changed_since_is_refused_and_nothing_is_written(mo, van):
    a_resource("One")
    edited("one", van, summary="Spoilt.")
    since = long_ago()
    digest = plan_clean_up(van, since).digest
    edited("one", a_person("cora"), tags=["good"])
    before = Revision.objects.count()
    with pytest.raises(StaleRead, match="Look at the list again"):
        clean_up(van, since, by=mo, reason="Vandalism.", plan_digest=digest)
    assert Revision.objects.count() == before


def test_twice_finds_nothing(mo, van):
    a_resource("One")
    edited("one", van, summary="Spoilt.")
    cleaned(van, mo)
    with pytest.raises(NothingToCleanUp):
        cleaned(van, mo)


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_only_moderators_clean_up(van, role):
    person = a_person("ed")
    give_role(person, role)
    with pytest.raises(NotAllowed):
        cleaned(van, person)


def spoilt(numbers, van):
    made = [
        Change({"title": f"R{number}", "slug": f"r{number}", "url": f"https://example.org/{number}"}, type="resource")
        for number in numbers
    ]
    publish_many(made, author=a_person())
    entries = Resource.objects.filter(slug__in=[f"r{number}" for number in numbers])
    publish_many([Change(read_content(entry) | {"summary": "Spoilt."}, entry) for entry in entries], author=van)


def test_hundreds_of_entries_in_bounded_time_and_the_plan_in_few_queries(mo, van):
    counts = []
    for numbers in (range(10), range(10, 300)):
        spoilt(numbers, van)
        with CaptureQueriesContext(connection) as queries:
            plan_clean_up(van, long_ago())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    started = timezone.now()
    event = cleaned(van, mo)
    assert len(event.details["entries"]) == 300
    assert timezone.now() - started < timedelta(seconds=30)
    assert not Resource.objects.filter(summary="Spoilt.").exists()
