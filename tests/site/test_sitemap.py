"""The sitemap: entries, tags and lists with dates; a list of files where there are many entries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.feeds.sitemaps import EntrySitemap
from resources.publishing import remove
from tests.makers import a_guide, a_person, a_resource

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def addresses(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    return re.findall(rf"<loc>{SITE}([^<]*)</loc>", text), re.findall(r"<lastmod>([^<]*)</lastmod>", text)


def test_entries_tags_and_lists_are_in_it_and_all_are_there(client):
    a_resource("RayDP", tags=["spark"])
    a_guide("Leads on", redirect=a_guide("Ray Core"))
    remove(a_resource("Gone", tags=["unused"]), author=a_person(), reason="Gone.")
    found, dates = addresses(client, "/sitemap.xml")
    assert {"/", "/wiki/", "/compare/", "/resources/raydp/", "/wiki/ray-core/", "/tags/spark/"} <= set(found)
    assert not {"/resources/gone/", "/wiki/leads-on/", "/tags/unused/"} & set(found)
    assert len(dates) == 3
    for path in found:
        assert client.get(path).status_code == 200, path
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_many_entries_are_in_several_files(client, monkeypatch):
    monkeypatch.setattr(EntrySitemap, "limit", 2)
    for number in range(5):
        a_guide(f"Guide {number}", tags=["some"])
    files, _dates = addresses(client, "/sitemap.xml")
    assert files == ["/sitemap-entries.xml", "/sitemap-entries.xml?p=2", "/sitemap-entries.xml?p=3", "/sitemap-tags.xml",
                     "/sitemap-pages.xml"]  # fmt: skip
    found = [path for file in files for path in addresses(client, file)[0]]
    assert {f"/wiki/guide-{number}/" for number in range(5)} <= set(found)
    assert len(found) == len(set(found))
    assert client.get("/sitemap-none.xml").status_code == 404
    assert client.post("/sitemap-tags.xml").status_code == 405


def test_it_costs_the_same_for_few_and_many(client):
    counts = []
    for number in range(6):
        a_guide(f"Guide {number}", tags=[f"tag {number}"])
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
        counts.append(len(queries))
    assert len(set(counts)) == 1
