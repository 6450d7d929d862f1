"""Settings from the environment: loud on a wrong value."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from rayhub import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("word", "value"), [("1", True), ("yes", True), ("On", True), ("0", False), ("off", False)])
def test_a_flag_knows_the_usual_words(monkeypatch, word, value):
    monkeypatch.setenv("DEBUG", word)
    assert environment.flag("DEBUG", default=not value) is value


@pytest.mark.parametrize(
    ("name", "value", "read", "remedy"),
    [
        ("DEBUG", "maybe", lambda: environment.flag("DEBUG", default=False), "Use 1, true"),
        ("MARKDOWN_LIMIT", "-1", lambda: environment.number("MARKDOWN_LIMIT", 5), "whole number"),
        ("SITE_URL", "rayhub.example", lambda: environment.site_url("http://x"), "http://"),
        ("SITE_URL", "https://rayhub.example/wiki", lambda: environment.site_url("http://x"), "http://"),
        ("DATABASE_URL", "mysql://x/y", lambda: environment.database(ROOT), "postgresql://"),
        ("CACHE_URL", "memcached://x", lambda: environment.cache("locmem://"), "redis://"),
        ("EMAIL_URL", "imap://x", lambda: environment.email(ROOT), "smtp://"),
    ],
)
def test_a_wrong_value_names_the_accepted_ones(monkeypatch, name, value, read, remedy):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=remedy) as caught:
        read()
    assert name in str(caught.value)


def test_a_password_is_not_repeated_in_the_error(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://me:hunter2@host/name")
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.database(ROOT)
    assert "hunter2" not in str(caught.value)


def test_addresses_of_databases(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40ss@db.example:5433/hub?sslmode=require")
    found = environment.database(ROOT)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "me",
        "p@ss",
        "db.example",
        "5433",
        "hub",
    )
    assert found["OPTIONS"] == {"sslmode": "require"}
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/hub.sqlite3")
    assert environment.database(ROOT)["NAME"] == "/srv/hub.sqlite3"


def start(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {key: value for key, value in os.environ.items() if key not in {"SECRET_KEY", "DATABASE_URL"}}
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS)"
    environ |= {"RAYHUB_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "rayhub.settings"} | variables
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, text=True, capture_output=True, check=False
    )


def test_a_local_site_makes_its_own_secret_and_keeps_it(tmp_path):
    assert start(tmp_path).returncode == 0
    secret = (tmp_path / "secret_key").read_text()
    assert len(secret) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert start(tmp_path).stdout.startswith("rayhub_session 0")
    assert (tmp_path / "secret_key").read_text() == secret


def test_a_public_site_without_a_secret_does_not_start(tmp_path):
    answer = start(tmp_path, SITE_URL="https://rayhub.example")
    assert answer.returncode != 0
    assert "SECRET_KEY is missing" in answer.stderr


def test_behind_https_cookies_are_bound_to_the_host_and_hsts_is_sent(tmp_path):
    answer = start(tmp_path, SITE_URL="https://rayhub.example", SECRET_KEY="x" * 60)
    assert answer.stdout.split() == ["__Host-session", "31536000"]
