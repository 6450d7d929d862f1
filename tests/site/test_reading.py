"""What readers see: every page by its address, with its title and its ways on."""

from typing import Any

import pytest
from django.test import Client

from resources.entries.content import read_content
from resources.entries.models import Resource, Section
from resources.publishing import publish, remove
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> dict[str, Any]:
    """A small list: a root, a section with a child, three resources, one of them edited twice."""
    ada = a_person("ada", display_name="Ada Byron")
    root = a_section("Awesome Ray")
    libraries = a_section("Libraries", parent=root, introduction="What to *install*.")
    below = a_section("For data", parent=libraries)
    raydp = a_resource("RayDP", sections=(libraries,), tags=["spark"], kind="library", libraries=["data"], year=2021)
    a_resource("Daft", sections=(below,), tags=["spark", "dataframe"], kind="library", language="rust")
    a_resource("Old paper", sections=(below,), kind="paper", state="gone")
    for summary in ("Spark on Ray.", "Spark on Ray clusters."):
        publish(read_content(raydp) | {"summary": summary}, entry=raydp, author=ada, summary=f"Say: {summary}")
        raydp = Resource.objects.get(pk=raydp.pk)
    return {"root": root, "libraries": libraries, "raydp": raydp, "ada": ada}


PAGES = {
    "/": "Awesome Ray",
    "/resources/": "Resources",
    "/resources/raydp/": "RayDP",
    "/resources/raydp/history/": "History of RayDP",
    "/resources/raydp/history/1/": "RayDP, revision 1",
    "/resources/raydp/history/1..3/": "RayDP",
    "/resources/raydp/history/1..3/?view=split": "RayDP",
    "/sections/libraries/": "Libraries",
    "/sections/awesome-ray/": "Awesome Ray",
    "/sections/libraries/history/1/": "Libraries, revision 1",
    "/tags/": "Tags",
    "/tags/spark/": "#spark",
    "/changes/": "Recent changes",
    "/people/": "People",
    "/people/ada/": "Ada Byron",
    "/accounts/login/": "Sign in",
}


@pytest.mark.parametrize("address", PAGES)
def test_page_has_title_heading_and_landmarks(client: Client, site: dict[str, Any], address: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert f"{PAGES[address]}" in page.split("<h1>")[1].split("</h1>")[0]
    assert page.count("<h1>") == 1
    assert page.split("<title>")[1].split("</title>")[0].strip().count("RayHub") == 1
    assert 'name="description" content="' in page
    assert 'name="description" content=""' not in page
    for landmark in ("<header", "<main", "<footer", 'class="skip"', 'role="status"'):
        assert landmark in page


def test_empty_site_says_how_to_fill_it(client: Client) -> None:
    for address in ("/", "/resources/"):
        assert "load_content resources/starter" in client.get(address).content.decode()
    for address in ("/tags/", "/changes/", "/people/"):
        assert 'class="empty"' in client.get(address).content.decode()


def test_resource_page_tells_the_facts(client: Client, site: dict[str, Any]) -> None:
    page = client.get("/resources/raydp/").content.decode()
    for fact in ("Spark on Ray clusters.", "https://example.org/raydp", "Ray Data", "2021", "3 revisions", "Ada Byron"):
        assert fact in page
    assert 'rel="alternate" type="text/markdown" href="/resources/raydp.md?form=reading"' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/resources/raydp/">' in page
    assert "Nobody works on this" not in page
    assert "no longer found" in client.get("/resources/old-paper/").content.decode()


def test_section_page_shows_its_seats_and_those_below(client: Client, site: dict[str, Any]) -> None:
    page = client.get("/sections/libraries/").content.decode()
    assert "What to <em>install</em>." in page
    assert page.index("RayDP") < page.index('id="s-for-data"') < page.index("Daft")


def test_frame_counts_what_is_in_and_below_a_section(client: Client, site: dict[str, Any]) -> None:
    page = client.get("/tags/").content.decode()
    assert 'Libraries <span class="count">3</span>' in page
    assert 'For data <span class="count">2</span>' in page


def test_home_names_sections_changes_and_people(client: Client, site: dict[str, Any]) -> None:
    page = client.get("/").content.decode()
    for words in ("All 3 resources", "For data", "Say: Spark on Ray.", "Ada Byron", "README.md"):
        assert words in page


def test_old_address_leads_to_the_new_one(client: Client, site: dict[str, Any]) -> None:
    raydp = site["raydp"]
    publish(read_content(raydp) | {"slug": "spark-on-ray"}, entry=raydp, author=site["ada"])
    for rest in ("/", "/history/", "/history/1/", "/history/1..2/", "/history/1.md", ".md"):
        response = client.get(f"/resources/raydp{rest}")
        assert response.status_code == 301
        assert response["Location"] == f"/resources/spark-on-ray{rest}"


def test_removed_entry_answers_gone_and_keeps_its_history(client: Client, site: dict[str, Any]) -> None:
    remove(site["raydp"], author=site["ada"], reason="It is no longer built.")
    gone = client.get("/resources/raydp/")
    assert gone.status_code == 410
    assert "/resources/raydp/history/" in gone.content.decode()
    history = client.get("/resources/raydp/history/")
    assert history.status_code == 200
    assert "It is no longer built." in history.content.decode()
    assert client.get("/resources/raydp/history/2/").status_code == 200
    assert "RayDP" not in client.get("/resources/").content.decode()


def test_history_compares_two(client: Client, site: dict[str, Any]) -> None:
    chosen = client.get("/resources/raydp/history/?old=3&new=1")
    assert chosen["Location"] == "/resources/raydp/history/1..3/"
    page = client.get("/resources/raydp/history/").content.decode()
    assert page.count('name="old"') == page.count('name="new"') == 3
    assert "/resources/raydp/history/2..3/" in page


def test_revision_page_says_which_and_leads_on(client: Client, site: dict[str, Any]) -> None:
    middle = client.get("/resources/raydp/history/2/").content.decode()
    assert "This is revision 2 of 3." in middle
    assert "Readers see a newer one now." in middle
    assert 'rel="prev"' in middle
    assert 'rel="next"' in middle
    assert "the one that readers see now" in client.get("/resources/raydp/history/3/").content.decode()


def test_person_is_found_whatever_the_case(client: Client, site: dict[str, Any]) -> None:
    response = client.get("/people/ADA/")
    assert (response.status_code, response["Location"]) == (301, "/people/ada/")


def test_changes_are_narrowed_by_type_and_act(client: Client, site: dict[str, Any]) -> None:
    edited = client.get("/changes/?type=resource&act=edited").content.decode()
    assert edited.count('class="name"') == 2
    assert client.get("/changes/?type=section").content.decode().count('class="name"') == 3
    assert client.get("/changes/?act=removed").content.decode().count('class="name"') == 0


def test_what_people_wrote_is_shown_as_text(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    section = a_section("Evil", introduction=f"{evil} [x](javascript:alert(1))")
    a_resource(
        f"Evil {evil}", slug="evil", sections=(section,), summary=f"{evil} <img src=x onerror=alert(1)>", tags=[evil]
    )
    tag = Resource.objects.get(slug="evil").tags.get()
    for address in ("/", "/resources/", "/resources/evil/", "/sections/evil/", "/changes/", f"/tags/{tag.slug}/",
                    "/resources/evil/history/1/", "/tags/", f"/resources/?q={evil}"):  # fmt: skip
        page = client.get(address).content.decode()
        assert evil not in page, address
        assert "<img src=x" not in page, address
        assert 'href="javascript:' not in page, address


def test_sections_are_folded_in_long_trees(client: Client) -> None:
    root = a_section("Long list")
    tops = [a_section(f"Top {number}", parent=root) for number in range(8)]
    for top in tops:
        for number in range(8):
            a_section(f"{top.title} part {number}", parent=top)
    page = client.get("/sections/top-3/").content.decode().split('class="tree"')[1]
    assert "Top 3 part 5" in page
    assert "Top 4 part 5" not in page
    assert Section.objects.count() == 73


@pytest.mark.parametrize(
    "page", ["/", "/proposals/", "/log/", "/people/ada/", "/resources/raydp/", "/resources/raydp/talk/"]
)
def test_what_somebody_who_is_signed_in_reads_is_kept_by_no_shared_cache(client, page):
    a_resource()
    client.force_login(a_person("ada"))
    answer = client.get(page)
    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]
