"""Repairs of links: what waits and what became of others, one of them, and what moderators decide."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from rayhub.methods import read_only
from resources.moderation.guards import button, moderators_only, signed_in
from resources.moderation.refusals import NotAllowed
from resources.permissions import may_review
from resources.publishing import PublishRefused
from resources.repairs.deciding import accept_repair, accept_repairs, reject_repair, undo_repair, undoable_until
from resources.repairs.forms import AT_MOST, AcceptForm, ManyForm, RejectForm, RepairFilter
from resources.repairs.models import Repair
from resources.repairs.reading import (
    counted_by_cause,
    counted_by_state,
    evidence_shown,
    for_rows,
    in_order,
    pages_shown,
)
from resources.text.render_limits import TextTooComplex, TextTooLarge


@read_only
def repair_list(request: HttpRequest) -> HttpResponse:
    """What the link keeper proposes, by cause, and what became of its proposals."""
    wanted = RepairFilter(request.GET).wanted
    page = Paginator(in_order(wanted), AT_MOST).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "causes": counted_by_cause(),
        "states": counted_by_state(),
        "waits": wanted.get("state", Repair.State.OPEN) == Repair.State.OPEN,
        "moderates": may_review(request.user),
    }
    return render(request, "repairs/repair_list.html", context)


@read_only
def repair_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One repair: what changes where, the visits that tell so, and for moderators the decision."""
    return _page(request, repair_or_404(pk))


def _page(
    request: HttpRequest, repair: Repair, *, refusal: str = "", tried: str = "", status: int = 200
) -> HttpResponse:
    moderates = may_review(request.user)
    context: dict[str, Any] = {
        "repair": repair,
        "pages": pages_shown(repair),
        "evidence": evidence_shown(repair),
        "moderates": moderates,
        "may_decide": moderates and repair.state == Repair.State.OPEN,
        "undo_until": undoable_until(repair) if moderates else None,
        "refusal": refusal,
        "tried": tried,
        "typed": request.POST.get("reason", ""),
        "ticked": {int(one) for one in request.POST.getlist("page") if one.isdecimal() and len(one) < 16},
    }
    return render(request, "repairs/repair.html", context, status=status)


def repair_or_404(pk: int) -> Repair:
    """A repair with its people."""
    found: Repair = get_object_or_404(for_rows(Repair.objects.all()), pk=pk)
    return found


type Act = Callable[[Repair, User, dict[str, Any]], str]


def repair_act(form: type[forms.Form]) -> Callable[[Act], Callable[..., HttpResponse]]:
    """A view for POST by moderators: the act gets the repair, who sends it, and what the form read, and says what was done.

    A refusal shows the page again with it.
    """

    def wrapped(act: Act) -> Callable[..., HttpResponse]:
        @button
        @moderators_only
        @wraps(act)
        def answer(request: HttpRequest, pk: int) -> HttpResponse:
            repair = repair_or_404(pk)
            given = form(request.POST)
            if not given.is_valid():
                said = " ".join(str(error) for errors in given.errors.values() for error in errors)
                return _page(request, repair, refusal=said, tried=act.__name__, status=422)
            try:
                messages.success(request, act(repair, signed_in(request), given.cleaned_data))
            except NotAllowed as refusal:
                raise PermissionDenied(str(refusal)) from refusal
            except (PublishRefused, TextTooComplex, TextTooLarge) as refusal:
                return _page(request, repair_or_404(pk), refusal=str(refusal), tried=act.__name__, status=409)
            return redirect(repair)

        return answer

    return wrapped


@repair_act(AcceptForm)
def accepting(repair: Repair, moderator: User, given: dict[str, Any]) -> str:
    """Puts the address right on the ticked pages."""
    done = accept_repair(repair, moderator=moderator, pages=given["page"], note=given["note"])
    return ngettext(
        "The address is right on %(number)s page now.", "The address is right on %(number)s pages now.", len(done)
    ) % {"number": len(done)}


@repair_act(RejectForm)
def rejecting(repair: Repair, moderator: User, given: dict[str, Any]) -> str:
    """Says no, and why."""
    reject_repair(repair, moderator=moderator, reason=given["reason"])
    return _("You rejected this repair. It is not proposed again.")


@repair_act(forms.Form)
def undoing(repair: Repair, moderator: User, given: dict[str, Any]) -> str:
    """Takes a decision back."""
    undo_repair(repair, moderator=moderator)
    return _("The decision was undone: the repair waits again.")


@button
@moderators_only
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accepts the repairs of a list that were ticked, or all that it showed, each for itself."""
    form = ManyForm(request.POST)
    asked = request.POST.get("back", "")
    back = redirect(asked if asked in _lists() else reverse("repair_list"))
    if not form.is_valid() or not form.wanted:
        messages.error(request, _("Tick at least one repair first."))
        return back
    found = Repair.objects.open().filter(pk__in=form.wanted).order_by("created_at", "pk")
    done, refusals = accept_repairs(found, moderator=signed_in(request))
    if done:
        words = ngettext(
            "%(number)s repair was accepted. Its page takes it back for ten minutes.",
            "%(number)s repairs were accepted. The page of each takes it back for ten minutes.",
            len(done),
        )
        messages.success(request, words % {"number": len(done)})
    for refusal in dict.fromkeys(refusals):
        messages.warning(request, refusal)
    return back


def _lists() -> set[str]:
    """The lists that a form may lead back to."""
    return {f"{reverse('repair_list')}?cause={cause}" for cause in Repair.Cause.values}
