"""Response headers that Django does not set by itself."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

UNUSED_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tells browsers that no page here asks for a camera, a position and the like."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", UNUSED_FEATURES)
        return response

    return respond


def no_zero_bytes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers 400 to addresses with a zero byte: no page has one, and PostgreSQL cannot look for one."""

    def respond(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise BadRequest("There is a zero byte in the address.")
        return get_response(request)

    return respond


def private_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps pages of somebody who is signed in out of caches that others share, where the page says nothing itself."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Where nothing looked at who asks, the page is the same for all.
        known = request.session.accessed and request.user.is_authenticated
        if known and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private"
        return response

    return respond
