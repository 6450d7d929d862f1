"""How alive the projects behind links are: recognised, asked about when due, shown with source and date, filtered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.links.facts import public_facts
from resources.links.models import Link, Project
from resources.links.projects import Facts, project_key, refresh_projects
from resources.publishing import remove
from tests.links.standing import link_of, visited
from tests.makers import a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Told:
    """What a source says, as fetching/projects.py has it."""

    source: str = "GitHub"
    at: datetime = datetime(2026, 11, 2, tzinfo=UTC)
    archived: bool = False
    archived_at: datetime | None = None
    renamed_to: str = ""
    last_commit: datetime | None = None
    last_release: datetime | None = None
    release_name: str = ""


class Source:
    """Tells what it was given, and remembers what it was asked."""

    def __init__(self, **told: Told) -> None:
        self.told = {f"github.com/ray-project/{name}": facts for name, facts in told.items()}
        self.asked: list[str] = []

    def __call__(self, keys: Collection[str]) -> Mapping[str, Facts | None]:
        self.asked += keys
        return dict(self.told)


def a_project(name: str, **content):
    return a_resource(name, url=f"https://github.com/ray-project/{name.lower()}", **content)


def refreshed(source: Source, limit: int = 10) -> int:
    return refresh_projects(limit, ask=source, chance=Random(1))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://github.com/ray-project/ray", "github.com/ray-project/ray"),
        ("https://github.com/ray-project/ray/tree/master/rllib#readme", "github.com/ray-project/ray"),
        ("https://index.example/project/RayDP/", "index.example/project/raydp"),
        ("https://gitlab.com/a/b?x=1", "gitlab.com/a/b"),
        ("https://github.com/topics/ray", ""),
        (f"https://gitlab.com/{'/'.join(['a' * 90] * 5)}", ""),
        ("https://github.com/ray-project", ""),
        ("https://docs.ray.io/en/latest", ""),
        ("https://evil.example/github.com/a/b", ""),
    ],
)
def test_an_address_names_its_project(address: str, key: str, settings: Any) -> None:
    settings.PACKAGE_INDEXES = {"index.example": "https://index.example/json"}
    assert project_key(address) == key


def test_what_is_due_is_asked_about_once_and_written_down() -> None:
    a_project("Ray")
    a_guide("Core", body="[a](https://github.com/ray-project/ray/tree/master/python) [b](https://docs.ray.io/)")
    source = Source(ray=Told(last_release=datetime(2026, 10, 1, tzinfo=UTC), release_name="2.60"))
    assert refreshed(source) == 1
    project = Project.objects.get()
    assert (project.source, project.release_name, project.links.count()) == ("GitHub", "2.60", 2)
    assert timedelta(days=5) < project.due_at - timezone.now() < timedelta(days=9)
    assert refreshed(source) == 0
    assert source.asked == ["github.com/ray-project/ray"]


def test_no_more_are_asked_about_than_asked_for() -> None:
    for name in ("Ray", "Kuberay", "Llm"):
        a_project(name)
    source = Source()
    assert [refreshed(source, 2), refreshed(source, 2), refreshed(source, 2)] == [2, 1, 0]


def test_what_nobody_can_tell_leaves_what_was_known() -> None:
    a_project("Ray")
    refreshed(Source(ray=Told(archived=True)))
    Project.objects.update(due_at=timezone.now())
    refreshed(Source())
    project = Project.objects.get()
    assert (project.archived, project.source) == (True, "GitHub")
    assert project.due_at > timezone.now() + timedelta(days=20)


def test_a_project_that_no_page_uses_is_asked_about_no_more() -> None:
    remove(a_project("Ray"), author=a_person(), reason="Gone.")
    assert refreshed(Source()) == 0


def test_rows_and_pages_say_what_matters_with_its_source(client: Client) -> None:
    section = a_section("Libraries")
    a_project("Old", sections=(section,), tags=["x"])
    a_project("Quiet", sections=(section,), tags=["x"])
    a_project("Alive", sections=(section,), tags=["x"])
    a_project("Said", sections=(section,), state="archived")
    now = timezone.now()
    refreshed(
        Source(
            old=Told(archived=True, archived_at=datetime(2025, 3, 4, tzinfo=UTC)),
            quiet=Told(last_commit=datetime(2021, 1, 1, tzinfo=UTC)),
            alive=Told(last_commit=now, last_release=now - timedelta(days=900), release_name="v1"),
            said=Told(archived=True),
        )
    )
    a_guide("List", body="{{resources tag=x}}")
    for address in ("/resources/", "/sections/libraries/", "/tags/x/", "/wiki/list/"):
        page = client.get(address).text
        assert page.count("</svg>archived by its keepers") == 1
        assert page.count("quiet since 2021") == 1
    page = client.get("/resources/old/").text
    assert "archived on <time" in page
    assert "GitHub said so on <time" in page
    assert "last release v1 on" in client.get("/resources/alive/").text
    assert "GitHub said so" in client.get(f"/links/{Link.objects.get(resources__slug='old').pk}/").text


def test_resources_are_filtered_by_how_alive_they_are(client: Client) -> None:
    for name in ("Old", "Quiet", "Alive", "Unknown"):
        a_project(name)
    now = timezone.now()
    refreshed(
        Source(
            old=Told(archived=True, last_commit=now),
            quiet=Told(last_release=datetime(2021, 1, 1, tzinfo=UTC)),
            alive=Told(last_commit=now, last_release=datetime(2021, 1, 1, tzinfo=UTC)),
        )
    )
    for word, name in (("archived", "Old"), ("quiet", "Quiet"), ("lately", "Alive")):
        page = client.get(f"/resources/?activity={word}").text
        assert [one for one in ("Old", "Quiet", "Alive", "Unknown") if f"{one} in one sentence" in page] == [name]


def test_a_comparison_asks_no_query_for_each_subject(client: Client, django_assert_num_queries) -> None:
    rows = []
    for place in range(12):
        resource = a_project(f"P{place}")
        rows.append({"key": f"p{place}", "position": place, "name": f"P{place}", "resource": resource.pk})
    a_comparison("Few", subjects=rows[:2])
    a_comparison("Many", subjects=rows)
    refreshed(Source())
    client.get("/compare/few/")
    client.get("/compare/many/")
    with CaptureQueriesContext(connection) as few:
        client.get("/compare/few/")
    with django_assert_num_queries(len(few)):
        client.get("/compare/many/")


def test_a_link_is_plain_data_for_programs() -> None:
    a_project("Ray")
    refreshed(Source(ray=Told(archived=True)))
    link = visited(link_of(a_resource("Other")))
    facts = public_facts(Link.objects.select_related("host", "project").get(pk=link.pk))
    assert (facts["health"], facts["host"], facts["project"], facts["ignored"]) == ("ok", "example.org", None, None)
    other = public_facts(Link.objects.select_related("host", "project").get(host__name="github.com"))
    assert other["project"]["archived"] is True
    assert other["visited_at"] is None
