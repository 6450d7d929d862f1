"""The OpenAPI document: made from the operations, with what holds for all of them put in once."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings

from rayhub.problems import MEDIA_TYPE
from resources.api.app import api

type Plain = dict[str, Any]

ABOUT = """\
Read everything that is live, and propose or publish changes in the same way as the forms do.

Reading needs no token. Writing needs one: make it at /accounts/tokens/ and send it as `Authorization: Bearer rh_…`.
Errors are `application/problem+json` and say what to do. Lists come in pages: follow `next`. Answers carry an `ETag`: send it
back as `If-None-Match`, and what has not changed is answered with 304. `RateLimit-*` headers say how much more may be asked.
"""

PROBLEM: Plain = {
    "type": "object",
    "description": "What went wrong, and what to do (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do."},
        "errors": {
            "type": "array",
            "description": "What is wrong with which part of the request.",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
    "example": {
        "type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such entry.",
    },
}  # fmt: skip

CONFLICT: Plain = {
    "type": "object",
    "description": "Somebody changed the same place since `base`: both sides, and what is merged so far.",
    "required": ["type", "title", "status", "detail"],
    "properties": PROBLEM["properties"]
    | {
        "live": {"type": "integer", "description": "The live revision: settle the conflicts and send it as `base`."},
        "merged": {"type": "object", "description": "The content merged so far, with yours where the two contradict."},
        "conflicts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "mine", "theirs"],
                "properties": {
                    "field": {"type": "string"},
                    "row": {"type": ["string", "integer"], "description": "Of rows: which one."},
                    "column": {"type": "string", "description": "Of rows: which column; empty for all of it."},
                    "base": {}, "mine": {}, "theirs": {}, "suggestion": {},
                },
            },
        },
    },
}  # fmt: skip

EXAMPLES: Plain = {
    "propose": {
        "create": {
            "summary": "A new resource",
            "value": {
                "act": "create", "type": "resource", "summary": "It is missing.",
                "content": {"title": "RayDP on YARN", "url": "https://example.org/raydp-on-yarn", "libraries": ["data"]},
            },
        },
        "edit": {
            "summary": "An edit",
            "value": {
                "act": "edit", "type": "resource", "slug": "raydp", "base": 1, "summary": "Shorter.",
                "content": {"summary": "Spark on Ray."},
            },
        },
        "remove": {
            "summary": "A removal",
            "value": {"act": "remove", "type": "resource", "slug": "raydp", "base": 1, "summary": "It is gone."},
        },
    },
    "amend_proposal": {
        "amend": {"summary": "Another summary", "value": {"version": 1, "content": {"summary": "Spark on Ray, and back."}}}
    },
}  # fmt: skip
"""Bodies that can be sent as they stand, where there is such an entry."""

SAID = {
    "400": "The request cannot be read.",
    "401": "A token that works is needed.",
    "403": "The token, or its owner, may not do this.",
    "404": "There is nothing at this address.",
    "409": "The request contradicts what is there now.",
    "410": "The entry was removed.",
    "413": "The body is too long.",
    "414": "The address is too long.",
    "415": "The body is no JSON.",
    "422": "The request cannot be used as it is; `errors` names the fields.",
    "429": "Too many requests; `Retry-After` says when to go on.",
}

HEADERS: Plain = {
    "RateLimit-Limit": {"description": "Requests a minute.", "schema": {"type": "integer"}},
    "RateLimit-Remaining": {"description": "How many of them are left.", "schema": {"type": "integer"}},
    "RateLimit-Reset": {"description": "Seconds until they begin anew.", "schema": {"type": "integer"}},
}


@cache
def document() -> Plain:
    """The document of this version."""
    made: Plain = dict(api.get_openapi_schema(path_prefix="api/v1/"))
    made["info"] = {
        "title": "RayHub",
        "version": "1.0",
        "description": ABOUT,
        "license": {"name": "MIT", "identifier": "MIT"},
    }
    made["servers"] = [{"url": settings.SITE_URL}]
    made["components"]["schemas"] |= {"Problem": PROBLEM, "Conflict": CONFLICT}
    made["components"]["responses"] = {
        status: {
            "description": words,
            "content": {MEDIA_TYPE: {"schema": _ref("Conflict" if status == "409" else "Problem")}},
        }
        for status, words in SAID.items()
    }
    made["components"]["headers"] = HEADERS
    for method, operation in _operations(made):
        _complete(method, operation)
    return made


def _operations(made: Plain) -> Iterator[tuple[str, Plain]]:
    for methods in made["paths"].values():
        yield from methods.items()


def _complete(method: str, operation: Plain) -> None:
    """What every operation can answer, and what it can be sent."""
    responses = {str(status): said for status, said in operation["responses"].items()}
    for status, said in responses.items():
        if status.startswith("2"):
            said["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    places = {(one["in"], one["name"]) for one in operation["parameters"]}
    if method == "get":
        responses["304"] = {"description": "What you have is what there is."}
    if ("path", "slug") in places:
        moved = "301" if method == "get" else "308"
        responses[moved] = {"description": "The entry is at the address in `Location` now."}
    for status in _refusals(method, operation):
        responses.setdefault(status, {"$ref": f"#/components/responses/{status}"})
    operation["responses"] = dict(sorted(responses.items()))
    if "requestBody" in operation:
        operation["requestBody"]["content"]["application/json"]["examples"] = EXAMPLES[operation["operationId"]]
    for one in operation["parameters"]:
        one["schema"] = _plain(one["schema"])


def _refusals(method: str, operation: Plain) -> list[str]:
    """The statuses of the errors that an operation can answer with."""
    found = ["400", "401", "404", "414", "422", "429"]
    if any(one["in"] == "path" for one in operation["parameters"]) or method != "get":
        found.append("410")
    if method != "get":
        found += ["403", "409", "413", "415"]
    if "security" in operation:
        found.append("403")
    return found


def _plain(schema: Plain) -> Plain:
    """An optional parameter is left out, never null."""
    options = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return {key: said for key, said in schema.items() if key != "anyOf"} | options[0] if options else schema


def _ref(name: str) -> Plain:
    return {"$ref": f"#/components/schemas/{name}"}
