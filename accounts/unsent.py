"""A form sent by somebody who had been signed out meanwhile: it waits in the session, and is offered after the sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

UNSENT = "unsent_form"
AT_MOST = 50_000
"""Characters of a stranger's form that a session keeps."""
WORDS = ("note", "reason", "words", "why", "text")
"""The fields in which people write sentences."""

type Fields = list[tuple[str, str]]


def signed_in_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For who is signed in; others are led to the sign-in, and a form that they sent waits for them."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request, request.get_full_path() if request.method != "POST" else "")
        sent_again(request)
        return view(request, *args, **kwargs)

    return answer


def to_sign_in(request: HttpRequest, back: str = "") -> HttpResponse:
    """To the sign-in, and from there to `back`; a form with sentences in it, or without a page to go back to, is kept."""
    fields = [(name, str(one)) for name, values in request.POST.lists() for one in values]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    wrote = any(request.POST.get(name, "").strip() for name in WORDS)
    if request.method != "POST" or (back and not wrote) or sum(len(value) for _name, value in fields) > AT_MOST:
        return redirect_to_login(back or "/")
    request.session[UNSENT] = {"target": request.get_full_path(), "fields": fields}
    return redirect_to_login(reverse("account_unsent"))


def unsent_form(request: HttpRequest) -> tuple[str, Fields] | None:
    """Where the form was sent and what it said; None when none waits."""
    kept = request.session.get(UNSENT)
    return (kept["target"], [(name, value) for name, value in kept["fields"]]) if kept else None


def sent_again(request: HttpRequest) -> None:
    """The form that waited was sent: it need not wait any more."""
    if request.method == "POST" and request.session.get(UNSENT, {}).get("target") == request.get_full_path():
        del request.session[UNSENT]
