"""Every kind as Markdown that reads well by itself, at its address and by asking for Markdown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.publishing import remove
from tests.makers import a_case_study, a_claim, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def reading(client, address):
    answer = client.get(f"{address}?form=reading")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    return answer.content.decode()


def test_mentions_are_links_but_in_code(client):
    a_resource("RayDP")
    a_guide("Ray Data")
    text = (
        "See [[Ray Data]], [[resource:raydp|Spark] it]], [[resource:raydp]] and [[Nobody wrote]].\n\n"
        "`[[Ray Data]]`\n\n```\n[[Ray Data]]\n```\n\n{{resources limit=1}}"
    )
    a_guide("Ray Core", summary="All of it.", body=text, tags=["core"])
    text = reading(client, "/wiki/ray-core.md")
    assert (
        f"See [Ray Data]({SITE}/wiki/ray-data/), [[resource:raydp|Spark] it]], [RayDP]({SITE}/resources/raydp/)" in text
    )
    assert "and Nobody wrote." in text
    assert "`[[Ray Data]]`" in text
    assert "```\n[[Ray Data]]\n```" in text
    assert f"- [RayDP]({SITE}/resources/raydp/) - " in text
    assert text.startswith("---\ntitle: Ray Core\nkind: Guide\n")
    assert "tags: [core]" in text
    assert "# Ray Core\n\nAll of it.\n" in text


def test_claims_and_cells_are_tables(client):
    claims = (a_claim("c1", statement="A | B\nmore", figure="3", unit="times", source="https://example.org/a"),)
    a_case_study("Uber", claims=claims, scale="Large.")
    study = reading(client, "/case-studies/uber.md")
    assert "| A \\| B more | 3 times | unverified | <https://example.org/a> |" in study
    assert "- Scale: Large." in study
    a_comparison(cells={"ray/cost": {"text": "Little", "verdict": "yes"}})
    table = reading(client, "/compare/engines.md")
    assert "|  | Ray | Dask |" in table
    assert "| **Cost** | **yes**: Little |" in table


def test_a_section_lists_what_sits_in_it_and_below(client):
    section = a_section("Libraries", introduction="What one builds on.", parent=a_section("All"))
    a_section("Below", parent=section)
    a_resource("RayDP", sections=(section,))
    text = reading(client, "/sections/libraries.md")
    assert f"- [RayDP]({SITE}/resources/raydp/) (<https://example.org/raydp>): RayDP in one sentence." in text
    assert f"- [Below]({SITE}/sections/below/)" in text
    resource = reading(client, "/resources/raydp.md")
    assert f"Sections: [Libraries]({SITE}/sections/libraries/)" in resource
    assert "url: https://example.org/raydp" in resource


@pytest.mark.parametrize(
    ("accept", "markdown"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("*/*", False),
        ("text/markdown", True),
        ("text/markdown, text/html, */*", True),
        ("text/markdown;q=0.5, text/html", False),
    ],
)
def test_pages_answer_with_what_is_asked_for(client, accept, markdown):
    a_guide("Ray Core", body="Words.")
    answer = client.get("/wiki/ray-core/", headers={"accept": accept})
    assert answer["Content-Type"].startswith("text/markdown" if markdown else "text/html")
    assert "Accept" in answer["Vary"].split(", ")


def test_every_kind_names_it_and_gives_it(client):
    section = a_section()
    for made in (a_guide(), a_case_study(), a_comparison(), a_resource(sections=(section,)), section):
        page = client.get(made.get_absolute_url()).content.decode()
        assert f'rel="alternate" type="text/markdown" href="{made.source_address}?form=reading"' in page
        answer = client.get(made.get_absolute_url(), headers={"accept": "text/markdown"})
        assert answer.content.decode() == reading(client, made.source_address)
        again = client.get(f"{made.source_address}?form=reading", headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304
        assert "id:" in client.get(made.source_address).content.decode().split("---")[1]


def test_what_is_gone_moved_or_leads_on_says_so(client):
    guide = a_guide("Ray Core")
    a_guide("Old", redirect=guide)
    led = client.get("/wiki/old/", headers={"accept": "text/markdown"})
    assert (led.status_code, led["Location"]) == (301, "/wiki/ray-core.md?form=reading")
    assert client.get("/wiki/none.md?form=reading").status_code == 404
    other = a_guide("Other")
    remove(other, author=a_person(), reason="Gone.")
    assert client.get("/wiki/other.md?form=reading").status_code == 410
    assert client.post("/wiki/ray-core.md?form=reading").status_code == 405


def test_queries_do_not_grow_with_the_text(client):
    for number in range(12):
        a_guide(f"Guide {number}")
    counts = []
    for number in (2, 12):
        mentions = " ".join(f"[[Guide {one}]]" for one in range(number))
        a_guide(f"With {number}", body=mentions)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/wiki/with-{number}.md?form=reading")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
