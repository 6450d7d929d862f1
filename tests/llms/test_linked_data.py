"""JSON-LD on pages of every kind: one block of data that can be read, and that no title can end."""

import json
import re
import timeit
from html.parser import HTMLParser

import pytest

from resources.templatetags.linked import data_block
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_resource, a_section

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
TITLE = "</script><script>alert(1)</script><!-- & 架構"


class Scripts(HTMLParser):
    """The scripts of a page as a browser finds them: (type, source, text)."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "script":
            given = dict(attrs)
            self.found.append([given.get("type"), given.get("src"), ""])
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, data):
        if self.inside:
            self.found[-1][2] += data


def graph(client, address):
    """The things of a page by their types; every other script of it has a file."""
    page = Scripts()
    page.feed(client.get(address).content.decode())
    blocks = [text for type_, source, text in page.found if type_ == "application/ld+json" and source is None]
    assert all(source for type_, source, text in page.found if type_ != "application/ld+json")
    assert len(blocks) == 1
    data = json.loads(blocks[0])
    assert data["@context"] == "https://schema.org"
    for thing in data["@graph"]:
        if thing["@type"] in {"BreadcrumbList", "ItemList"}:
            rows = thing["itemListElement"]
            assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
            assert all(row.get("item", row.get("url")).startswith(f"{SITE}/") for row in rows)
    return {thing["@type"]: thing for thing in data["@graph"]}


def names(crumbs):
    return [row["name"] for row in crumbs["itemListElement"]]


def test_a_guide(client):
    above = a_guide("Above")
    guide = a_guide(TITLE, slug="nasty", parent=above, summary="All of it.", tags=["core"])
    things = graph(client, guide.get_absolute_url())
    text = things["TechArticle"]
    assert text["datePublished"] == guide.created_at.isoformat(timespec="seconds") <= text["dateModified"]
    assert (text["name"], text["description"], text["keywords"]) == (TITLE, "All of it.", "core")
    assert text["author"] == [{"@type": "Person", "name": "ada", "url": f"{SITE}/people/ada/"}]
    assert text["encoding"]["contentUrl"] == f"{SITE}/wiki/nasty.md"
    assert names(things["BreadcrumbList"]) == ["RayHub", "Guides", "Above", TITLE]


def test_a_case_study_names_the_sources_of_its_claims(client):
    a_case_study("Uber", claims=(a_claim("c1", source="https://example.org/a"), a_claim("c2", position=20)))
    text = graph(client, "/case-studies/uber/")["Article"]
    assert text["citation"] == ["https://example.org/a"]
    assert text["about"]["name"] == "Uber"


def test_a_comparison_names_what_it_compares(client):
    a_comparison()
    text = graph(client, "/compare/engines/")["TechArticle"]
    assert [one["name"] for one in text["about"]] == ["Ray", "Dask"]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("library", "SoftwareSourceCode"),
        ("paper", "ScholarlyArticle"),
        ("video", "CreativeWork"),
        ("dataset", "Dataset"),
    ],
)
def test_a_resource_is_what_it_is(client, kind, type_):
    section = a_section("Libraries", parent=a_section("All"))
    a_resource(TITLE, slug="raydp", url="https://github.com/a/b", kind=kind, sections=(section,), language="scala")
    things = graph(client, "/resources/raydp/")
    assert things[type_]["url"] == "https://github.com/a/b"
    assert ("codeRepository" in things[type_]) == (kind == "library")
    assert names(things["BreadcrumbList"]) == ["RayHub", "Resources", "Libraries", TITLE]


def test_lists_and_the_site_itself(client):
    section = a_section("Libraries", parent=a_section("All"))
    a_resource("RayDP", sections=(section,), tags=["spark & more"])
    a_case_study()
    a_comparison()
    a_guide(TITLE, slug="nasty", parent=a_guide("Above"))
    assert graph(client, "/sections/libraries/")["CollectionPage"]["mainEntity"]["numberOfItems"] == 1
    first = {
        "/resources/": "/resources/raydp/", "/case-studies/": "/case-studies/uber/", "/compare/": "/compare/engines/",
        "/wiki/": "/wiki/above/", "/wiki/?q=above": "/wiki/above/", "/tags/": "/tags/spark-more/",
    }  # fmt: skip
    for address, at in first.items():
        found = graph(client, address)["ItemList"]
        assert (found["numberOfItems"], [row["url"] for row in found["itemListElement"]]) == (1, [f"{SITE}{at}"])
    site = graph(client, "/")
    forms = {one["encodingFormat"]: one["contentUrl"] for one in site["Dataset"]["distribution"]}
    assert forms.keys() == {"text/markdown", "application/json", "text/csv", "text/plain"}
    for address in forms.values():
        assert client.get(address.removeprefix(SITE)).status_code == 200
    assert site["WebSite"]["potentialAction"]["target"] == f"{SITE}/search/?q={{words}}"


def test_nothing_ends_the_block_but_its_end():
    block = data_block({"name": "</script>\u2028<!-- & >", "empty": ""})
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not re.search("[<>&\u2028]", inside)
    assert json.loads(inside)["@graph"] == [{"name": "</script>\u2028<!-- & >"}]


def test_one_block_costs_microseconds():
    thing = {"name": "x" * 200, "rows": [{"@type": "Person", "name": "Ada", "url": "https://example.org/"}] * 5}
    assert min(timeit.repeat(lambda: data_block(thing), number=100, repeat=5)) / 100 < 0.0005


def test_pages_say_that_they_are_for_every_language(client):
    page = client.get("/tags/").content.decode()
    assert f'<link rel="alternate" hreflang="x-default" href="{SITE}/tags/">' in page
