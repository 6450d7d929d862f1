"""A heading of an introduction leads to the form of its part, for those who may edit or propose."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.moderation.models import Protection
from resources.text.anchoring import beside_headings
from tests.editing.cast import signed_in
from tests.makers import a_person, a_section

pytestmark = pytest.mark.django_db

PAGE = "/sections/tools/"
LINK = 'href="/sections/tools/edit/?section=c-'


@pytest.fixture
def section():
    text = 'Words.\n\n## Ça va\n\nFirst "part".\n\n## <b>Two</b>\n\nSecond.'
    return a_section("Tools", parent=a_section("All"), introduction=text)


def test_those_who_may_write_find_a_link_beside_each_heading(section):
    cora = signed_in("contributor", "cora")
    page = cora.get(PAGE).content.decode()
    assert page.count(LINK) == 2
    assert '?section=c-%C3%A7a-va" rel="nofollow">Edit this part<span class="unseen">: Ça va</span>' in page
    form = cora.get(f"{PAGE}edit/?section=c-%C3%A7a-va").content.decode()
    assert "You edit only the part “Ça va”" in form
    assert "Second." not in form.partition("<textarea")[2].partition("</textarea>")[0]


def test_readers_strangers_and_those_whom_a_protection_stops_see_none(section, client):
    assert LINK not in client.get(PAGE).content.decode()
    assert LINK not in signed_in("reader", "rita").get(PAGE).content.decode()
    Protection.objects.create(entry_id=section.pk, level="editors", reason="An edit war.", by=a_person("mo"))
    assert LINK not in signed_in("contributor", "cora").get(PAGE).content.decode()
    assert LINK in signed_in("editor", "ed").get(PAGE).content.decode()


def test_a_page_with_many_sections_costs_the_same(section):
    ed, parent = signed_in("editor", "ed"), section
    counts = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            child = a_section(f"Part {number}", parent=parent, introduction="## One\n\n## Two")
            Protection.objects.create(entry_id=child.pk, level="editors", reason="x", by=a_person("mo"))
        with CaptureQueriesContext(connection) as queries:
            page = ed.get(PAGE).content.decode()
        counts.append(len(queries))
    assert page.count("edit/?section=c-") == 2 + 12 * 2
    assert counts[0] == counts[1]


def test_headings_in_links_and_summaries_stay_alone():
    html = '<a href="/x"><h2 id="c-a">A</h2></a><details><summary><h3 id="c-b">B</h3></summary></details><h2 id="c-c">C</h2>'
    assert beside_headings(html, lambda anchor, words: f"[{anchor} {words}]") == html.replace(
        '<h2 id="c-c">C</h2>', '<div class="part-head"><h2 id="c-c">C</h2>[c-c C]</div>'
    )
