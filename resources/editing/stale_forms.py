"""A form whose token is too old: what was typed goes on in a page with a fresh one."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resources.editing.drafts import typed

NOT_CARRIED = ("/accounts/", "/admin/")
"""Where passwords are typed: those are never put into a page again."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form again, to be sent with one press, where it came from a page of this site; else only the reason.

    A form from elsewhere must not be sent by our own page: the person who presses the button did not write it.
    """
    own = request.method == "POST" and not request.path.startswith(NOT_CARRIED) and _came_from_here(request)
    if not own:
        return render(request, "403_csrf.html", status=403)
    fields = [(name, value) for name, values in typed(request.POST).items() for value in values]
    act = request.POST.get("act", "")
    context = {"fields": [*fields, ("act", act)] if act else fields, "target": request.get_full_path()}
    return render(request, "editing/send_again.html", context, status=403)


def _came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this site."""
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    said = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return (said.scheme, said.netloc) == (request.scheme, request.get_host())
