"""The search is kept in step: by publish(), by a rebuild, by what a site brings along."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.entries.models import Entry
from resources.publishing import Change, EditConflict, publish, publish_many
from resources.search.engine import TABLE
from resources.search.index import catch_up, forget, rebuild
from resources.search.models import NearWord, SearchPage
from resources.search.query import Query, search
from tests.makers import a_guide, a_person, a_resource

pytestmark = pytest.mark.django_db


def _rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE}")
        return int(cursor.fetchone()[0])


def test_what_publish_refuses_is_not_indexed() -> None:
    guide = a_guide("Beta", body="One.")
    content = {"title": "Beta", "slug": "beta"}
    publish(content | {"body": "Two."}, entry=guide, author=a_person())
    with pytest.raises(EditConflict):
        publish(content | {"body": "Otherwise."}, entry=guide, author=a_person(), base=1)
    assert (search(Query("otherwise")).total, search(Query("two")).total, _rows()) == (0, 1, 1)


def test_a_batch_costs_the_same_queries() -> None:
    counts = []
    for numbers in (range(3), range(3, 60)):
        changes = [
            Change({"title": f"Guide {number}", "slug": f"guide-{number}", "body": "The same words."}, type=Entry.Type.WIKIPAGE)
            for number in numbers
        ]  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            publish_many(changes, author=a_person())
        counts.append(sum("search" in query["sql"] or "nearword" in query["sql"] for query in queries))
    assert counts[1] <= counts[0] <= 8
    assert search(Query("guide")).total == 60


def test_a_rebuild_finds_the_same_and_mends() -> None:
    target = a_guide("Ray Serve", body="Plasma")
    a_guide("Gateway", redirect=target)
    resource = a_resource("RayDP")
    before = SearchPage.objects.count()
    forget([resource.pk])
    assert search(Query("raydp")).total == 0
    NearWord.objects.create(form="zebra", word="zebra")
    assert rebuild() == 3
    assert SearchPage.objects.count() == before
    assert _rows() == 2
    assert search(Query("raydp")).total == search(Query("gateway")).total == search(Query("plasma")).total == 1
    assert not NearWord.objects.filter(word="zebra").exists()
    assert NearWord.objects.filter(word="plasma").exists()


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    a_guide("Beta")
    call_command("rebuild_search")
    assert capsys.readouterr().out == "1 pages are in the search.\n"


def test_a_site_from_before_is_brought_in_step_once() -> None:
    guide = a_guide("Beta")
    forget([guide.pk])
    catch_up()
    assert search(Query("beta")).total == 1
    number = SearchPage.objects.get().number
    catch_up()
    assert SearchPage.objects.get().number == number
    SearchPage.objects.update(made_by=0)
    catch_up()
    assert SearchPage.objects.get().number > number


def test_the_full_text_goes_and_comes_with_its_migration() -> None:
    names = ("0010_search", "0015_titles_are_found", "0017_words_of_titles")
    words, titles, kept = (import_module(f"resources.migrations.{name}") for name in names)
    editor = connection.schema_editor()
    kept.unmake(apps, editor)
    titles.drop(apps, editor)
    words.unmake(apps, editor)
    words.make(apps, editor)
    titles.make(apps, editor)
    kept.make(apps, editor)
    a_guide("Beta")
    assert search(Query("beta")).total == 1
