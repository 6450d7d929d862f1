"""The Atom feeds of one entry and of one person."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.publishing import publish, remove
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db

FEEDS = ["/resources/raydp/history.atom", "/people/ada/changes.atom"]
ENTRY = "{http://www.w3.org/2005/Atom}entry"


def titles(answer):
    assert answer["Content-Type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(answer.content)
    return [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in tree.iter(ENTRY)]


def test_each_has_its_own_changes_and_is_found_on_its_page(client):
    raydp = a_resource()
    a_resource("Modin", author=a_person("bob"))
    publish(read_content(raydp) | {"summary": "New."}, entry=raydp, author=a_person("bob"))
    assert [len(titles(client.get(feed))) for feed in FEEDS] == [2, 1]
    for page, feed in zip(("/resources/raydp/history/", "/people/ada/"), FEEDS, strict=True):
        assert client.get(page).content.decode().count(f'href="{feed}"') == 2
    remove(Resource.objects.get(pk=raydp.pk), author=a_person(), reason="Gone.")
    assert [len(titles(client.get(feed))) for feed in FEEDS] == [3, 2]


def test_strange_names_and_other_methods(client):
    a_resource()
    for feed in FEEDS:
        assert client.post(feed).status_code == 405
    assert client.get("/resources/nothing/history.atom").status_code == 404
    assert client.get("/people/nobody/changes.atom").status_code == 404


def test_they_cost_the_same_for_few_and_many(client):
    resource = a_resource()
    counts = []
    for numbers in (range(2), range(2, 30)):
        for number in numbers:
            present = Resource.objects.get(pk=resource.pk)
            publish(read_content(present) | {"summary": f"{number}."}, entry=present, author=a_person())
        with CaptureQueriesContext(connection) as queries:
            for feed in FEEDS:
                client.get(feed)
        counts.append(len(queries))
    assert counts[0] == counts[1]
