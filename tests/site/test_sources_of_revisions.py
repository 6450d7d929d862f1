"""The source of an entry at one of its revisions."""

import pytest
from django.test import Client

from resources.entries.content import read_content
from resources.publishing import publish, remove
from tests.makers import a_person, a_resource, a_section

pytestmark = pytest.mark.django_db


def test_the_source_is_of_that_revision(client: Client) -> None:
    section = a_section("Data")
    raydp = a_resource(summary="Spark on Ray.", sections=(section,), tags=["spark"])
    publish(read_content(raydp) | {"summary": "Another sentence."}, entry=raydp, author=a_person())
    first, second = (client.get(f"/resources/raydp/history/{number}.md") for number in (1, 2))
    assert first["Content-Type"] == "text/markdown; charset=utf-8"
    assert "summary: Spark on Ray." in first.content.decode()
    assert "section: data" in first.content.decode()
    assert second.content == client.get("/resources/raydp.md").content
    assert client.get("/resources/raydp/history/1.md", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_removed_entry_keeps_the_sources_of_its_history(client: Client) -> None:
    remove(a_resource(), author=a_person(), reason="Gone.")
    assert "title: RayDP" in client.get("/resources/raydp/history/1.md").content.decode()


@pytest.mark.parametrize(
    "address", ["raydp/history/9.md", "raydp/history/0.md", f"raydp/history/{10**18}.md", "no/history/1.md"]
)
def test_a_revision_that_is_not_there(client: Client, address: str) -> None:
    a_resource()
    assert client.get(f"/resources/{address}").status_code == 404


def test_a_source_is_only_read(client: Client) -> None:
    a_resource()
    assert client.post("/resources/raydp/history/1.md").status_code == 405
