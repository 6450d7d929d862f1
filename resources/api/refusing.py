"""From a refusal to a problem that a program can read: every one says what to do."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from rayhub.problems import problem
from resources.entries.refusals import EditConflict, Invalid, PublishRefused, StaleRead, Taken
from resources.history.limits import TooFast
from resources.moderation.refusals import EntryGone, NotAllowed, StaleProposal
from resources.text.conflicts import Conflict
from resources.text.merge import MergedContent
from resources.text.render_limits import TextTooComplex, TextTooLarge


class Refusal(Exception):
    """What the API itself refuses; `more` are further members of the problem, `headers` those of the answer."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers or {}, more


STATUS: tuple[tuple[type[Exception], int], ...] = (
    (NotAllowed, 403),
    (TooFast, 429),
    (EntryGone, 410),
    (StaleProposal, 409),
    (StaleRead, 409),
    (Taken, 409),
    (TextTooLarge, 413),
    (PublishRefused, 422),
    (TextTooComplex, 422),
)
"""Which status a refusal of the doors has; the first that fits."""


def answer_refusals(api: NinjaAPI) -> None:
    """Makes the API answer with problems."""
    answers: tuple[tuple[type[Exception], Any], ...] = (
        (Refusal, _refusal),
        (PublishRefused, _refused),
        (TextTooLarge, _refused),
        (TextTooComplex, _refused),
        (ValidationError, _invalid),
        (HttpError, _http_error),
        (Http404, _missing),
        (PermissionDenied, _forbidden),
        (RequestDataTooBig, _too_big),
    )
    for kind, answer in answers:
        api.add_exception_handler(kind, answer)


def _refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    response = problem(error.status, error.detail, **error.more)
    for name, value in error.headers.items():
        response.headers[name] = value
    return response


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, EditConflict):
        return problem(409, str(error), **sides_of(error.merge), live=error.entry.revision_number)
    if isinstance(error, Invalid):
        return problem(422, _("The content is not acceptable as it is. Mend what is named."), errors=_by_field(error))
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    response = problem(status, str(error))
    if isinstance(error, TooFast):
        response.headers["Retry-After"] = str(max(1, int((error.again - timezone.now()).total_seconds())))
    return response


def _by_field(error: Invalid) -> list[dict[str, str]]:
    return [{"field": f"content.{name}", "detail": line} for name, lines in error.errors.items() for line in lines]


def sides_of(merge: MergedContent) -> dict[str, Any]:
    """Both sides of a conflict: what was sent and what is live, where they contradict; and what is merged so far."""
    fields = merge.conflicts_by_field
    return {
        "conflicts": [_conflict(name, one) for name, conflicts in fields.items() for one in conflicts],
        "merged": {name: field.draft for name, field in merge.fields.items()},
    }


def _conflict(field: str, conflict: Conflict[Any]) -> dict[str, Any]:
    return {
        "field": field,
        "row": conflict.key,
        "column": conflict.field,
        "base": conflict.base,
        "mine": conflict.mine,
        "theirs": conflict.theirs,
        "suggestion": conflict.suggestion,
    }


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    detail = _("The request cannot be used as it is. Mend what is named.")
    return problem(422, detail, errors=[{"field": field_of(one["loc"]), "detail": one["msg"]} for one in error.errors])


def field_of(places: Iterable[Any]) -> str:
    """Where in a request something stands, as content.placements.0.section: without the words that only we know."""
    parts = [str(place) for place in places]
    inside = parts[1:] if parts and parts[0] in {"query", "path", "body", "header"} else parts
    return ".".join(part for part in inside if ":" not in part and part not in {"asked", "function-after"})


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, Refusal):
        return _refusal(request, error.__cause__)
    if error.status_code == 400:
        return problem(400, _("The body cannot be read. Send one JSON object, in UTF-8."))
    return problem(error.status_code, str(error))


def _missing(request: HttpRequest, error: Exception) -> HttpResponse:
    said = str(error.args[0]) if error.args and isinstance(error.args[0], str) else ""
    return problem(404, said or _("There is nothing at this address. What there is stands in /api/v1/openapi.json."))


def _forbidden(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(403, str(error) or _("This is not open to you."))


def _too_big(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(413, _("The body is too long. Send less."))
