"""The queue, one proposal, and one's own."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rayhub.methods import read_only
from resources.moderation.pages import just_decided, proposal_or_404, proposal_page, query_of
from resources.moderation.promise import sentence, waits_now
from resources.moderation.queue import for_rows, in_queue, read_filter, record_of, tallies
from resources.permissions import may_review
from resources.proposals.models import Proposal

PER_PAGE = 50


@read_only
def review(request: HttpRequest) -> HttpResponse:
    """The queue for moderators; for everybody else how long it takes, and what they have in it."""
    if not may_review(request.user):
        own = Proposal.objects.unfinished().filter(author=request.user.pk).for_rows().longest_waiting()
        context = {"waits": waits_now(), "promise": sentence(), "own": own[:PER_PAGE]}
        return render(request, "moderation/promise.html", context)
    form = read_filter(request.GET)
    page = Paginator(for_rows(in_queue(form.wanted)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "tallies": tallies(form.wanted.get("state", Proposal.State.OPEN)),
        "waits": waits_now(),
        "query": query_of(request),
        "decided": just_decided(request),
    }
    return render(request, "moderation/review.html", context)


@read_only
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: the change, its checks, its standing, talk, and for those who may the decision."""
    return proposal_page(request, proposal_or_404(pk))


@read_only
@login_required
def own_proposals(request: HttpRequest) -> HttpResponse:
    """What became of what this person proposed."""
    found = Proposal.objects.filter(author=request.user.pk).for_rows().select_related("decided_by")
    page = Paginator(found.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "record": record_of(request.user), "promise": sentence()}  # type: ignore[arg-type]  # signed in
    return render(request, "moderation/own.html", context)
