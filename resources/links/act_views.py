"""Buttons of one link: test again, ignore, stop ignoring, this is the right page."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.unsent import signed_in_first
from resources.entries.refusals import PublishRefused
from resources.links.acting import accept_page, ignore, stop_ignoring, test_again
from resources.links.forms import IgnoreForm
from resources.links.health_views import about_link, link_or_404
from resources.links.models import Link
from resources.permissions import may_judge_links, may_retest


def button(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An act by POST alone, for somebody who is signed in."""
    return require_POST(never_cache(signed_in_first(view)))


@button
def retest_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Has a link tested again at once; for everybody who is signed in."""
    _need(may_retest(request.user))
    return _done(request, link_or_404(pk), lambda link, by: _in_line(test_again(link, by=by)))


@button
def ignore_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Ignores a link's trouble for a while, with a reason."""
    _need(may_judge_links(request.user))
    link, form = link_or_404(pk), IgnoreForm(request.POST)
    if not form.is_valid():
        return render(request, "links/link.html", about_link(request, link) | {"form": form}, status=422)
    given = form.cleaned_data

    def act(link: Link, by: User) -> str:
        ignore(link, reason=given["reason"], until=given["until"], by=by)
        words = _("It is ignored until %(day)s. It is still visited, and its history goes on.")
        return words % {"day": date_format(localtime(given["until"]), "j F Y")}

    return _done(request, link, act)


@button
def unignore_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a link's visits count again."""
    _need(may_judge_links(request.user))

    def act(link: Link, by: User) -> str:
        stop_ignoring(link, by=by)
        return _("What visits find counts again.")

    return _done(request, link_or_404(pk), act)


@button
def accept_link_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that the page which now answers is the right one."""
    _need(may_judge_links(request.user))

    def act(link: Link, by: User) -> str:
        accept_page(link, by=by)
        return _("Thank you. The page that stands there now is what later visits are compared with.")

    return _done(request, link_or_404(pk), act)


def _need(allowed: bool) -> None:  # the question is the argument
    if not allowed:
        raise PermissionDenied(_("This is not open to you."))


def _done(request: HttpRequest, link: Link, act: Callable[[Link, User], str]) -> HttpResponse:
    """Does the act, and back to the link with what was done or why it was refused."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101  # signed_in_first stands before it
    try:
        words = act(link, person)
    except PublishRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(link)


def _in_line(link: Link) -> str:
    """When a link in line is tested."""
    if link.host.rests_until is not None and link.host.rests_until > timezone.now():
        words = _("It is in line. Its site asked to be left in peace until %(time)s, and is visited then.")
        return words % {"time": date_format(localtime(link.host.rests_until), "j F Y, H:i")}
    waiting = Link.objects.due(timezone.now()).count()
    if waiting <= 1:
        return _("It is first in line, and usually visited within a minute. Look here again then.")
    return _("It is in line with %(number)s others, and visited as soon as its site's turn comes.") % {
        "number": waiting - 1
    }
