"""What went wrong, for programs: application/problem+json (RFC 9457), the only form of an error under /api/."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

PROGRAMS = "/api/"
"""Below this address programs ask, and get problems where people get pages."""

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, *, title: str = "", **more: Any) -> JsonResponse:
    """An error: its status, what it is called, and what to do. `more` are members of its own."""
    title = title or HTTPStatus(status).phrase
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    response = JsonResponse(content, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


def is_for_programs(request: HttpRequest) -> bool:
    """Whether a program asks. The documentation page at /api/ itself is for people."""
    return request.path.startswith(PROGRAMS) and request.path != PROGRAMS
