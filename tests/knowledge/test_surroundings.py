"""What is gathered around guides is what a look at this moment would find, or it is marked and not used."""

from contextlib import suppress
from random import Random
from threading import Event as StopEvent
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.leaving import leave
from accounts.models import User
from resources.entries.content import read_content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.refusals import PublishRefused
from resources.entries.surroundings import Neighbour, Surroundings, Unsettled
from resources.publishing import publish, remove, restore
from resources.reading import gathering
from resources.reading.around import VERSION, look_around, read, write
from resources.search.related import nearest
from tests.makers import a_guide, a_person, a_resource

pytestmark = pytest.mark.django_db


ACTS = ("say", "say", "name", "move", "rank", "tag", "redirect", "remove", "restore", "call")


def _is_true_everywhere() -> int:
    """Compares what counts of what was gathered with what there is; returns how much counted."""
    kept = Surroundings.objects.filter(guide__unsettled=None).values_list("pk", "gathered")
    for pk, gathered in kept:
        guide = WikiPage.objects.get(pk=pk)
        assert read(gathered)._replace(related=None) == read(write(look_around(guide)[0])), guide.title
    return len(kept)


def _change(act: str, chance: Random, turn: int, other: int) -> dict[str, Any]:
    """What somebody changes of a guide."""
    mentions = " ".join(f"[[Guide {chance.randrange(14)}]]" for _place in range(chance.randrange(4)))
    changes: dict[str, dict[str, Any]] = {
        "say": {"body": f"{mentions} {turn}"},
        "name": {"title": f"Guide {chance.randrange(14)}", "summary": f"It is {turn}."},
        "move": {"parent": chance.choice([None, other])},
        "rank": {"rank": chance.randrange(3)},
        "tag": {"tags": [f"tag {chance.randrange(3)}"]},
        "redirect": {"redirect": chance.choice([None, other])},
    }
    return changes[act]


def _do(act: str, guide: WikiPage, author: User, chance: Random, turn: int, other: int) -> None:
    if act == "remove":
        remove(guide, author=author, reason="It was wrong.")
    elif act == "restore":
        restore(guide, number=1, author=author)
    elif act == "call":
        client = Client()
        client.force_login(author)
        assert client.post(reverse("account_settings"), {"display_name": f"Name {turn}"}).status_code == 302
    else:
        publish(read_content(guide) | _change(act, chance, turn, other), entry=guide, author=author)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_what_counts_is_true(seed: int) -> None:
    chance = Random(seed)
    people = [a_person(f"writer{number}") for number in range(3)]
    guides = [a_guide(f"Guide {number}", author=people[0]) for number in range(12)]
    counted = 0
    for turn in range(60):
        guide = WikiPage.objects.get(pk=chance.choice(guides).pk)
        with suppress(PublishRefused):
            _do(chance.choice(ACTS), guide, chance.choice(people), chance, turn, chance.choice(guides).pk)
        counted += _is_true_everywhere()
        if chance.random() < 0.5:
            gathering.gather_all()
            assert not Unsettled.objects.exists()
            assert Surroundings.objects.count() == WikiPage.objects.pages().count()
            counted += _is_true_everywhere()
    assert counted > 200


def test_a_page_is_the_same_with_and_without(client: Client) -> None:
    top = a_guide("Top", tags=["ops"])
    here = a_guide(
        "Here", parent=top, tags=["ops", "gpu"], body="## One\n\nWords.\n\n## Two\n\n[[Top]]", summary="What it is."
    )
    for number in range(7):
        a_guide(f"Beside {number}", parent=top, body="[[Here]]", author=a_person(f"writer{number}"), tags=["ops"])
        a_guide(f"Below {number}", parent=here, summary=f"Of {number}.")
        present = WikiPage.objects.get(pk=here.pk)
        publish(read_content(present) | {"rank": number % 3}, entry=present, author=a_person(f"other{number}"))
    a_guide("<b>&", parent=here, summary="A & B")
    before = {one.pk: client.get(one.get_absolute_url()).content for one in WikiPage.objects.all()}
    call_command("gather_guides")
    for one in WikiPage.objects.all():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(one.get_absolute_url()).content
        assert page == before[one.pk]
        assert len(queries) <= 1
    assert b"shares the tag" in before[top.pk]


def test_what_is_published_while_it_is_gathered_has_another_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = a_guide("Here")
    gathering.gather_all()
    publish(read_content(guide) | {"body": "One."}, entry=WikiPage.objects.get(pk=guide.pk), author=a_person("ada"))
    found = nearest

    def meanwhile(entry: Entry) -> Any:
        monkeypatch.setattr(gathering, "nearest", found)
        present = WikiPage.objects.get(pk=guide.pk)
        publish(read_content(present) | {"body": "Two."}, entry=present, author=a_person("bob"))
        return found(entry)

    monkeypatch.setattr(gathering, "nearest", meanwhile)
    assert gathering.gather(guide.pk)
    assert Unsettled.objects.filter(entry=guide.pk).exists()
    monkeypatch.setattr(gathering, "nearest", found)


def test_who_comes_second_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = a_guide("Here")
    found = nearest

    def meanwhile(entry: Entry) -> Any:
        monkeypatch.setattr(gathering, "nearest", found)
        assert gathering.gather(guide.pk)
        Surroundings.objects.filter(pk=guide.pk).update(gathered="the other's")
        return found(entry)

    monkeypatch.setattr(gathering, "nearest", meanwhile)
    assert not gathering.gather(guide.pk)
    assert Surroundings.objects.get(pk=guide.pk).gathered == "the other's"


def test_what_becomes_related_is_known_on_both_sides(client: Client) -> None:
    one = a_guide("Autoscaling", tags=["spot machines"])
    gathering.gather_all()
    a_guide("Checkpoints", tags=["spot machines"])
    resource = a_resource("Spotter", tags=["spot machines"])
    gathering.gather_all()
    page = client.get(one.get_absolute_url()).content.decode()
    assert "Checkpoints" in page
    assert "Spotter" in page
    publish(read_content(resource) | {"title": "Spotted"}, entry=resource, author=a_person("ada"))
    page = client.get(one.get_absolute_url()).content.decode()
    assert "Spotted" in page
    assert "Spotter" not in page


def test_marks_are_answered_once_and_old_ones_are_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = a_guide("Here")
    gone = a_guide("Gone", body="[[Here]]")
    assert gathering.gather_all() == 2
    assert gathering.gather_all() == 0
    assert set(Neighbour.objects.filter(guide=guide.pk).values_list("entry", flat=True)) == {gone.pk}
    remove(gone, author=a_person("ada"), reason="It was wrong.")
    assert Unsettled.objects.filter(entry=guide.pk).exists()
    gathering.gather_all()
    assert not Surroundings.objects.filter(pk=gone.pk).exists()
    assert not Neighbour.objects.exists()
    monkeypatch.setattr(gathering, "VERSION", VERSION + 1)
    assert gathering.gather_all() == 1


def test_one_that_cannot_be_gathered_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    broken, fine = a_guide("Broken"), a_guide("Fine")

    def failing(entry: Entry) -> Any:
        if entry.pk == broken.pk:
            raise ValueError("There is something odd about it.")
        return nearest(entry)

    monkeypatch.setattr(gathering, "nearest", failing)
    gathering.gather_marked(StopEvent())
    assert not Unsettled.objects.exists()
    assert list(Surroundings.objects.values_list("pk", flat=True)) == [fine.pk]
    assert client.get(broken.get_absolute_url()).status_code == 200
    monkeypatch.setattr(gathering, "nearest", nearest)
    gathering.gather_all()
    assert Surroundings.objects.count() == 2


def test_somebody_who_leaves_is_called_otherwise_at_once(client: Client) -> None:
    ada = a_person("ada")
    User.objects.filter(pk=ada.pk).update(display_name="Ada Lovelace")
    guide = a_guide("Here", author=User.objects.get(pk=ada.pk))
    gathering.gather_all()
    assert b"Ada Lovelace" in client.get(guide.get_absolute_url()).content
    leave(User.objects.get(pk=ada.pk))
    assert b"Ada Lovelace" not in client.get(guide.get_absolute_url()).content
