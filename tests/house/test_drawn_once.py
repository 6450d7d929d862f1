"""Parts of a page that are drawn once: the same words for everybody, what differs put in each time, and escaped."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from resources.entries.models import ADDRESSES, Entry
from resources.templatetags import once
from tests.makers import a_section

SOURCE = (
    "{% load once %}{% drawn_once 'x' kind with url=url %}{% if kind %}{{ kind }}{% endif %}<a href='{{ url }}'>"
    "{% end_drawn_once %}"
)


@pytest.fixture(autouse=True)
def fresh():
    once._drawn.clear()


def drawn(**context):
    return Template(SOURCE).render(Context(context))


def test_what_is_put_in_differs_and_is_escaped():
    assert drawn(kind="a", url="/1/") == "a<a href='/1/'>"
    assert drawn(kind="a", url="/'><script>") == "a<a href='/&#x27;&gt;&lt;script&gt;'>"
    assert drawn(kind="", url="/2/") == "<a href='/2/'>"
    assert drawn(kind="a", url="\ue0f1url\ue0f1") == "a<a href='\ue0f1url\ue0f1'>"
    assert len(once._drawn) == 2


def test_every_language_has_its_own():
    drawn(kind="a", url="")
    with translation.override("de"):
        drawn(kind="a", url="")
    assert {key[0] for key in once._drawn} == {"en", "de"}


def test_it_is_bounded(monkeypatch):
    monkeypatch.setattr(once, "MOST_KEPT", 3)
    for number in range(10):
        assert drawn(kind=number + 1, url="") == f"{number + 1}<a href=''>"
    assert len(once._drawn) <= 3


@pytest.mark.parametrize("type_", Entry.Type.values)
def test_addresses_are_those_of_the_address_map(type_):
    assert Entry(type=type_, slug="a-b").get_absolute_url() == reverse(type_, args=["a-b"])
    assert Entry(type=type_, slug="a-b").source_address == reverse(f"{type_}_source", args=["a-b"])
    assert ADDRESSES.keys() == set(Entry.Type.values)


@pytest.mark.django_db
def test_a_title_with_the_sign_that_parts_are_cut_at_hides_nothing(client):
    for title in ("Alpha", "Mid\ue0f1dle", "Omega"):
        a_section(title, slug=f"s-{title[0].lower()}")
    page = client.get("/").content.decode()
    assert all(f'href="/sections/s-{letter}/"' in page for letter in "amo")
