"""What is wanted and not there, what nothing leads to, what leads nowhere, what links here."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.publishing import remove
from tests.makers import a_case_study, a_comparison, a_guide, a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def page_of(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_page_that_nobody_wrote_says_who_wants_it_and_offers_to_write_it(client):
    a_guide("Others", body="[[Scaling Ray to the moon]]")
    a_guide("Scaling Ray")
    page = page_of(client, "/wiki/scaling-ray-to-the-moon/", 404)
    assert "Nobody has written this yet." in page
    assert "Scaling Ray to the moon" in page
    assert 'href="/wiki/others/"' in page
    assert 'href="/wiki/scaling-ray/"' in page
    assert 'href="/wiki/new/?title=Scaling+Ray+to+the+moon"' in page
    assert 'name="robots" content="noindex"' in page


@pytest.mark.parametrize("address", ["/wiki/架構說明/", "/wiki/Ray%20Core!/", "/wiki/%ff/", "/wiki/a&b=<i>/"])
def test_names_in_all_scripts_and_odd_ones_are_answered(client, address):
    a_guide("Others", body="[[架構說明]]")
    page = page_of(client, address, 404)
    assert "<i>" not in page
    if "架" in address:
        assert "Others" in page


def test_a_title_as_an_address_leads_to_its_guide(client):
    a_guide("架構說明", slug="architecture", body="Words.")
    answer = client.get("/wiki/架構說明/?a=b")
    assert (answer.status_code, answer["Location"]) == (301, "/wiki/architecture/?a=b")
    a_guide("Ray Core", slug="core")
    assert client.get("/wiki/Ray-Core/history/")["Location"] == "/wiki/core/history/"
    assert client.post("/wiki/架構說明/").status_code == 405


def test_other_kinds_can_be_wanted_too(client):
    a_guide("Others", body="[[resource:raydp]] [[case-study:moon]]")
    page = page_of(client, "/wiki/wanted/")
    assert "/resources/raydp/" in page
    assert "/case-studies/moon/" in page
    assert "/resources/new/?title=Raydp" in page
    assert "Others" in page_of(client, "/resources/raydp/", 404)
    assert "Nobody has written this yet." in page_of(client, "/compare/nothing/", 404)


def test_wanted_pages_are_sorted_by_how_much_they_are_wanted(client):
    for number in range(7):
        a_guide(f"Source {number}", body="[[Often]] [[Seldom]]" if number == 3 else "[[Often]]")
    gone = a_guide("Gone", body="Words.")
    a_guide("Last", body="[[Gone]]")
    remove(gone, author=a_person(), reason="Old.")
    page = page_of(client, "/wiki/wanted/")
    assert page.index(">Often<") < page.index(">Seldom<")
    assert ">Gone<" in page
    assert "7 mentions" in page
    assert page.count(">Source ") == 5 + 1
    remove(type(gone).objects.get(slug="last"), author=a_person(), reason="Old.")
    assert ">Gone<" not in page_of(client, "/wiki/wanted/")


def test_orphans_are_mentioned_by_nobody_and_stand_under_nothing(client):
    top = a_guide("Top", body="[[Mentioned]] [[Old name]] [[Top]]")
    a_guide("Mentioned", body="[[Top]]")
    a_guide("Below", parent=top)
    renamed = a_guide("Renamed")
    a_guide("Old name", redirect=renamed)
    a_guide("Lonely", body="[[Lonely]]")
    remove(a_guide("Gone", body="[[Left behind]]"), author=a_person(), reason="Old.")
    a_guide("Left behind", body="[[Named by its heir]]")
    a_guide("Named by its heir", redirect=a_guide("Heir", body="[[Named by its heir]]"))
    page = page_of(client, "/wiki/orphans/").partition("<h1>")[2]
    for title in ("Lonely", "Left behind"):
        assert f">{title}<" in page
    for title in ("Top", "Mentioned", "Below", "Renamed", "Old name", "Heir", "Named by its heir"):
        assert f">{title}<" not in page


def test_dead_ends_mention_nothing(client):
    target = a_guide("Target")
    a_guide("Source", body="[[Target]]")
    a_guide("List", body="{{resources}}")
    a_guide("Moved", redirect=target)
    page = page_of(client, "/wiki/dead-ends/").partition("<h1>")[2]
    assert ">Target<" in page
    for title in ("Source", "List", "Moved"):
        assert f">{title}<" not in page


@pytest.mark.parametrize(
    ("address", "words"),
    [("wanted", "Nothing is wanted"), ("orphans", "There are no orphans"), ("dead-ends", "There are no dead ends")],
)
def test_empty_lists_say_so_and_nobody_posts_to_them(client, address, words):
    assert words in page_of(client, f"/wiki/{address}/?page=%00")
    assert client.post(f"/wiki/{address}/").status_code == 405


def test_what_links_here_names_kinds_and_goes_through_redirects(client):
    raydp = a_resource("RayDP")
    guide = a_guide("Spark", body="[[resource:raydp]] [[Spark]]")
    a_case_study("Uber", body="[[Spark]]")
    a_comparison("Engines", body="[[Old Spark]]")
    a_guide("Old Spark", redirect=guide)
    a_section("Libraries", introduction="[[Spark]]")
    page = page_of(client, "/wiki/spark/backlinks/")
    assert "3 pages mention it." in page
    for words in ("Case study", "Comparison", "Section", "as “Old Spark”, which leads on to it"):
        assert words in page
    assert "Guide" in page_of(client, f"{raydp.get_absolute_url()}backlinks/")
    assert "No page mentions it yet" in page_of(client, "/case-studies/uber/backlinks/")
    assert 'href="/resources/raydp/backlinks/"' in page_of(client, raydp.get_absolute_url())


def test_the_lists_cost_the_same_for_few_and_many(client):
    addresses = (
        "/wiki/wanted/",
        "/wiki/orphans/",
        "/wiki/dead-ends/",
        "/wiki/ray/backlinks/",
        "/wiki/",
        "/wiki/?sort=title",
    )
    a_guide("Ray")

    def fill(numbers):
        for number in numbers:
            a_guide(f"Guide {number}", body=f"[[Wanted {number}]] [[Ray]]", tags=["one", f"t{number}"])
            a_guide(f"Alone {number}")

    def counts():
        found = {}
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                page_of(client, address)
            found[address] = len(queries)
        return found

    fill(range(3))
    few = counts()
    fill(range(3, 25))
    assert counts() == few
    assert max(few.values()) <= 8, few


def test_a_page_that_only_leads_on_wants_nothing(client):
    home = a_guide("Home")
    a_guide("Merged", body="[[Nowhere yet]]", redirect=home)
    assert "Nowhere yet" not in page_of(client, "/wiki/wanted/")
    a_case_study("Uber", body="[[Nowhere yet]]")
    assert "Nowhere yet" in page_of(client, "/wiki/wanted/")
