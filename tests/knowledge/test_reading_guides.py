"""The page of a guide and the list of all."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.entries.content import read_content
from resources.entries.guides import place_of
from resources.entries.knowledge import WikiPage
from resources.publishing import publish
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

BUDGET = 5
"""Queries of a guide's page for a reader who is not signed in."""


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_guide_shows_where_it_stands(client):
    top = a_guide("Operating Ray")
    gone = a_guide("Old chapter", parent=top)
    first = a_guide("Alerts", parent=gone, rank=1)
    here = a_guide("Backups", parent=gone, rank=2, body="## What\n\nWords.\n\n### How\n\nWords.", tags=["ops"])
    last = a_guide("Alarms", parent=gone, rank=3)
    below = a_guide("Snapshots", parent=here, summary="Of a cluster.")
    a_guide("Leads on", parent=here, redirect=below)
    WikiPage.objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    place = place_of(here)
    around = (*place.above, place.previous, place.next, *place.below)
    assert [one.pk for one in around if one] == [top.pk, first.pk, last.pk, below.pk]
    page = page_of(client, here.get_absolute_url())
    crumbs = page.partition('<nav class="crumbs"')[2].partition(">")[2].partition("</nav>")[0]
    assert text_of(crumbs) == "RayHub Guides Operating Ray"
    assert f'href="{first.get_absolute_url()}" rel="prev"' in page
    assert f'href="{last.get_absolute_url()}" rel="next"' in page
    assert page.count('href="#c-what"') == page.count('class="lower"') == 2
    assert "Below this guide" in page
    assert "Leads on" not in page
    assert 'href="/tags/ops/"' in page
    assert "1 minute to read" in page


def test_a_ring_of_parents_still_has_a_page(client):
    one = a_guide("One")
    two = a_guide("Two", parent=one)
    WikiPage.objects.filter(pk=one.pk).update(parent=two.pk)
    for guide in (one, two):
        assert "Guides" in page_of(client, guide.get_absolute_url())
    assert client.get("/wiki/").status_code == 200
    assert "One" in page_of(client, "/wiki/?sort=title")


def test_a_deep_guide_names_all_that_is_above_it(client):
    guide = a_guide("Level 0")
    for number in range(1, 13):
        guide = a_guide(f"Level {number}", parent=guide)
    assert [one.title for one in place_of(guide).above] == [f"Level {number}" for number in range(12)]


def test_a_guide_names_its_writers_and_who_mentions_it(client):
    guide = a_guide("Ray Core", author=a_person("ada"))
    for number in range(7):
        present = WikiPage.objects.get(pk=guide.pk)
        publish(read_content(present) | {"body": f"v{number}"}, entry=present, author=a_person(f"writer{number}"))
    for number in range(7):
        a_guide(f"Mention {number}", body="[[Ray Core]]")
    page = page_of(client, guide.get_absolute_url())
    assert "and 3 others" in page
    assert "by writer6" in page
    assert "All that mention it" in page
    assert page.count('">Mention ') == 5


def test_only_those_who_may_edit_see_the_ways_to_edit_a_part(client):
    guide = a_guide("Parts", body="## First part\n\nWords.\n\n## Second part\n\nWords.")
    address = guide.get_absolute_url()
    assert "part-edit" not in page_of(client, address)
    client.force_login(a_person("cora", role="contributor"))
    page = page_of(client, address)
    assert f'href="{address}edit/?section=c-first-part"' in page
    assert "Second part" in page_of(client, f"{address}edit/?section=c-second-part")


def test_a_guides_page_costs_the_same_whatever_the_size(client):
    top = a_guide("Top")
    guide = a_guide("Guide", parent=top, tags=["one"], body="## A\n\n## B\n\n" + "word " * 500)

    def cost():
        page_of(client, guide.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            page_of(client, guide.get_absolute_url())
        return len(queries)

    few = cost()
    for number in range(12):
        a_guide(f"Beside {number}", parent=top, rank=number % 3)
        a_guide(f"Below {number}", parent=guide, body="[[Guide]]")
        present = WikiPage.objects.get(pk=guide.pk)
        change = {"tags": [f"tag {number}", "one"], "body": f"{present.body} {number}"}
        publish(read_content(present) | change, entry=present, author=a_person(f"w{number}"))
    assert cost() == few <= BUDGET


def test_lists_in_a_text_are_shown(client):
    security = a_section("Security")
    a_resource("Alpha", sections=(security,), summary="Guards *it*.")
    guide = a_guide(
        "Lists", body="{{resources section=security}}\n\n{{resources kind=cake}}\n\n{{people}}\n\n{{guides tag=no}}"
    )
    page = page_of(client, guide.get_absolute_url())
    assert 'href="/resources/alpha/"' in page
    assert "<em>it</em>" in page
    assert "Nothing fits this list yet." in page
    assert "{{people}}" in page
    assert "cannot be shown" not in page
    client.force_login(a_person("cora", role="contributor"))
    page = page_of(client, guide.get_absolute_url())
    assert page.count("This list cannot be shown.") == 2
    assert "“cake” is no kind" in page
    assert "There is no list called “people”" in page


def test_a_page_fills_ten_lists_at_one_query_each(client, django_assert_num_queries):
    a_resource("Alpha")
    plain = a_guide("Plain", body="Words.")
    guide = a_guide("Lists", body="\n\n".join(["{{resources}}"] * 12))
    counts = []
    for one in (plain, guide):
        with CaptureQueriesContext(connection) as queries:
            page = page_of(client, one.get_absolute_url())
        counts.append(len(queries))
    assert page.count('class="rows embed"') == 10
    assert page.count("10 lists at most") == 2
    assert counts[1] - counts[0] <= 10


def test_sections_and_previews_show_lists_too(client):
    a_resource("Alpha", kind="paper")
    passages = [{"key": "p1", "position": 10, "depth": 0, "form": "prose", "text": "{{resources kind=paper}}"}]
    section = a_section("Security", introduction="{{resources kind=paper}}", passages=passages)
    assert page_of(client, section.get_absolute_url()).count('class="rows embed"') == 2
    client.force_login(a_person("cora", role="contributor"))
    fields = {"type": "wikipage", "entry": "", "title": "New", "body": "{{resources kind=paper}}\n\n{{guides limit=x}}"}
    answer = client.post("/preview/", fields)
    assert answer.status_code == 200
    assert 'class="rows embed"' in answer.content.decode()
    assert "from 1 to 100" in answer.content.decode()


def test_the_list_of_guides_is_a_tree(client):
    top = a_guide("Operating", rank=2, summary="For those who run it.")
    a_guide("Beginning", rank=1)
    middle = a_guide("Backups", parent=top)
    a_guide("Snapshots", parent=middle)
    a_guide("Alone now", parent=a_guide("Gone soon"))
    WikiPage.objects.filter(slug="gone-soon").update(removed_at=timezone.now())
    page = text_of(page_of(client, "/wiki/")).partition("Sort by")[2]
    places = [page.index(title) for title in ("Alone now", "Beginning", "Operating", "Backups", "Snapshots")]
    assert places == sorted(places)
    assert "For those who run it." in page
    assert "Gone soon" not in page


def test_a_long_branch_is_cut_and_leads_to_the_rest(client):
    top = a_guide("Top")
    middle = a_guide("A middle", parent=top)
    for number in range(25):
        a_guide(f"Below {number:02}", parent=top)
        a_guide(f"Deep {number:02}", parent=middle)
    page = page_of(client, "/wiki/")
    assert "6 more under Top" in page
    assert "15 more under A middle" in page
    assert "Below 24" not in page
    flat = page_of(client, "/wiki/?under=top")
    assert "Below 24" in flat
    assert "Deep" not in flat


def test_guides_are_narrowed_and_sorted(client):
    a_guide("Zebra", body="It mentions mustard.", tags=["food"])
    a_guide("Apple", summary="A fruit.", tags=["food"])
    a_guide("Stone")
    assert "Zebra" in page_of(client, "/wiki/?q=mustard")
    assert "Apple" not in page_of(client, "/wiki/?q=mustard")
    page = page_of(client, "/wiki/?tag=food&sort=title")
    assert page.index("Apple") < page.index("Zebra")
    assert "Stone" not in page
    assert page_of(client, "/wiki/?sort=added").index("Stone") < page_of(client, "/wiki/?sort=added").index("Zebra")
    assert "Nothing matches" in page_of(client, "/wiki/?q=nowhere")
    assert "not narrowed by it" in page_of(client, "/wiki/?tag=nonsense&sort=x")
    assert client.get("/wiki/?q=%00&page=zz").status_code == 200


def test_an_empty_wiki_says_what_to_do(client):
    assert "Write the first one" in page_of(client, "/wiki/")


def test_comparisons_and_case_studies_show_lists_too(client):
    a_resource("Alpha", kind="paper")
    for entry in (a_comparison(body="{{resources kind=paper}}"), a_case_study(body="{{resources kind=paper}}")):
        assert 'class="rows embed"' in page_of(client, entry.get_absolute_url())


def test_the_front_page_shows_guides_and_what_needs_help(client):
    assert "What needs help" not in page_of(client, "/")
    top = a_guide("Operating", summary="For those who run it.", body="[[Nobody wrote this]]")
    a_guide("Below", parent=top, body="[[Operating]]")
    a_guide("Lonely")
    a_case_study(claims=(a_claim(),))
    page = page_of(client, "/")
    assert "For those who run it." in page
    assert 'href="/wiki/below/">Below</a></h3>' not in page
    for address in ("/wiki/wanted/", "/wiki/orphans/", "/case-studies/claims/"):
        assert re.search(rf'<a href="{address}">[^<]+</a> <span class="count">1</span>', page)


def test_a_tag_shows_texts_and_resources(client):
    a_guide("Backups", tags=["ops"])
    page = page_of(client, "/tags/ops/")
    assert 'href="/wiki/backups/"' in page
    assert "Nothing has this tag" not in page
    a_resource("Alpha", tags=["ops"])
    assert 'href="/resources/alpha/"' in page_of(client, "/tags/ops/")


def test_a_section_that_lists_guides_is_not_called_empty(client):
    root = a_section("All")
    a_section("Guides", parent=root, introduction="All of them:\n\n{{guides limit=5}}")
    a_section("Empty", parent=root)
    home = client.get("/").content.decode()
    help_wanted = home.partition("What needs help")[2]
    assert "Empty</a>" in help_wanted
    assert "Guides</a>" not in help_wanted
    assert 'Guides</a> <span class="count">' not in home
    assert 'Empty <span class="count">0</span>' in client.get("/wiki/").content.decode()
