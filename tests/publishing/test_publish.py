"""publish(): the one door to live."""

import pytest
from django.db import DatabaseError, connection, transaction

from resources.entries.content import read_content
from resources.entries.models import Alias, Entry, Resource, Section
from resources.history.models import Event, Revision
from resources.publishing import EditConflict, Invalid, PublishRefused, Taken, publish, remove, restore
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def test_a_new_entry_has_revision_one_html_and_an_event():
    ada = a_person()
    section = a_section("Tools")
    resource = a_resource("RayDP", sections=(section,), summary="Spark **on** Ray.", tags=["spark", "etl"], author=ada)
    assert resource.revision_number == 1
    assert "<strong>on</strong>" in resource.html
    assert resource.tag_names == ["etl", "spark"]
    assert [seat.section for seat in resource.placements.all()] == [section]
    revision = resource.revisions.get()
    assert (revision.number, revision.act, revision.author) == (1, "created", ada)
    assert revision.content == read_content(resource)
    event = Event.objects.get(entry=resource)
    assert (event.act, event.actor, event.details) == ("created", ada, {"revision": 1})


def test_the_same_content_again_writes_nothing():
    resource = a_resource()
    revision = publish(read_content(resource), entry=resource, author=a_person())
    assert revision.number == 1
    assert Revision.objects.count() == 1


def test_disjoint_edits_of_one_base_merge():
    resource = a_resource(tags=["a"])
    base = read_content(resource)
    publish(base | {"language": "java", "tags": ["a", "b"]}, entry=resource, base=1, author=a_person())
    merged = publish(base | {"licence": "MIT", "tags": ["a", "c"]}, entry=resource, base=1, author=a_person("bob"))
    assert (merged.number, merged.act) == (3, "merged")
    assert merged.content["language"] == "java"
    assert merged.content["licence"] == "MIT"
    assert merged.content["tags"] == ["a", "b", "c"]


def test_two_edits_of_one_field_conflict_and_nothing_is_written():
    resource = a_resource(summary="One.")
    base = read_content(resource)
    publish(base | {"summary": "Two."}, entry=resource, base=1, author=a_person())
    with pytest.raises(EditConflict) as caught:
        publish(base | {"summary": "Three.", "licence": "MIT"}, entry=resource, base=1, author=a_person("bob"))
    assert list(caught.value.merge.conflicts_by_field) == ["summary"]
    resource.refresh_from_db()
    assert (resource.summary, resource.licence, resource.revision_number) == ("Two.", "", 2)


def test_edits_of_different_lines_of_an_introduction_merge():
    section = a_section(introduction="first\n\nmiddle\n\nlast")
    base = read_content(section)
    publish(base | {"introduction": "FIRST\n\nmiddle\n\nlast"}, entry=section, base=1, author=a_person())
    merged = publish(base | {"introduction": "first\n\nmiddle\n\nLAST"}, entry=section, base=1, author=a_person())
    assert merged.content["introduction"] == "FIRST\n\nmiddle\n\nLAST"


def test_seats_in_two_sections_taken_by_two_people_merge():
    tools, talks, papers = a_section("Tools"), a_section("Talks"), a_section("Papers")
    resource = a_resource(sections=(tools,))
    base = read_content(resource)
    for section in (talks, papers):
        seats = [*base["placements"], {"section": section.pk, "position": 5}]
        publish(base | {"placements": seats}, entry=resource, base=1, author=a_person())
    assert {seat.section for seat in resource.placements.all()} == {tools, talks, papers}


def test_a_base_that_does_not_exist_is_refused():
    resource = a_resource()
    with pytest.raises(PublishRefused, match="Open the page again"):
        publish(read_content(resource) | {"year": 2020}, entry=resource, base=7, author=a_person())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "not an address"),
        ("kind", "spell"),
        ("libraries", ["core", "magic"]),
        ("title", ""),
    ],
)
def test_a_wrong_value_is_named(field, value):
    resource = a_resource()
    with pytest.raises(Invalid) as caught:
        publish(read_content(resource) | {field: value}, entry=resource, author=a_person())
    assert field in caught.value.errors
    assert Revision.objects.count() == 1


def test_two_seats_in_one_section_are_refused_in_words():
    tools = a_section("Tools")
    resource = a_resource()
    seats = [{"section": tools.pk, "position": 1}, {"section": tools.pk, "position": 2}]
    with pytest.raises(Invalid, match="once"):
        publish(read_content(resource) | {"placements": seats}, entry=resource, author=a_person())


def test_one_address_is_one_resource_however_it_is_spelled():
    a_resource("RayDP", url="https://github.com/oap/raydp")
    with pytest.raises(Taken, match="already listed"):
        a_resource("Ray DP", url="http://www.github.com/OAP/raydp/")
    assert Resource.objects.count() == 1


def test_a_page_address_is_taken_once_per_kind():
    a_resource("RayDP", slug="raydp")
    with pytest.raises(Taken, match="raydp"):
        a_resource("Other", slug="raydp")
    assert a_section("RayDP", slug="raydp").slug == "raydp"


def test_a_rename_leaves_an_alias_until_the_address_is_used_again():
    resource = a_resource("RayDP", slug="raydp")
    publish(read_content(resource) | {"slug": "ray-dp"}, entry=resource, author=a_person())
    assert Alias.objects.get(slug="raydp").entry_id == resource.pk
    a_resource("New", slug="raydp", url="https://example.org/new")
    assert not Alias.objects.filter(slug="raydp").exists()


def test_removal_hides_and_restore_brings_back():
    resource = a_resource(summary="Before.")
    publish(read_content(resource) | {"summary": "After."}, entry=resource, author=a_person())
    revision = remove(resource, author=a_person(), reason="Spam")
    assert (revision.act, revision.summary) == ("removed", "Spam")
    assert not Resource.objects.live().exists()
    restored = restore(resource, number=1, author=a_person())
    assert (restored.number, restored.act) == (4, "restored")
    assert Resource.objects.live().get().summary == "Before."


@pytest.mark.parametrize("model", [Revision, Event])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_history_cannot_be_changed_even_past_the_models(model, act):
    a_resource()
    table = model._meta.db_table
    statement = {"update": f"UPDATE {table} SET summary = 'x'", "delete": f"DELETE FROM {table}"}[act]
    if model is Event:
        statement = statement.replace("summary", "why")
    with pytest.raises(DatabaseError, match="History is never changed"), transaction.atomic():
        connection.cursor().execute(statement)
    assert model.objects.filter(**{"why" if model is Event else "summary": "x"}).count() == 0


def test_the_tables_refuse_states_that_do_not_exist():
    resource = a_resource()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=resource.pk).update(type="spell")
    with pytest.raises(DatabaseError), transaction.atomic():
        Resource.objects.filter(pk=resource.pk).update(state="lost")


def test_a_section_cannot_stand_under_itself_however_long_the_way(client):
    outer, other = a_section("Outer"), a_section("Other")
    inner = a_section("Inner", parent=outer)
    for parent in (inner, outer):
        with pytest.raises(Invalid, match="cannot stand under itself"):
            publish(read_content(outer) | {"parent": parent.pk}, entry=outer, author=a_person())
    assert publish(read_content(outer) | {"parent": other.pk}, entry=outer, author=a_person()).number == 2


def test_a_ring_that_two_moves_closed_at_one_instant_is_still_shown(client):
    outer = a_section("Outer")
    inner = a_section("Inner", parent=outer)
    Section.objects.filter(pk=outer.pk).update(parent=inner)
    assert client.get(inner.get_absolute_url()).status_code == 200


def test_tags_of_any_alphabet_have_pages_and_signs_are_no_tags(client):
    resource = a_resource(tags=["日本", "новости", "c++"])
    for address in (resource.get_absolute_url(), "/tags/", "/tags/日本/"):
        assert client.get(address).status_code == 200
    with pytest.raises(Invalid, match="no letter and no digit"):
        publish(read_content(resource) | {"tags": ["+++"]}, entry=resource, author=a_person())


def test_an_old_address_that_begins_like_the_page_of_all_leads_on(client):
    resource = a_resource("Res", slug="res")
    publish(read_content(resource) | {"slug": "other"}, entry=resource, author=a_person())
    assert client.get("/resources/res/").headers["Location"] == "/resources/other/"
