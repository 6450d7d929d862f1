"""manage.py render_pages"""

import io

import pytest
from django.core.management import CommandError, call_command

from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry, Placement
from resources.history.models import Revision
from resources.links.drawing import OUTDATED
from resources.links.models import Mention
from resources.text.markdown import RENDERER_VERSION
from tests.makers import a_case_study, a_comparison, a_guide, a_resource, a_section

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("render_pages", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_what_an_older_renderer_drew_is_drawn_again_and_nothing_else():
    a_guide("Foo")
    old, present = a_guide("Old", body="See [[Foo]]."), a_guide("Present", body="See [[Foo]].")
    revisions = Revision.objects.count()
    Entry.objects.filter(pk=old.pk).update(renderer=OUTDATED, html="old")
    Entry.objects.filter(pk=present.pk).update(html="kept")
    Mention.objects.filter(source=old.pk).delete()
    assert run() == "1 pages drawn.\n"
    found = WikiPage.objects.get(pk=old.pk)
    assert (found.renderer, 'href="/wiki/foo/"' in found.html) == (RENDERER_VERSION, True)
    assert Mention.objects.get(source=old.pk).target is not None
    assert Entry.objects.get(pk=present.pk).html == "kept"
    assert run() == "Nothing to draw: every page is of the present renderer.\n"
    assert Revision.objects.count() == revisions


def test_all_draws_every_kind_and_the_wording_of_seats():
    section = a_section("Libraries", introduction="*In*")
    resource = a_resource("RayDP", sections=(section,))
    Placement.objects.update(summary="*Here*", html="old")
    pages = [section, resource, a_guide("Foo", body="*x*"), a_case_study(body="*x*"), a_comparison(body="*x*")]
    drawn = dict(Entry.objects.values_list("pk", "html"))
    Entry.objects.update(html="old")
    assert run("--all") == f"{len(pages)} pages drawn.\n"
    assert dict(Entry.objects.values_list("pk", "html")) == drawn
    assert Placement.objects.get().html == "<em>Here</em>"


def test_what_cannot_be_drawn_stays_and_is_named(settings):
    page = a_guide("Long", body="word " * 100)
    html = page.html
    Entry.objects.update(renderer=OUTDATED)
    settings.MARKDOWN_LIMIT = 100
    with pytest.raises(CommandError, match="/wiki/long/"):
        run()
    assert Entry.objects.get().html == html
