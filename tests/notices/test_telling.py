"""Who hears of what goes live, and how little that costs."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role, give_role
from resources.entries.content import read_content
from resources.entries.models import Entry, Resource, Section
from resources.history.models import Revision
from resources.moderation.actions import propose
from resources.notices.models import MailRhythm, Notice, Watch
from resources.notices.telling import MOST, tell, tell_watchers
from resources.notices.watching import unwatch, watch, watchers
from resources.publishing import Change, publish, publish_many
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def an_edit(entry: Resource, author: User, summary: str, **given: Any) -> Revision:
    live = Resource.objects.get(pk=entry.pk)
    return publish(read_content(live) | {"summary": summary}, entry=live, author=author, **given)


def a_thousand(numbers: range) -> list[Change]:
    return [
        Change(
            {
                "title": f"R {n}",
                "slug": f"r-{n}",
                "summary": "One.",
                "url": f"https://example.org/{n}",
                "tags": ["many"],
            },
            type=Entry.Type.RESOURCE,
        )
        for n in numbers
    ]


def told(person: User) -> list[tuple[str, str]]:
    found = Notice.objects.filter(person=person).order_by("pk")
    return [(notice.act, notice.entry.title if notice.entry else notice.words) for notice in found]


@pytest.fixture
def wanda() -> User:
    return a_person("wanda")


@pytest.fixture
def ed() -> User:
    return a_person("ed")


def test_watchers_of_entry_section_above_and_tag_hear_once_each(wanda: User, ed: User) -> None:
    top = a_section("Top")
    low = a_section("Low", parent=top)
    entry = a_resource(sections=(low,), tags=["spark"])
    tag = entry.tags.get()
    people = {name: a_person(name) for name in ("above", "tagged", "directly", "else")}
    watch(people["above"], entry=top)
    watch(people["tagged"], tag=tag)
    watch(people["directly"], entry=entry)
    watch(people["directly"], tag=tag)
    watch(people["else"], entry=a_resource("Other"))
    an_edit(entry, ed, "Edited.")
    assert {name: len(told(person)) for name, person in people.items()} == {
        "above": 1, "tagged": 1, "directly": 1, "else": 0,
    }  # fmt: skip
    assert told(people["above"]) == [("published", "RayDP")]
    assert set(watchers([low.pk])[low.pk]) == {people["above"].pk, a_person("ada").pk}


def test_authors_watch_what_they_write_unless_they_do_not_want_it(wanda: User, ed: User) -> None:
    entry = a_resource(author=wanda)
    assert Watch.objects.filter(person=wanda, entry=entry.pk).exists()
    an_edit(entry, ed, "By ed.")
    assert told(wanda) == [("published", "RayDP")]
    assert told(ed) == []
    MailRhythm.objects.create(person=ed, watches_own=False)
    other = a_resource("Other", author=ed)
    assert not Watch.objects.filter(person=ed, entry=other.pk).exists()


def test_who_proposes_watches_from_then_on(wanda: User, ed: User) -> None:
    give_role(wanda, Role.CONTRIBUTOR)
    entry = a_resource()
    propose(read_content(entry) | {"title": "RayDP 2"}, author=wanda, entry=entry, summary="A new name")
    an_edit(entry, ed, "Another summary.")
    assert told(wanda) == [("published", "RayDP")]


def test_no_word_of_typos(wanda: User, ed: User) -> None:
    entry = a_resource(author=wanda)
    an_edit(entry, ed, "One in sentence.", significance=Revision.Significance.TYPO)
    assert told(wanda) == []


def test_edits_in_a_row_are_one_notice(wanda: User, ed: User) -> None:
    entry = a_resource(author=wanda)
    for number in range(4):
        an_edit(entry, ed, f"Version {number}.")
    notice = Notice.objects.get(person=wanda)
    assert notice.revision
    assert (notice.since, notice.revision.number) == (1, 5)
    Notice.objects.update(read_at=notice.created_at)
    an_edit(entry, ed, "After it was read.")
    assert len(told(wanda)) == 2


def test_who_accepted_hears_nothing_of_it(wanda: User, ed: User) -> None:
    entry = a_resource(author=wanda)
    an_edit(entry, ed, "Accepted.", accepted_by=wanda)
    assert told(wanda) == []


def test_very_many_at_a_stroke_are_one_sentence(wanda: User, ed: User) -> None:
    a_resource(tags=["many"])
    tag = Resource.objects.get().tags.get()
    watch(wanda, tag=tag)
    publish_many(a_thousand(range(MOST + 1)), author=ed)
    assert told(wanda) == [("published_many", str(MOST + 1))]
    publish_many(a_thousand(range(100, 110)), author=ed)
    assert told(wanda) == [("published_many", str(MOST + 11))]
    assert not Watch.objects.filter(person=ed, entry__isnull=False).exclude(entry__slug__startswith="r-10").exists()


def test_many_acts_in_a_row_end_in_one_sentence_too(wanda: User, ed: User) -> None:
    section = a_section("Top")
    watch(wanda, entry=section)
    for number in range(MOST + 20):
        a_resource(f"R {number}", author=ed, sections=(section,))
    assert len(told(wanda)) == MOST + 1
    assert told(wanda)[-1] == ("published_many", "20")


def test_a_thousand_revisions_cost_few_queries(wanda: User, ed: User) -> None:
    house = a_person("house", is_active=False)
    revisions = publish_many(a_thousand(range(1000)), author=house)

    def cost(made: list[Revision]) -> int:
        with CaptureQueriesContext(connection) as queries:
            tell_watchers(made)
        return len(queries)

    assert cost(revisions[:10]) == 3
    assert cost(revisions) == 5  # nobody watches: two queries for every 500 entries, and the sections
    watch(wanda, tag=revisions[0].entry.tags.get())
    assert cost(revisions[:10]) <= 8
    assert cost(revisions) <= 10
    assert told(wanda)[-1] == ("published_many", "990")


def test_watching_twice_is_once(wanda: User) -> None:
    entry = a_resource()
    for _twice in range(2):
        watch(wanda, entry=entry)
    assert wanda.watches.count() == 1
    for _twice in range(2):
        unwatch(wanda, entry=entry)
    assert wanda.watches.count() == 0


def test_telling_skips_the_actor_those_who_left_and_repetitions(wanda: User, ed: User) -> None:
    gone = a_person("gone", is_active=False)
    assert len(tell([wanda, wanda, ed, gone], "blocked", actor=ed)) == 1


def test_sections_watched_in_a_ring_end(wanda: User) -> None:
    one = a_section("One")
    two = a_section("Two", parent=one)
    Section.objects.filter(pk=one.pk).update(parent=two.pk)
    watch(wanda, entry=one)
    assert wanda.pk in watchers([two.pk])[two.pk]
