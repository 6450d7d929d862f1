"""A shorter way for those who bring no cookie: most visits are theirs, and a chain of middleware costs as much as a small page.

`Shortcut` stands first in MIDDLEWARE and `behind_all` last. A GET or HEAD without cookies gets from the first one what views
may expect of the others, is answered by what is behind all of them, and gets the same headers: the constant ones, which
Django's own middleware is asked for once, and from the same middleware whatever is not constant. Every other visit takes the
long way. tests/house/test_middleware.py compares the two.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from threading import local
from types import SimpleNamespace
from typing import Any

from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth.middleware import auser
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.csp import CSP, LazyNonce
from django.utils.functional import SimpleLazyObject, empty

from rayhub.middleware import UNUSED_FEATURES, keep_private

LONG_WAY = ("/accounts/", "/admin/", settings.STATIC_URL)
"""Addresses that other middleware answers itself, and where people become somebody."""

LEAST_PACKED = 200
"""Bytes: shorter pages GZipMiddleware leaves alone."""

POLICY = CSP.HEADER_ENFORCE.lower()

type Respond = Callable[[HttpRequest], HttpResponse]

_loading = local()


def behind_all(get_response: Respond) -> Respond:
    """Tells `Shortcut`, which the same handler makes last, what is behind all middleware; it does nothing else."""
    _loading.behind = get_response
    raise MiddlewareNotUsed


class Shortcut:
    """The short way, and the door to the long one."""

    def __init__(self, get_response: Respond) -> None:
        self.long_way = get_response
        self.behind: Any = vars(_loading).pop("behind", None)
        if self.behind is None or _is_unusual():
            raise MiddlewareNotUsed
        self.new_session: Any = import_module(settings.SESSION_ENGINE).SessionStore
        self.session, self.messages = SessionMiddleware(get_response), MessageMiddleware(get_response)
        self.csrf, self.common = CsrfViewMiddleware(get_response), CommonMiddleware(get_response)
        self.gzip, self.security = GZipMiddleware(get_response), SecurityMiddleware(get_response)
        self.framing, self.policy = XFrameOptionsMiddleware(get_response), ContentSecurityPolicyMiddleware(get_response)
        self.constant = {secure: self._constant(_Visit(secure)) for secure in (False, True)}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, by the way that fits."""
        if not self._is_plain(request):
            return self.long_way(request)
        given = vars(request)
        given["_csp_nonce"] = LazyNonce()
        given["session"] = self.new_session(None)
        translation.activate(settings.LANGUAGE_CODE)
        given["LANGUAGE_CODE"] = translation.get_language()
        given["user"] = SimpleLazyObject(partial(_stranger, given["session"]))
        given["auser"] = partial(auser, request)
        given["allauth"] = SimpleNamespace()
        # Made when somebody looks at it: few pages have something to say.
        given["_messages"] = SimpleLazyObject(partial(default_storage, request))
        with request_context(request):
            response = self.behind(request)
        answer: HttpResponse = self._vary(request, self._finish(request, response))
        return answer

    def _is_plain(self, request: HttpRequest) -> bool:
        """Whether this is a visit that the long way would neither refuse nor lead elsewhere."""
        if (
            request.method not in {"GET", "HEAD"}
            or request.META.get("HTTP_COOKIE")
            or "\0" in request.path
            or request.path_info.startswith(LONG_WAY)
            or (self.security.redirect and not request.is_secure())
        ):
            return False
        try:
            request.get_host()
        except DisallowedHost:
            return False
        return True

    def _finish(self, request: HttpRequest, response: Any) -> Any:
        """The answer with all headers but "Vary", of which there may be a first word."""
        response = self.framing.process_response(request, response)
        if vars(request)["_messages"]._wrapped is not empty:
            response = self.messages.process_response(request, response)
        keep_private(request, response)
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            response = self.csrf.process_response(request, response)
        response = self.common.process_response(request, response)
        constant = self.constant[request.is_secure()]
        if hasattr(response, "_csp_config") or hasattr(response, "_csp_ro_config"):
            response = self.policy.process_response(request, response)
            constant = {name: pair for name, pair in constant.items() if name != POLICY}
        # What the answer says itself goes before. This is setdefault() for each, which takes longer than all else here.
        response.headers._store = constant | response.headers._store
        return response

    def _vary(self, request: HttpRequest, response: Any) -> Any:
        """The answer as the last ones leave it: with what it depends on, with a session that began, and packed."""
        session, vary = request.session, ["Accept-Language"]
        if session.modified:
            patch_vary_headers(response, vary)
            return self.gzip.process_response(request, self.session.process_response(request, response))
        if session.accessed:
            vary.append("Cookie")
        if request.META.get("HTTP_ACCEPT_ENCODING") or response.streaming or response.has_header("Content-Encoding"):
            patch_vary_headers(response, vary)
            return self.gzip.process_response(request, response)
        if len(response.content) >= LEAST_PACKED:
            vary.append("Accept-Encoding")
        if response.has_header("Vary"):
            patch_vary_headers(response, vary)
        else:
            response.headers["Vary"] = ", ".join(vary)
        return response

    def _constant(self, visit: HttpRequest) -> dict[str, tuple[str, str]]:
        """The headers that every answer gets, from those who set them on the long way."""
        response: Any = HttpResponse()
        for one in (self.policy, self.security):
            response = one.process_response(visit, response)
        response.headers["Permissions-Policy"] = UNUSED_FEATURES
        response.headers["Content-Language"] = settings.LANGUAGE_CODE
        del response.headers["Content-Type"]
        return dict(response.headers._store)


def _stranger(session: Any) -> AnonymousUser:
    """Who comes without a cookie. Asking who it is counts as a look into the session, which would have to tell."""
    session.accessed = True
    return AnonymousUser()


class _Visit(HttpRequest):
    """One by https, or not."""

    def __init__(self, secure: bool) -> None:
        super().__init__()
        self.secure = secure

    def _get_scheme(self) -> str:
        return "https" if self.secure else "http"


def _is_unusual() -> bool:
    """Whether settings ask for what only the long way does."""
    policy: Any = settings.SECURE_CSP
    return any(
        (
            settings.PREPEND_WWW,
            settings.DISALLOWED_USER_AGENTS,
            settings.SESSION_SAVE_EVERY_REQUEST,
            settings.CSRF_USE_SESSIONS,
            settings.SECURE_CSP_REPORT_ONLY,
            len(settings.LANGUAGES) > 1,
            any(CSP.NONCE in sources for sources in policy.values()),
        )
    )
