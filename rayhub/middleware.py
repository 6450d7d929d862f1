"""Response headers that Django does not set by itself."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.csp import CSP, build_policy

UNUSED_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tells browsers that no page here asks for a camera, a position and the like."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", UNUSED_FEATURES)
        return response

    return respond


def ready_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sets the content security policy that all pages share, built once. It stands inside Django's own middleware, which
    sees to what is special: a page with a policy of its own, and policies that change with each answer.
    """
    policy: Any = settings.SECURE_CSP
    changing = any(CSP.NONCE in sources for sources in policy.values())
    header = "" if changing else build_policy(policy)

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if header and not hasattr(response, "_csp_config"):
            response.headers.setdefault(str(CSP.HEADER_ENFORCE), header)
        return response

    return respond


class Language(LocaleMiddleware):
    """Django's, which need not find out what somebody reads where the site has one language."""

    def process_request(self, request: HttpRequest) -> None:
        if len(settings.LANGUAGES) > 1:
            super().process_request(request)
            return
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # type: ignore[override]
        if len(settings.LANGUAGES) > 1:
            return super().process_response(request, response)  # type: ignore[return-value]
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


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
        keep_private(request, response)
        return response

    return respond


def keep_private(request: HttpRequest, response: HttpResponse) -> None:
    """Does so for one answer."""
    # Where nothing looked at who asks, the page is the same for all.
    known = request.session.accessed and request.user.is_authenticated
    if known and not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = "private"
