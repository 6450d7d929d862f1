"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.roles import Role, role_of


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User  # login_required sees to it


type MemberView = Callable[..., HttpResponse]


def members(view: MemberView) -> MemberView:
    """For everybody who is signed in; strangers are led to the sign-in and back."""
    guarded: MemberView = login_required(view)
    return guarded


def administrators(view: MemberView) -> MemberView:
    """For administrators; others are refused."""

    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if role_of(request.user) != Role.ADMINISTRATOR:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return members(guarded)
