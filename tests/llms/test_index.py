"""/llms.txt and /llms-full.txt: what there is, bounded, in a fixed number of queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.history.freshness import _kept
from resources.llms import index
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    _kept.clear()


def test_it_has_the_form_of_llmstxt_and_its_links_lead_to_markdown(client):
    a_resource(sections=(a_section("Libraries", parent=a_section("All")),))
    a_guide("Ray [Core]", summary="All\nof it.")
    a_case_study()
    a_comparison()
    answer = client.get("/llms.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    title, quote = text.split("\n\n")[:2]
    assert title == "# RayHub"
    assert quote.startswith("> ")
    parts = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert parts == ["Guides", "Case studies", "Comparisons", "Sections", "Optional"]
    assert "- [Ray \\[Core\\]](http://127.0.0.1:8000/wiki/ray-core.md?form=reading): All of it." in text
    for line in text.partition("## Guides")[2].splitlines():
        assert re.fullmatch(r"(- \[.+\]\(http://127\.0\.0\.1:8000/\S*\)(: .+)?|## .+|)", line), line
    for address in re.findall(r"\(http://127\.0\.0\.1:8000(/[^)]*)\)", text):
        assert client.get(address).status_code == (405 if address == "/mcp" else 200), address
    assert client.get("/llms.txt", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_it_costs_the_same_for_few_guides_and_many_and_has_an_end(client, monkeypatch):
    monkeypatch.setattr(index, "MOST", 5)
    a_guide("First")
    counts = []
    for number in range(7):
        _kept.clear()
        with CaptureQueriesContext(connection) as queries:
            text = client.get("/llms.txt").content.decode()
        counts.append(len(queries))
        a_guide(f"Guide {number}")
    assert len(set(counts)) == 1
    assert text.count("/wiki/") == 6
    assert "- [More](http://127.0.0.1:8000/wiki/)" in text
    with CaptureQueriesContext(connection) as queries:
        client.get("/llms.txt")
        client.get("/llms.txt")
    assert len(queries) <= counts[0] + 1


def test_the_texts_of_all_guides_in_one_file(client, monkeypatch):
    a_guide("Ray Core", body="Words of the core.")
    a_guide("Ray Data", body="See [[Ray Core]].")
    a_guide("Leads on", redirect=a_guide("Ray Train", body="x" * 3000), author=a_person())
    whole = client.get("/llms-full.txt")
    text = b"".join(whole.streaming_content).decode()
    assert "# Ray Core\n\n<http://127.0.0.1:8000/wiki/ray-core/>\n\nWords of the core." in text
    assert "See [Ray Core](http://127.0.0.1:8000/wiki/ray-core/)." in text
    assert "Leads on" not in text
    assert client.get("/llms-full.txt", headers={"if-none-match": whole["ETag"]}).status_code == 304
    assert client.head("/llms-full.txt").status_code == 200
    monkeypatch.setattr(index, "MOST_BYTES", 1000)
    cut = b"".join(client.get("/llms-full.txt").streaming_content).decode()
    assert "1 guides are left out" in cut
    assert len(cut.encode()) < 2000
    assert client.post("/llms-full.txt").status_code == 405
