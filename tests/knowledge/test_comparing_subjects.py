"""A comparison as its readers see it: the table, what they narrow it by, the list, and the table as a file."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.entries.tables import Wish, gaps_of, table_of
from resources.publishing import remove
from resources.text.markdown import render
from tests.makers import a_comparison, a_person, a_resource

pytestmark = pytest.mark.django_db

CELLS = {
    "ray/cost": {
        "text": "Low, `a|b`.",
        "verdict": "yes",
        "source": "https://www.example.org/a",
        "note": "So they say.",
    },
    "dask/cost": {"text": "High.", "verdict": "no"},
    "ray/speed": {"text": "Fast.", "verdict": "yes"},
    "dask/speed": {"text": "Fast. ", "verdict": "yes"},
}


@pytest.fixture
def table():
    return a_comparison("Engines", cells=CELLS, tags=["engines"], summary="Which one?")


def page(client, query="", entry="engines"):
    answer = client.get(f"/compare/{entry}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_has_every_cell_with_its_verdict_text_note_and_source(table, client):
    html = page(client)
    for words in ("<code>a|b</code>", "So they say.", 'rel="nofollow ugc noopener"', "</span>example.org</a>"):
        assert words in html, words
    assert 'href="https://www.example.org/a"' in html
    assert html.count('scope="row"') == 3  # two criteria, and the verdicts counted
    assert html.count('scope="col"') == 3
    assert html.count('class="verdict yes"') == 5
    assert "?cell=" not in html


def test_an_empty_cell_says_so_and_is_offered_to_those_who_may_fill_it(client):
    a_comparison(cells={"ray/cost": "Low."})
    assert page(client).count("Nobody has filled this in.") == 3
    client.force_login(a_person("cora", role="contributor"))
    html = page(client)
    assert 'href="/compare/engines/edit/?cell=dask/cost"' in html
    assert html.count("Fill it in") == 3
    assert 'href="/compare/engines/edit/?criterion=cost"' in html


def test_a_subject_leads_to_its_resource_while_that_is_there(client):
    resource = a_resource("Dask", url="https://example.org/dask", state="archived")
    subjects = [
        {"key": "ray", "position": 1, "name": "Ray"},
        {"key": "dask", "position": 0, "name": "Dask", "resource": resource.pk},
    ]
    a_comparison(subjects=subjects)
    html = page(client)
    assert f'<a href="{resource.get_absolute_url()}">Dask</a>' in html
    assert "badge amber" in html
    assert html.index(">Dask</a>") < html.index('data-of="Ray"')
    remove(resource, author=a_person("ed", role="editor"), reason="Gone.")
    assert f'href="{resource.get_absolute_url()}"' not in page(client)


def test_only_differences_subjects_and_axes(table, client):
    html = page(client, "?differences=1")
    assert "1 is alike and hidden" in html
    assert "Speed" not in html
    one = page(client, "?subjects=ray&differences=1")
    assert 'data-of="Dask"' not in one
    assert "Speed" in one  # one subject alone differs from nothing
    assert 'data-of="Dask"' in page(client, "?subjects=nobody")
    turned = page(client, "?turn=1&subjects=ray,dask")
    assert 'data-of="Cost"' in turned
    assert turned.count('scope="row"') == 2


def test_nothing_that_differs_and_nothing_at_all_are_said(client):
    a_comparison("Twins", cells={"ray/cost": "Low.", "dask/cost": "Low."})
    assert "They do not differ" in page(client, "?differences=1", entry="twins")
    a_comparison(
        "Strangers",
        cells={"ray/cost": "Low.", "dask/cost": "High."},
        criteria=[{"key": "cost", "position": 0, "name": "Cost"}],
    )
    assert "none is alike" in page(client, "?differences=1", entry="strangers")
    assert "none is alike" not in page(client, entry="strangers")
    a_comparison("Void", subjects=[], criteria=[])
    assert "has no table yet" in page(client, entry="void")


def test_verdicts_are_counted_in_what_is_shown(table):
    shown = table_of(table, Wish(differences=True))
    assert [head.counts for head in shown.heads] == [[("yes", "yes", 1)], [("no", "no", 1)]]


def test_the_page_costs_few_queries(table, client):
    page(client)
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert len(queries) <= 9, [one["sql"] for one in queries]


def test_the_table_as_csv_has_all_of_it_and_no_formula(client):
    a_comparison("Traps", cells=CELLS | {"dask/cost": {"text": '=HYPERLINK("x")', "note": "line\nline", "source": ""}})
    answer = client.get("/compare/traps/table.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(answer.content.decode())))
    assert rows[0][:4] == ["Criterion", "What is asked", "Ray: verdict", "Ray: text"]
    assert rows[1][2:7] == ["yes", "Low, `a|b`.", "So they say.", "https://www.example.org/a", ""]
    assert rows[1][7] == '\'=HYPERLINK("x")'
    narrowed = client.get("/compare/traps/table.csv?subjects=ray").content.decode()
    assert "Dask" not in narrowed


def test_the_table_as_markdown_is_one_table_again(table, client):
    answer = client.get("/compare/engines/table.md?differences=1")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    source = answer.content.decode()
    assert source.splitlines()[2].count("\\|") == 1
    html = render(source).html
    assert html.count("<tr>") == 2
    assert "<code>a|b</code>" in html
    assert "Speed" not in html


def test_the_markdown_has_the_words_of_mentions(client):
    a_comparison(cells={"ray/cost": "See [[Ray Core|the core]], [[resource:raydp]] and [[Ray: a story]]."})
    assert "See the core, raydp and Ray: a story." in client.get("/compare/engines/table.md").content.decode()


@pytest.mark.parametrize("ending", ["", "table.csv", "table.md"])
def test_addresses_that_lead_nowhere_and_posts(table, client, ending):
    assert client.get(f"/compare/none/{ending}").status_code == 404
    assert client.post(f"/compare/engines/{ending}").status_code == 405
    remove(table, author=a_person(), reason="Wrong.")
    assert client.get(f"/compare/engines/{ending}").status_code == 410


def test_the_list_says_what_is_missing_and_is_narrowed(table, client):
    a_comparison("Serving", cells={"ray/cost": {"verdict": "unknown"}}, tags=["serve"])
    html = client.get("/compare/").content.decode()
    for words in ("2 comparisons", "Which one?", "3 empty", "1 unknown", "3 without a source"):
        assert words in html, words
    for query, there, away in (
        ("?tag=serve", "Serving", "/compare/engines/"),
        ("?q=which", "Engines", "/compare/serving/"),
        ("?q=dask+serv", "Serving", "/compare/engines/"),
        ("?subject=Nobody", "not narrowed by it", "no such words"),
    ):
        html = client.get(f"/compare/{query}").content.decode()
        assert there in html, query
        assert away not in html, query
    assert "Nothing matches" in client.get("/compare/?q=xyzzy").content.decode()
    assert gaps_of(table).unsourced == 3


def test_the_list_costs_the_same_for_few_comparisons_and_many(client):
    counts = []
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            a_comparison(f"Engines {number}", tags=[f"tag-{number}"])
        with CaptureQueriesContext(connection) as queries:
            client.get("/compare/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9


def test_an_empty_list_says_how_to_begin(client):
    assert "There are no comparisons yet" in client.get("/compare/").content.decode()
