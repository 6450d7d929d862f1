"""A page that is drawn with holes says the same as one that is drawn as a whole."""

import pytest
from django.test import Client

from rayhub import drawing
from resources.entries.content import read_content
from resources.publishing import publish
from tests.makers import a_guide, a_person, a_section


@pytest.fixture(autouse=True)
def fresh():
    drawing._pages.clear()


def whole(address, **given):
    """As for somebody who is known by a cookie: nothing is drawn beforehand."""
    client = Client(**given)
    client.cookies["messages"] = "none"
    return client.get(address).content.decode()


@pytest.mark.django_db
def test_every_guide_reads_the_same_with_holes_and_without():
    a_section("Libraries", parent=a_section("All"))
    top = a_guide("Top & <b>bold</b>", slug="top", summary="What it <i>is</i>.", tags=["a", "b c"])
    a_guide("Below", parent=top, body="# One\n\ntext [[Top]]\n\n## Two\n\nmore", rank=1)
    a_guide("Beside", parent=top, body="", rank=2)
    bare = a_guide("Bare")
    publish(read_content(bare) | {"body": "{{guides parent=top}}"}, entry=bare, author=a_person("bob"))
    addresses = [f"/wiki/{slug}/" for slug in ("top", "below", "beside", "bare")] * 2
    for address in addresses:
        assert Client().get(address).content.decode() == whole(address), address
    assert len(drawing._pages) == 1
    assert Client().get("/wiki/top/?from=x").content.decode() == whole("/wiki/top/?from=x")


@pytest.mark.django_db
def test_nothing_of_somebody_who_is_signed_in_is_drawn_for_others():
    a_guide("Top")
    signed_in = Client()
    signed_in.force_login(a_person("mo", role="moderator"))
    theirs = signed_in.get("/wiki/top/").content.decode()
    assert drawing._pages == {}
    strangers = Client().get("/wiki/top/").content.decode()
    assert "protect/" in theirs
    assert "protect/" not in strangers
    assert "data-person" not in strangers
    assert signed_in.get("/wiki/top/").content.decode().count("data-person") == 1


@pytest.mark.django_db
def test_it_is_bounded(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_KEPT", 2)
    a_guide("Top")
    for language in ("en", "de", "fr", "en"):
        assert Client(headers={"accept-language": language}).get("/wiki/top/").status_code == 200
    assert 1 <= len(drawing._pages) <= 2
