"""What stands before the protocol: methods, other sites, limits, sizes, versions; and what a process pays for it."""

import json
import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.api import rates
from resources.history.models import Event
from tests.makers import a_guide, a_person
from tests.processes import ROOT

pytestmark = pytest.mark.django_db

ACCEPT = "application/json, text/event-stream"


def post(client, method, params=None, headers=None, **more):
    """One message of the protocol."""
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}} | more
    given = {"accept": ACCEPT} | (headers or {})
    return client.post("/mcp", json.dumps(body), content_type="application/json", headers=given)


def start(version="2025-11-25"):
    return {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("2025-11-25", "2025-11-25"), ("2025-03-26", "2025-03-26"), ("1999-01-01", "2025-11-25")],
)
def test_versions_are_negotiated(client, asked, answered):
    answer = post(client, "initialize", start(asked))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["result"]["protocolVersion"] == answered
    assert "mcp-session-id" not in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "PATCH", "OPTIONS"])
def test_only_post_is_answered(client, method):
    answer = client.generic(method, "/mcp")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://evil.example", 403), ("null", 403), ("http://127.0.0.1:8000", 200), ("http://testserver", 200)],
)
def test_pages_of_other_sites_may_not_ask(client, origin, status):
    assert post(client, "tools/list", headers={"origin": origin}).status_code == status


def test_names_that_lead_here_from_elsewhere_are_refused(client):
    assert post(client, "tools/list", headers={"host": "evil.example"}).status_code == 400


def test_it_needs_no_form_token_and_reads_no_session():
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_person("ada"))
    with CaptureQueriesContext(connection) as queries:
        assert post(client, "tools/list").status_code == 200
    assert [one["sql"] for one in queries if "django_session" in one["sql"]] == []


def test_asking_writes_nothing(client):
    a_guide("Ray Core")
    before = Event.objects.count()
    with CaptureQueriesContext(connection) as queries:
        answer = post(client, "tools/call", {"name": "read_entry", "arguments": {"address": "/wiki/ray-core/"}})
    assert "# Ray Core" in answer.json()["result"]["content"][0]["text"]
    assert all(one["sql"].startswith("SELECT") for one in queries), [one["sql"] for one in queries]
    assert len(queries) <= 8
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"x"', b"\xff\xfe", b'{"jsonrpc":"2.0"}', b'{"jsonrpc":"2.0","id":1,"method":"none"}']
)
def test_what_is_no_message_is_refused_by_the_protocol(client, body):
    answer = client.post("/mcp", body, content_type="application/json", headers={"accept": ACCEPT})
    assert answer.status_code in {200, 400, 404}
    assert "error" in answer.json()


def test_other_forms_and_long_questions_are_refused(client):
    assert client.post("/mcp", {"a": "b"}).status_code in {400, 406, 415}
    assert client.post("/mcp").status_code in {400, 406, 415}
    answer = client.post("/mcp", b"x" * 200_000, content_type="application/json")
    assert answer.status_code == 413
    assert "Ask for less" in answer.json()["detail"]


def test_a_tool_that_is_not_there(client):
    answer = post(client, "tools/call", {"name": "publish", "arguments": {}})
    assert "There is no tool 'publish'" in answer.json()["error"]["message"]


def test_who_asks_too_often_waits(client, settings, monkeypatch):
    settings.RATE_LIMITS = True
    monkeypatch.setattr(rates, "STRANGERS", 2)
    monkeypatch.setattr(rates, "_purses", {})
    answers = [post(client, "tools/list", headers={"x": str(turn)}) for turn in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert answers[0]["RateLimit-Remaining"] == "1"


def test_a_process_that_is_not_asked_does_not_pay_for_it(own_site):
    code = (
        "import sys, django; django.setup(); from django.urls import get_resolver; get_resolver('resources.urls').url_patterns;"
        "print('mcp.server' in sys.modules, 'mcp' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=own_site, capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == ["False", "False"]
