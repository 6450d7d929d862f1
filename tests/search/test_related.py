"""Related entries: what they share, said in words."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.entries.models import Entry
from resources.publishing import Change, publish_many, remove
from resources.search.related import related
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def _near(entry: object) -> dict[str, str]:
    return {one.title: one.note.partition(" · ")[2] for one in related(entry)}  # type: ignore[arg-type]  # an entry of any kind


def test_tags_sections_and_mentions_relate_and_say_so() -> None:
    section = a_section("Data tools")
    target = a_guide("Ray Core")
    one = a_resource("Alpha", summary="", sections=(section,), tags=["spark", "arrow"])
    a_resource("Beta", summary="", sections=(section,), tags=["spark", "arrow"])
    a_resource("Gamma", summary="", sections=(section,))
    a_guide("Delta", body="See [[Ray Core]].")
    writer = a_guide("Epsilon", body="Read [[Ray Core]] first.")
    a_resource("Far away", summary="")
    assert _near(one) == {"Beta": "shares 2 tags; stands in Data tools too", "Gamma": "stands in Data tools too"}
    assert list(_near(one)) == ["Beta", "Gamma"]
    assert _near(writer)["Delta"] == "both mention Ray Core"
    assert _near(writer)["Ray Core"] == "is mentioned here"
    assert set(_near(target)) == set()


def test_words_relate_and_rare_ones_weigh_more() -> None:
    one = a_guide("Autoscaling on spot machines")
    a_guide("Checkpoints on spot machines")
    for number in range(12):
        a_resource(f"Machines {number}", summary="")
    near = _near(one)
    assert next(iter(near)) == "Checkpoints on spot machines"
    assert near["Checkpoints on spot machines"].startswith("both are about")


def test_removed_and_leading_entries_are_not_related() -> None:
    one, other = a_guide("Alpha", tags=["spark"]), a_guide("Beta", tags=["spark"])
    a_guide("Gamma", tags=["spark"], redirect=one)
    assert set(_near(one)) == {"Beta"}
    remove(other, author=a_person(), reason="Old.")
    assert _near(one) == {}
    assert _near(other) == {}


def test_it_costs_the_same_for_few_entries_and_many() -> None:
    one, counts = a_guide("Zebra", tags=["x"], body="[[Quokka]]"), []
    for numbers in (range(3), range(3, 20)):
        publish_many(
            (
                Change(
                    {"title": f"Zebra {number}", "slug": f"zebra-{number}", "tags": ["x"], "body": "[[Quokka]]"},
                    type=Entry.Type.WIKIPAGE,
                )
                for number in numbers
            ),
            author=a_person(),
        )
        with CaptureQueriesContext(connection) as queries:
            assert related(one)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("make", [a_resource, a_guide, a_case_study, a_comparison])
def test_every_kind_shows_them(client: Client, make: Callable[..., Entry]) -> None:
    entry = make(tags=["spark"])
    other = a_guide("Another <b>page</b>", tags=["spark"])
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "shares the tag spark" in page
    assert f'href="{other.get_absolute_url()}"' in page
    assert "<b>page" not in page


def test_a_case_study_names_another_once(client: Client) -> None:
    study = a_case_study("Uber", tags=["etl"])
    like, other = a_case_study("Lyft", tags=["etl"]), a_guide("Pipelines", tags=["etl"])
    page = client.get(study.get_absolute_url()).content.decode()
    assert [page.count(f'href="{one.get_absolute_url()}"') for one in (like, other)] == [1, 1]
