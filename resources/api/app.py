"""The API itself: how it reads bodies, writes answers, and says no."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.parser import Parser

from resources.api.finding import Elsewhere, lead_on
from resources.api.refusing import Refusal, answer_refusals

DEEPEST = 20
"""Lists and objects in one another."""


class StrictParser(Parser):
    """Reads JSON that can be kept: in UTF-8, of finite numbers, not too deep, without signs that no database takes."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise Refusal(415, _("Send JSON, with Content-Type: application/json."), {"Accept": "application/json"})
        try:
            data = json.loads(request.body.decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise Refusal(400, _("The body cannot be read. Send one JSON object, in UTF-8.")) from None
        if not isinstance(data, dict):
            raise Refusal(422, _("Send one JSON object."))
        _need_storable(data)
        return data


def _refuse_constant(word: str) -> None:
    raise ValueError(word)


def _need_storable(data: Any) -> None:
    """Raises Refusal for what is nested too deep, and for zero bytes and halves of signs."""
    waiting = [(data, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise Refusal(400, _("The body is nested too deep. Send %(most)s levels at most.") % {"most": DEEPEST})
        if isinstance(value, dict):
            waiting += [(one, depth + 1) for one in (*value.keys(), *value.values())]
        elif isinstance(value, list):
            waiting += [(one, depth + 1) for one in value]
        elif isinstance(value, str) and ("\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value)):
            raise Refusal(422, _("A text has a zero byte or half a sign in it. Leave that out."))


api = NinjaAPI(
    title="RayHub",
    version="1",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=StrictParser(),
)
answer_refusals(api)
api.add_exception_handler(Elsewhere, lead_on)  # type: ignore[arg-type]  # ninja calls handlers with what is raised


def answer(
    data: Any, *, status: int = 200, modified: datetime | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """Plain data as an answer."""
    content = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(content, status=status, content_type="application/json", headers=headers)
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    return response


def takes[**P, R](**given: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Names the types of parameters that are made from the models' own fields, and so have no name in the code."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        view.__annotations__ |= given
        return view

    return decorate
