"""Who brings no cookie is answered by a shorter way, as by the long one."""

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt, xframe_options_sameorigin
from django.views.decorators.csp import csp_override, csp_report_only_override
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from tests.makers import a_person

LONG = "x" * 5_000
WHOLE = [name for name in settings.MIDDLEWARE if not name.startswith("rayhub.shortcut.")]


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG)


def short(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user} {LONG}")


def form(request: HttpRequest) -> HttpResponse:
    get_token(request)
    return HttpResponse(LONG)


def told(request: HttpRequest) -> HttpResponse:
    messages.info(request, "Done.")
    return HttpResponse(LONG)


def kept(request: HttpRequest) -> HttpResponse:
    request.session["word"] = "kept"
    return HttpResponse(LONG)


def entered(request: HttpRequest) -> HttpResponse:
    login(request, User.objects.get(), backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponse(LONG)


def streamed(_request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([LONG]))


def packed(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG, headers={"Content-Encoding": "br", "Content-Language": "fr", "ETag": '"1"'})


def missing(_request: HttpRequest) -> HttpResponse:
    raise Http404


def broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


VIEWS = {
    "plain": plain,
    "short": short,
    "who": who,
    "form": form,
    "told": told,
    "kept": kept,
    "entered": entered,
    "streamed": streamed,
    "packed": packed,
    "missing": missing,
    "broken": broken,
    "slash/": plain,
    "never": never_cache(who),
    "vary": vary_on_headers("Cookie", "Origin")(form),
    "framed": xframe_options_exempt(plain),
    "same": xframe_options_sameorigin(plain),
    "policy": csp_override({"default-src": [CSP.NONE]})(plain),
    "no-policy": csp_override({})(plain),
    "report": csp_report_only_override({"default-src": [CSP.NONE]})(plain),
}
urlpatterns = [path(word, view) for word, view in VIEWS.items()]
handler404 = handler500 = lambda request, *_args, **_given: HttpResponse(f"{request.user} {LONG}", status=404)


def answer_of(address: str, method: str, given: dict[str, str], *, secure: bool) -> dict[str, object]:
    client = Client(headers=given, raise_request_exception=False)
    answer = client.generic(method, address, secure=secure)
    cookies = {name: {**cookie, "expires": ""} for name, cookie in answer.cookies.items()}
    found = dict(answer.headers.items())
    for name in {"Expires", "Last-Modified", "Date"} & found.keys():
        found[name] = "some time"
    if found.get("Content-Encoding") == "gzip":
        found["Content-Length"] = "packed, with some bytes at random"
    return found | {"status": answer.status_code, "cookies": cookies}


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("word", [*VIEWS, "slash", "nowhere", "zero%00", "accounts/", "static/none.css"])
@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("GET", {}),
        ("HEAD", {}),
        ("GET", {"accept-encoding": "br, gzip"}),
        ("GET", {"host": "evil.example"}),
        ("POST", {}),
    ],
)
def test_both_ways_give_the_same_headers(word, method, given, caplog):
    a_person("ada")
    for secure in (False, True):
        for changed in ({}, {"SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 60}):
            with override_settings(**changed):
                ours = answer_of(f"/{word}", method, given, secure=secure)
                with override_settings(MIDDLEWARE=WHOLE):
                    assert ours == answer_of(f"/{word}", method, given, secure=secure)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_what_a_page_begins_lasts():
    a_person("ada")
    client = Client()
    assert client.get("/who").content.startswith(b"AnonymousUser")
    client.get("/kept")
    assert client.session["word"] == "kept"
    client.get("/entered")
    assert client.get("/who").content.startswith(b"ada")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    "unusual",
    [
        {"SESSION_SAVE_EVERY_REQUEST": True},
        {"LANGUAGES": [("en", "English"), ("de", "Deutsch")]},
        {"SECURE_CSP": {"script-src": [CSP.NONCE]}},
        {"SECURE_CSP_REPORT_ONLY": {"script-src": [CSP.SELF]}},
        {"CSRF_USE_SESSIONS": True},
    ],
)
def test_unusual_settings_ask_for_the_long_way(unusual):
    with override_settings(**unusual):
        client = Client()
        ours = client.get("/who")
        assert "rayhub.shortcut" not in repr(vars(client.handler)["_middleware_chain"].__wrapped__)
        with override_settings(MIDDLEWARE=WHOLE):
            assert dict(ours.headers.items()) == dict(Client().get("/who").headers.items())
