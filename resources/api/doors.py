"""What stands before and behind every operation: limits, who asks, and the headers of the answer."""

from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from rayhub.problems import problem
from resources.api.bearers import token_in
from resources.api.rates import take_ticket
from resources.api.refusing import Refusal

LONGEST_QUERY = 8_000
"""Characters after the question mark."""

SHOWN = "ETag, Last-Modified, Link, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
"""Headers that pages of other sites may read."""

type View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """A view of the API, with all that holds for every operation. It reads no cookie, so it needs no form token."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        asked = request.method
        if asked == "OPTIONS":
            return _options(request, view(request, *args, **kwargs))
        request.method = "GET" if asked == "HEAD" else asked
        try:
            response = _answer(request, view, *args, **kwargs)
        except Refusal as refusal:
            response = _with_headers(problem(refusal.status, refusal.detail, **refusal.more), refusal.headers)
        finally:
            request.method = asked
        return _finished(request, response)

    return csrf_exempt(answer)


def _answer(request: HttpRequest, view: View, *args: object, **kwargs: object) -> HttpResponse:
    """What the operation says, or why it is not asked."""
    request.__dict__["token"] = None
    token = token_in(request)
    request.__dict__["token"] = token
    rate = take_ticket(request, token)
    if rate is not None and not rate.allowed:
        words = {"limit": rate.limit, "seconds": rate.seconds}
        refused = problem(
            429, _("That is more than %(limit)s requests a minute. Go on in %(seconds)s seconds.") % words
        )
        return _with_headers(refused, rate.headers())
    # Whether there is such an act is said before anything of the request is looked at.
    asked, request.method = request.method, "OPTIONS"
    ground = view(request, *args, **kwargs)
    request.method = asked
    if ground.status_code != 405:
        return ground
    if asked not in _methods(ground):
        return _not_allowed(ground)
    _need_readable(request)
    response = view(request, *args, **kwargs)
    return _with_headers(response, rate.headers() if rate else {})


def _with_headers(response: HttpResponse, headers: Mapping[str, str]) -> HttpResponse:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _need_readable(request: HttpRequest) -> None:
    """Raises Refusal for what no operation could use."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        raise Refusal(414, _("The address is too long. Ask for less at once."))
    if "%00" in query or "\0" in query:
        raise Refusal(400, _("There is a zero byte in the address. Leave it out."))


def _methods(response: HttpResponse) -> set[str]:
    return {word.strip() for word in response.headers.get("Allow", "").split(",") if word.strip()}


def _allowed(response: HttpResponse) -> str:
    """The methods of an operation in one order; GET brings HEAD with it, and OPTIONS is always there."""
    methods = _methods(response)
    return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))


def _not_allowed(response: HttpResponse) -> HttpResponse:
    allowed = _allowed(response)
    refused = problem(405, _("This address knows these methods alone: %(methods)s.") % {"methods": allowed})
    refused.headers["Allow"] = allowed
    return refused


def _options(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What can be asked here, and to browsers: that pages of all sites may read, without anybody's token or cookie."""
    answer = HttpResponse(status=204)
    answer.headers["Allow"] = _allowed(response)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    answer.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, Accept"
    answer.headers["Access-Control-Max-Age"] = "86400"
    return answer


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with what caches and browsers need to know, or 304 where the asker has it already."""
    patch_vary_headers(response, ["Authorization"])
    reads = request.method in {"GET", "HEAD"}
    if reads:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SHOWN
    if not reads or response.status_code != 200:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    whose = "private" if request.headers.get("Authorization") else "public"
    response.headers.setdefault("Cache-Control", f"{whose}, no-cache")
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    found = get_conditional_response(request, etag=etag, last_modified=modified, response=response)
    if found is None or found is response:
        return response
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "RateLimit-Limit",
                 "RateLimit-Remaining", "RateLimit-Reset", "Vary"):  # fmt: skip
        if name in response.headers:
            found.headers[name] = response.headers[name]
    return found
