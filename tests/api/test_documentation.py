"""What docs/api.md says is so: its examples are tried."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from resources.webhooks.sending import signature
from tests.api.asking import a_secret, ask, said
from tests.makers import a_guide, a_person, a_resource

pytestmark = pytest.mark.django_db

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()


def commands() -> list[list[str]]:
    """The curl commands of the document."""
    text = DOCUMENT.replace("\\\n", " ")
    return [shlex.split(line.strip()) for line in text.splitlines() if line.startswith("    curl ")]


def test_its_commands_do_what_they_say():
    a_resource("RayDP", libraries=["data"])
    a_guide("Ray Core")
    secret = a_secret(a_person("ed", role="editor"))
    tried = 0
    for words in commands():
        url = next(word for word in words if word.startswith("http://127.0.0.1:8000/api/v1"))
        given = {
            word.split(": ")[0].replace("-", "_"): word.split(": ")[1]
            for word in words
            if re.match(r"[A-Z][\w-]+: ", word)
        }
        if "Authorization" in given:
            given["Authorization"] = given["Authorization"].replace("$TOKEN", secret)
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        body = words[words.index("-d") + 1] if "-d" in words else None
        found = said(ask(url.partition("/api/v1")[2], method=method, body=body, **given), 201 if body else 200)
        assert found.get("items") or found["outcome"] == "published"
        tried += 1
    assert tried == 5


def test_its_check_of_a_signature_is_right():
    code = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    assert code
    found: dict[str, Any] = {}
    exec(code[1], found)
    check, body = found["is_from_rayhub"], json.dumps({"a": 1}).encode()
    now = int(found["time"].time())
    assert check("secret", body, signature("secret", body, now))
    assert not check("other", body, signature("secret", body, now))
    assert not check("secret", body + b" ", signature("secret", body, now))
    assert not check("secret", body, signature("secret", body, now - 3600))


def test_the_page_shows_every_operation_with_a_command(client):
    page = client.get("/api/").content.decode()
    paths = said(ask("/openapi.json"))["paths"]
    count = 0
    for path, methods in paths.items():
        for method, one in methods.items():
            assert f'id="{one["operationId"]}"' in page
            assert f"<b>{method.upper()}</b> {path}</code>" in page
            assert one["summary"]
            count += 1
    assert page.count("curl ") >= count > 25
    assert not re.search(r"[/=]None", page)
    assert '<a href="/api/">' in client.get("/").content.decode()


def test_the_examples_of_the_document_can_be_sent_as_they_stand():
    a_resource("RayDP")
    secret = a_secret(a_person("cora", role="contributor"))
    paths = said(ask("/openapi.json"))["paths"]
    body = paths["/api/v1/proposals/"]["post"]["requestBody"]["content"]["application/json"]
    numbers = [
        said(ask("/proposals/", method="POST", secret=secret, body=one["value"]), 201)["proposal"]["number"]
        for one in body["examples"].values()
    ]
    amendment = paths["/api/v1/proposals/{number}/"]["patch"]["requestBody"]["content"]["application/json"]
    value = amendment["examples"]["amend"]["value"]
    assert said(ask(f"/proposals/{numbers[1]}/", method="PATCH", secret=secret, body=value))["version"] == 2
    for path in (path for path, methods in paths.items() if "get" in methods and "{" not in path):
        assert ask(path.removeprefix("/api/v1") + "?q=ray", secret=secret).status_code == 200


def test_the_document_is_openapi_3_1_and_says_what_every_operation_answers():
    found = said(ask("/openapi.json"))
    assert found["openapi"].startswith("3.1")
    seen = set()
    for path, methods in found["paths"].items():
        assert path.endswith("/")
        for one in methods.values():
            assert one["operationId"] not in seen
            seen.add(one["operationId"])
            assert {"429", "422", "401"} <= one["responses"].keys()
            assert all(each["schema"] for each in one["parameters"])
    scopes = {one.get("x-scope") for methods in found["paths"].values() for one in methods.values()}
    assert scopes == {None, "read", "propose"}
