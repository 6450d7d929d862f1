"""Lists in pages: the links to them, and the page of a tag, which keeps what has it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.entries.models import Entry, Resource
from resources.publishing import Change, publish_many, remove
from tests.makers import a_guide, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def _many():
    contents = [
        {"title": f"Tool {number:03}", "slug": f"tool-{number:03}", "url": f"https://example.org/{number}", "tags": ["io"]}
        for number in range(260)
    ]  # fmt: skip
    publish_many([Change(one, type=Entry.Type.RESOURCE) for one in contents], author=a_person())


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("_many")
def test_links_lead_to_the_pages_of_the_same_list(client):
    pager = page_of(client, "/resources/?q=tool&page=3&sort=title").partition('<nav class="pager"')[2]
    links = re.findall(r'<a href="([^"]*)"', pager.partition("</nav>")[0])
    assert links[0] == "?q=tool&amp;page=2&amp;sort=title"
    assert links[-1] == "?q=tool&amp;page=4&amp;sort=title"
    assert '<span aria-current="page">3</span>' in pager
    assert 'aria-label="Page 5"' in pager
    assert 'class="pager"' not in page_of(client, "/resources/?q=tool+001")


@pytest.mark.usefixtures("_many")
def test_a_tag_shows_its_resources_in_pages(client):
    assert "260 resources have this tag" in page_of(client, "/tags/io/")
    second = page_of(client, "/tags/io/?page=2")
    assert "Tool 050" in second
    assert "Tool 049" not in second
    assert '<a href="?page=1" rel="prev">' in second
    assert "Tool 259" in page_of(client, "/tags/io/?page=99")
    assert "Tool 000" in page_of(client, "/tags/io/?page=no")


@pytest.mark.usefixtures("_many")
def test_what_is_removed_is_gone_from_its_tag_at_once(client):
    assert "Tool 007" in page_of(client, "/tags/io/")
    remove(Resource.objects.get(slug="tool-007"), author=a_person(), reason="It is gone.")
    page = page_of(client, "/tags/io/")
    assert "Tool 007" not in page
    assert "259 resources have this tag" in page


@pytest.mark.usefixtures("_many")
def test_many_texts_with_a_tag_cost_its_page_nothing(client):
    page_of(client, "/tags/io/")
    with CaptureQueriesContext(connection) as before:
        page_of(client, "/tags/io/")
    for number in range(3):
        a_guide(f"Guide {number}", tags=["io"])
    page_of(client, "/tags/io/")
    with CaptureQueriesContext(connection) as after:
        page_of(client, "/tags/io/")
    assert len(after) == len(before)
