"""Every address that live content mentions is watched from publish on, and none that it does not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.entries.models import Resource
from resources.links.models import Link, Use
from resources.links.watching import watch_everything
from resources.publishing import Change, publish, publish_many, remove, restore
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def uses_of(entry) -> set[tuple[str, str]]:
    return set(Use.objects.filter(entry=entry.pk).values_list("field", "written"))


def in_use() -> int:
    return int(Link.objects.in_use().count())


def test_a_resource_is_watched_by_its_address_and_led_to_its_link():
    resource = a_resource(url="http://www.Example.org/raydp/?utm_source=x")
    assert uses_of(resource) == {("url", "http://www.Example.org/raydp/?utm_source=x")}
    link = Link.objects.get()
    assert (link.key, link.state, link.host.name) == ("https://example.org/raydp", "untested", "example.org")
    assert link.address == "http://www.Example.org/raydp/?utm_source=x"
    assert Resource.objects.get().link == link


def test_every_kind_of_content_is_looked_through():
    guide = a_guide(
        body="See [docs](https://docs.example.org/a?x=1&y=2), <https://bare.example.org/b> and ![](https://pics.example.org/c.png).\n\n`https://code.example.org/`"
    )
    assert uses_of(guide) == {
        ("body", "https://docs.example.org/a?x=1&y=2"),
        ("body", "https://bare.example.org/b"),
        ("body", "https://pics.example.org/c.png"),
    }
    study = a_case_study(
        claims=(a_claim(source="https://source.example.org/1"),), body="[x](https://text.example.org/)"
    )
    assert ("claims", "https://source.example.org/1") in uses_of(study)
    assert ("body", "https://text.example.org/") in uses_of(study)
    section = a_section(
        introduction="[intro](https://intro.example.org/)",
        passages=[
            {"key": "a", "position": 5, "depth": 0, "form": "prose", "text": "[more](https://more.example.org/)"}
        ],
    )
    assert uses_of(section) == {
        ("introduction", "https://intro.example.org/"),
        ("passages", "https://more.example.org/"),
    }


def test_one_link_for_all_who_mention_it_whatever_the_spelling():
    one, other = (
        a_guide("One", body="[x](https://example.org/a)"),
        a_guide("Other", body="[x](http://www.example.org/a/)"),
    )
    assert Link.objects.count() == 1
    assert {use.entry_id for use in Link.objects.get().uses.all()} == {one.pk, other.pk}


def test_what_nothing_mentions_any_more_is_tested_no_longer_and_comes_back_when_it_is_mentioned():
    guide = a_guide(body="[x](https://example.org/a)")
    assert in_use() == 1
    publish({"title": guide.title, "slug": guide.slug, "body": "Nothing."}, entry=guide, author=a_person())
    assert in_use() == 0
    assert not Use.objects.exists()
    restore(guide, number=1, author=a_person())
    assert in_use() == 1
    remove(guide, author=a_person(), reason="It is gone.")
    assert in_use() == 0
    assert Link.objects.count() == 1


def test_a_link_that_another_page_mentions_too_stays():
    guide = a_guide("One", body="[x](https://example.org/a)")
    a_guide("Other", body="[x](https://example.org/a)")
    remove(guide, author=a_person(), reason="It is gone.")
    assert Link.objects.get().unused_since is None


def test_many_pages_at_once_cost_no_more_queries_than_a_few():
    def queries(count: int, mark: str) -> int:
        changes = [
            Change(
                {"title": f"{mark} {place}", "slug": f"{mark}-{place}", "url": f"https://{mark}.example.org/{place}"},
                type="resource",
            )
            for place in range(count)
        ]
        with CaptureQueriesContext(connection) as found:
            publish_many(changes, author=a_person())
        return (
            sum(
                "resources_link" in query["sql"] or "resources_use" in query["sql"] or "resources_host" in query["sql"]
                for query in found
            )
            - count
        )

    assert queries(40, "many") <= queries(4, "few")


def test_a_site_from_before_links_were_watched_is_brought_in_step():
    a_guide(body="[x](https://example.org/a)")
    a_resource()
    a_comparison()
    before = set(Use.objects.values_list("entry", "link__key", "field"))
    Use.objects.all().delete()
    Link.objects.all().delete()
    assert watch_everything() == 3
    assert set(Use.objects.values_list("entry", "link__key", "field")) == before
    assert Resource.objects.get().link is not None
