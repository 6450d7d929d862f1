"""Mentions stay right while pages come, go and change their names."""

import pytest

from resources.entries import naming
from resources.entries.content import read_content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.links.drawing import MOST_DRAWN, OUTDATED
from resources.links.models import Mention
from resources.publishing import publish, remove
from resources.text.markdown import RENDERER_VERSION
from tests.makers import a_guide, a_person, a_resource

pytestmark = pytest.mark.django_db


def renamed(entry: Entry, **content: object) -> None:
    content = read_content(entry) | content
    publish(content, entry=entry, base=entry.revision_number, author=a_person())


def html_of(entry: Entry) -> str:
    return Entry.objects.get(pk=entry.pk).html


def target_of(source: Entry) -> int | None:
    found: int | None = Mention.objects.values_list("target", flat=True).get(source=source.pk)
    return found


def test_a_title_of_signs_only_is_no_name_for_other_signs():
    a_guide("!!!", slug="bang")
    source = a_guide("Reader", body="[[???]] and [[&]]")
    assert "/wiki/bang/" not in source.html
    assert not Mention.objects.filter(source=source.pk).exists()


def test_a_page_that_gets_the_wanted_title_is_wanted_no_more():
    source, page = a_guide("Reader", body="See [[New title]]."), a_guide("Old title")
    assert "wanted" in source.html
    renamed(page, title="New title")
    assert (target_of(source), "wanted" in html_of(source)) == (page.pk, False)


def test_a_page_that_gets_the_wanted_address_is_wanted_no_more():
    source, page = a_guide("Reader", body="See [[resource:fresh]]."), a_resource("Old")
    renamed(page, slug="fresh")
    assert (target_of(source), "wanted" in html_of(source)) == (page.pk, False)


def test_a_page_that_takes_the_place_of_a_removed_one_gets_its_mentions():
    source, gone = a_guide("Reader", body="See [[Foo]]."), a_guide("Foo", slug="foo-1")
    remove(gone, author=a_person(), reason="It is wrong.")
    page = a_guide("Foo", slug="foo-2")
    assert (target_of(source), 'href="/wiki/foo-2/"' in html_of(source)) == (page.pk, True)


def test_a_title_goes_before_a_name_that_another_page_once_had():
    source, former = a_guide("Reader", body="See [[Foo]]."), a_guide("Foo", slug="foo")
    a_guide("Foo", slug="former-foo", body="[[Foo]]")
    renamed(former, title="Bar", slug="bar")
    page = a_guide("Foo", slug="foo-3")
    first = WikiPage.objects.get(slug="former-foo")
    assert target_of(source) == first.pk != page.pk
    assert 'href="/wiki/former-foo/"' in html_of(source)


def test_publishing_again_mends_a_mention_that_leads_to_the_wrong_page():
    page, source = a_guide("Foo"), a_guide("Reader", body="See [[Foo]].")
    Mention.objects.filter(source=source.pk).update(target=None)
    renamed(source, body="See [[Foo]] again.")
    assert target_of(source) == page.pk


def test_somebody_elses_page_that_cannot_be_drawn_is_no_reason_to_refuse(settings):
    source = a_guide("Reader", body="See [[Foo]]." + " word" * 200)
    settings.MARKDOWN_LIMIT = 100
    a_guide("Foo", body="Short.")
    source.refresh_from_db()
    assert (source.renderer, target_of(source)) == (OUTDATED, WikiPage.objects.get(slug="foo").pk)


def test_a_page_that_many_mention_comes_and_goes_with_a_bounded_amount_of_work(client, django_assert_max_num_queries):
    blank = {"type": Entry.Type.WIKIPAGE, "html": '<a class="mention wanted">x</a>', "renderer": RENDERER_VERSION}
    numbers = range(6 * MOST_DRAWN)
    pages = Entry.objects.bulk_create(
        Entry(slug=f"p{n}", key=f"p{n}", title=f"P{n}", revision_number=1, **blank) for n in numbers
    )
    for page in pages:
        WikiPage(entry_ptr=page, body="[[Foo]]", name=page.slug).save_base(raw=True, force_insert=True)
    Mention.objects.bulk_create(Mention(source=page, type="wikipage", name="foo", title="Foo") for page in pages)
    with django_assert_max_num_queries(5 * MOST_DRAWN):
        foo = a_guide("Foo")
    assert Mention.objects.filter(target=foo.pk).count() == len(pages)
    assert Entry.objects.filter(renderer=OUTDATED).count() == len(pages) - MOST_DRAWN
    with django_assert_max_num_queries(10):
        assert ">P0</a>" in client.get("/wiki/orphans/").content.decode()
    with django_assert_max_num_queries(5 * MOST_DRAWN):
        remove(foo, author=a_person(), reason="Too famous.")
    assert Entry.objects.filter(renderer=OUTDATED).count() >= len(pages) - MOST_DRAWN


def test_what_strangers_ask_for_is_not_remembered_whole():
    for remembering, asked in ((naming.title_name, naming._title_name), (naming.name_of, naming._name_of)):
        remembering("é" * 50_000 + "1")
        kept = asked.cache_info().misses
        remembering("é" * 50_000 + "2")
        assert asked.cache_info().misses == kept
