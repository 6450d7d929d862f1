"""Prepared queries give what their querysets give, for every value."""

import pytest
from django.db.models import Count, F, Value
from django.db.models.signals import post_init

from rayhub.prepared import Prepared
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.history.models import Revision
from resources.publishing import publish
from tests.makers import a_guide, a_person

pytestmark = pytest.mark.django_db


def test_rows_of_a_model_are_the_same_as_the_orms(django_assert_num_queries):
    a_guide("One")
    publish({"title": "Two", "slug": "later", "body": "*b*"}, entry=a_guide("Two"), author=a_person("bob"))

    def make(slug, number):
        found = WikiPage.objects.live().filter(slug=slug, revision_number__gte=number)
        return found.annotate(uses=Count("revisions"), called=F("title")).defer("body").order_by("pk")

    prepared = Prepared(make)
    for slug, number in (("one", 1), ("later", 2), ("later", 3), ("none", 1), ("one", 1)):
        expected = list(make(slug, number))
        with django_assert_num_queries(1):
            found = prepared(slug, number)
        assert [vars(one).keys() for one in found] == [vars(one).keys() for one in expected]
        assert [
            (one.pk, one.html, one.headings, one.changed_at, one.removed_at, one.uses, one.called) for one in found
        ] == [
            (one.pk, one.html, one.headings, one.changed_at, one.removed_at, one.uses, one.called) for one in expected
        ]
        assert all("body" in one.get_deferred_fields() for one in found)


def test_related_rows_come_along_and_missing_ones_are_none(django_assert_num_queries):
    guide = a_guide("One")
    prepared = Prepared(lambda pk: Revision.objects.filter(entry=pk).select_related("author", "accepted_by"))
    with django_assert_num_queries(1):
        revision = prepared.first(guide.pk)
        assert revision is not None
        assert (str(revision.author), revision.accepted_by, revision.content["title"]) == ("ada", None, "One")
    assert prepared.first(0) is None


def test_values_are_converted():
    guide = a_guide("One")
    prepared = Prepared(
        lambda slug: Entry.objects.filter(slug=slug).values_list("pk", "changed_at", "wikipage__embeds")
    )
    assert prepared("one") == [(guide.pk, guide.changed_at, False)]


def test_a_value_that_is_no_parameter_of_its_own_is_refused():
    with pytest.raises(ValueError, match="no parameter of its own"):
        Prepared(lambda slug: Entry.objects.filter(slug__contains=slug))("one")


def test_several_queries_in_one():
    guide = a_guide("One")

    def make(pk):
        people = Revision.objects.filter(entry=pk).order_by().values_list(Value("by"), "author__name", "number")
        titles = Entry.objects.filter(pk=pk).order_by().values_list(Value("title"), "title", Value(0))
        return people.union(titles, all=True)

    assert sorted(Prepared(make)(guide.pk)) == sorted(make(guide.pk)) == [("by", "ada", 1), ("title", "One", 0)]


def test_what_listens_to_a_model_hears_of_every_object():
    made = []

    def hear(instance, **_given):
        made.append(instance.slug)

    a_guide("One")
    post_init.connect(hear, sender=WikiPage)
    try:
        assert [one.slug for one in Prepared(lambda slug: WikiPage.objects.filter(slug=slug))("one")] == made == ["one"]
    finally:
        post_init.disconnect(hear, sender=WikiPage)


def test_objects_are_as_those_of_the_orm():
    a_guide("One")
    found, expected = Prepared(lambda slug: WikiPage.objects.filter(slug=slug))("one")[0], WikiPage.objects.get()
    assert (found._state.adding, found._state.db) == (expected._state.adding, expected._state.db) == (False, "default")
    assert (found, hash(found)) == (expected, hash(expected))
    found.summary = "other"
    found.save()
    assert WikiPage.objects.get().summary == "other"
