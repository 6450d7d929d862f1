"""From the number in an address to a proposal, and what its page needs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.discussion.reading import threads_of
from resources.history.models import Event
from resources.moderation.checks import NAMES
from resources.moderation.deciding import undoable_until
from resources.moderation.promise import sentence
from resources.moderation.queue import neighbours, read_filter, record_of
from resources.moderation.showing import amended_since, show
from resources.permissions import may_review
from resources.proposals.models import Proposal

EVENTS = 50


def proposal_or_404(number: int) -> Proposal:
    """A proposal with its people and what it is about."""
    related = ("entry", "author", "decided_by", "claimed_by", "revision__entry", "revision__author")
    found: Proposal | None = Proposal.objects.select_related(*related).filter(pk=number).first()
    if found is None:
        raise Http404(_("There is no proposal of this number."))
    return found


def query_of(request: HttpRequest) -> str:
    """The queue's filter in the address, to hand on from proposal to proposal: "?kind=resource", or nothing."""
    wanted = read_filter(request.GET).wanted
    query = request.GET.copy()
    for name in list(query):
        if name not in wanted:
            del query[name]
    return f"?{query.urlencode()}" if query else ""


def proposal_page(
    request: HttpRequest, proposal: Proposal, *, refusal: str = "", tried: str = "", status: int = 200
) -> HttpResponse:
    """One proposal on one page. After a refused decision: why, which one was tried, and the words that were typed."""
    moderates = may_review(request.user)
    is_author = request.user.pk == proposal.author_id
    wanted = read_filter(request.GET).wanted
    previous, following = neighbours(proposal, wanted) if moderates else (None, None)
    versions = list(proposal.versions.select_related("author").defer("content").order_by("-number")[:EVENTS])
    since = _since(request, proposal) if len(versions) > 1 else 0
    context: dict[str, Any] = {
        "proposal": proposal,
        "shown": show(proposal),
        "checks": [check | {"label": NAMES.get(check["name"], check["name"])} for check in proposal.checks],
        "record": record_of(proposal.author),
        "versions": versions,
        "since": since,
        "amended": amended_since(proposal, since) if since else [],
        "events": proposal.events.select_related("actor").order_by("pk")[:EVENTS],
        "talk": threads_of(viewer=request.user, proposal=proposal),
        "moderates": moderates,
        "is_author": is_author,
        "may_decide": moderates and not is_author,
        "claimed_by_other": proposal.is_claimed and proposal.claimed_by != request.user,
        "undo_until": undoable_until(proposal) if moderates and not is_author else None,
        "previous": previous,
        "next": following,
        "query": query_of(request),
        "decided": just_decided(request) if moderates else None,
        "promise": sentence(),
        "split": request.GET.get("view") == "split",
        "refusal": refusal,
        "tried": tried,
        "typed": request.POST.get("note", "") if refusal else "",
    }
    return render(request, "moderation/proposal.html", context, status=status)


def _since(request: HttpRequest, proposal: Proposal) -> int:
    """The version that this person last saw: the one they name, or the one they asked changes of, or the one before."""
    named = request.GET.get("since", "")
    if named.isdecimal() and 0 < int(named[:9]) < proposal.version:
        return int(named[:9])
    if not request.user.is_authenticated:
        return 0
    asked: Event | None = proposal.events.filter(act="changes_requested", actor=request.user.pk).order_by("-pk").first()
    seen = asked.details.get("version", 0) if asked else 0
    return seen if 0 < seen < proposal.version else 0


def just_decided(request: HttpRequest) -> Proposal | None:
    """The proposal that this moderator has just decided, as long as that can be undone: ?decided=12."""
    named = request.GET.get("decided", "")
    if not named.isdecimal():
        return None
    found: Proposal | None = Proposal.objects.filter(pk=int(named[:15])).exclude(author=request.user.pk).first()
    return found if found and undoable_until(found) else None


def address_after(number: int | None, decided: Proposal, query: str) -> str:
    """Where a moderator goes after a decision: to the next proposal, or to the queue; both can undo it."""
    address = reverse("proposal", args=[number]) if number else reverse("review")
    return f"{address}{query}{'&' if query else '?'}decided={decided.pk}"
