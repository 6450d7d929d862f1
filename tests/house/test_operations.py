"""What operators' tools see, and what every answer carries."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.makers import a_section


def test_healthz_needs_no_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_tells_a_migrated_database_from_one_that_is_behind(client):
    assert client.get("/readyz").status_code == 200
    steps = MigrationRecorder(connection).migration_qs.filter(app="resources")
    steps.exclude(name__contains="squashed").latest("pk").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"manage.py migrate" in answer.content


@pytest.mark.django_db
def test_every_page_forbids_inline_code_and_foreign_frames(client):
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO"])
@pytest.mark.parametrize("address", ["/", "/resources/", "/changes.atom", "/README.md", "/healthz"])
def test_a_page_answers_to_reading_alone_even_without_a_token(method, address):
    client = Client(enforce_csrf_checks=True)
    assert client.generic(method, address).status_code == 405


@pytest.mark.django_db
def test_a_query_with_too_many_parts_gets_a_page_that_says_so(client):
    answer = client.get("/resources/?" + "kind=x&" * 3000)
    assert answer.status_code == 400
    assert b"<h1>" in answer.content


@pytest.mark.django_db
def test_the_front_page_bears_the_words_of_the_list(client):
    introduction = "![a picture](https://e.example/x.gif)\n\nEverything that people around Ray found worth keeping."
    a_section("Awesome Numbers", introduction=introduction)
    page = client.get("/").content.decode()
    assert "Awesome Numbers" in page.split("<h1>")[1].split("</h1>")[0]
    assert "Everything that people around Ray found worth keeping." in page


@pytest.mark.skipif(connection.vendor != "sqlite", reason="these are settings of SQLite")
@pytest.mark.django_db
def test_sqlite_is_set_for_real_use():
    def pragma(name: str) -> object:
        with connection.cursor() as cursor:
            return cursor.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("foreign_keys") == 1
    assert pragma("synchronous") == 1
    assert pragma("busy_timeout") == 20_000
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
