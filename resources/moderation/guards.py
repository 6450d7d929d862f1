"""Who gets through to the pages that keep order."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.unsent import signed_in_first
from resources.permissions import may_review

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def form_page[**P](view: View[P]) -> Callable[..., HttpResponse]:
    """A page with a form for somebody who is signed in."""
    return require_http_methods(["GET", "HEAD", "POST"])(never_cache(signed_in_first(view)))


def button[**P](view: View[P]) -> Callable[..., HttpResponse]:
    """An act by POST alone for somebody who is signed in."""
    return require_POST(never_cache(signed_in_first(view)))


def moderators_only[**P](view: View[P]) -> Callable[..., HttpResponse]:
    """403 for everybody else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        need(may_review(request.user))
        return view(request, *args, **kwargs)

    return answer


def need(allowed: bool) -> None:  # the question is the argument
    """403 unless it is allowed."""
    if not allowed:
        raise PermissionDenied(_("This is not open to you."))


def signed_in(request: HttpRequest) -> User:
    """Who sends this request, behind form_page or button."""
    assert isinstance(request.user, User)  # noqa: S101  # signed_in_first stands before it
    return request.user


def person_or_404(name: str, **fields: Any) -> User:
    """The person with this name, whatever its case."""
    return get_object_or_404(User, name__iexact=name.replace("\0", ""), **fields)
