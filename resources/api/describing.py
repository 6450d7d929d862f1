"""The document in words: what the page for people shows of every operation."""

import json
import shlex
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from resources.api.document import document

type Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be said with a request."""

    name: str
    place: str
    needed: bool
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, with a command that tries it."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    parameters: tuple[Parameter, ...]
    answers: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Group:
    """Operations that belong together."""

    name: str
    operations: tuple[Operation, ...]


@cache
def groups() -> tuple[Group, ...]:
    """All operations, in the order of the document."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document()["paths"].items():
        for method, one in methods.items():
            found.setdefault(one["tags"][0], []).append(_operation(method, path, one))
    return tuple(Group(name, tuple(operations)) for name, operations in found.items())


def _operation(method: str, path: str, one: Plain) -> Operation:
    return Operation(
        name=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one["summary"],
        description=_words(one.get("description", "")),
        scope=one.get("x-scope", ""),
        parameters=tuple(_parameter(each) for each in one["parameters"]),
        answers=tuple(status for status in one["responses"] if status.startswith("2")),
        example=_example(method, path, one),
    )


def _parameter(one: Plain) -> Parameter:
    return Parameter(one["name"], one["in"], one["required"], _kind(one["schema"]), _words(one.get("description", "")))


def _words(said: str) -> str:
    """Markdown of the document as plain words."""
    return said.replace("`", "")


def _kind(schema: Plain) -> str:
    """What values a parameter takes, in few words."""
    if "enum" in schema:
        return ", ".join(str(word) for word in schema["enum"])
    if "maximum" in schema and schema["maximum"] <= 1000:
        return f"{schema.get('minimum', 0)} – {schema['maximum']}"
    return str(schema.get("format") or schema.get("type", ""))


def _example(method: str, path: str, one: Plain) -> str:
    """A command that can be typed."""
    asked = []
    for each in one["parameters"]:
        examples = each["schema"].get("examples") or [each["schema"].get("example")]
        value = each.get("example", examples[0])
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", str(value))
        elif each["in"] == "query" and (each["required"] or "example" in each["schema"]):
            asked.append((each["name"], value))
    words = ["curl"] if method == "get" else ["curl", "-X", method.upper()]
    words.append(settings.SITE_URL + path + (f"?{urlencode(asked, safe=',:')}" if asked else ""))
    lines = [shlex.join(words)]
    if one.get("security"):
        lines.append('-H "Authorization: Bearer $TOKEN"')
    if body := one.get("requestBody"):
        example = next(iter(body["content"]["application/json"]["examples"].values()))["value"]
        lines += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(json.dumps(example, ensure_ascii=False))}"]
    return " \\\n  ".join(lines)
