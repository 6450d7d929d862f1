"""What people send about a proposal: each view reads the form and goes through one door."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.unsent import sent_again, to_sign_in
from resources.moderation.actions import apply_repair, recheck, reopen, withdraw
from resources.moderation.deciding import accept, ask_for_changes, claim, reject, release, undo_decision
from resources.moderation.forms import BATCH_AT_MOST, BatchForm, SeenForm
from resources.moderation.pages import address_after, proposal_or_404, proposal_page, query_of
from resources.moderation.queue import next_to_decide, read_filter, whole_batch
from resources.moderation.refusals import NotAllowed
from resources.permissions import may_review
from resources.proposals.models import Proposal
from resources.publishing import PublishRefused

type Act = Callable[[HttpRequest, Proposal, User, SeenForm], str]


def proposal_act(act: Act) -> Callable[..., HttpResponse]:
    """A view for POST: signed in, a proposal, a form that says what was seen; a refusal shows the page again with it.

    The act returns where to go next.
    """

    @require_POST
    @wraps(act)
    def answer(request: HttpRequest, pk: int) -> HttpResponse:
        proposal = proposal_or_404(pk)
        if not request.user.is_authenticated:
            return to_sign_in(request, proposal.get_absolute_url())
        sent_again(request)
        form = SeenForm(request.POST)
        if not form.is_valid():
            raise BadRequest(_("This form does not say which version of the proposal was seen. Open the page again."))
        try:
            return redirect(act(request, proposal, request.user, form))
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except PublishRefused as refusal:
            said = str(refusal)
        return proposal_page(request, proposal_or_404(pk), refusal=said, tried=act.__name__, status=409)

    return answer


def _onwards(request: HttpRequest, proposal: Proposal, moderator: User) -> str:
    """To the next proposal of the same queue, with the way to undo this decision."""
    wanted = read_filter(request.GET).wanted
    return address_after(next_to_decide(proposal, wanted, moderator=moderator), proposal, query_of(request))


@proposal_act
def accepting(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Accepts what was seen."""
    accept(proposal, moderator=person, **form.cleaned_data)
    return _onwards(request, proposal, person)


@proposal_act
def asking(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Gives it back to its author with what to change."""
    sent = form.cleaned_data
    ask_for_changes(proposal, moderator=person, version=sent["version"], note=sent["note"])
    return _onwards(request, proposal, person)


@proposal_act
def rejecting(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Says no, and why."""
    sent = form.cleaned_data
    reject(proposal, moderator=person, version=sent["version"], reason=sent["note"])
    return _onwards(request, proposal, person)


@proposal_act
def undoing(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Takes a decision back."""
    undo_decision(proposal, by=person)
    messages.success(request, _("The decision was undone: the proposal waits again."))
    return proposal.get_absolute_url()


@proposal_act
def reopening(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Puts it back into the queue."""
    reopen(proposal, by=person)
    messages.success(request, _("The proposal is open again."))
    return proposal.get_absolute_url()


@proposal_act
def withdrawing(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Its author takes it back."""
    withdraw(proposal, author=person)
    messages.success(request, _("You withdrew this proposal. You can reopen it at any time."))
    return proposal.get_absolute_url()


@proposal_act
def claiming(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Keeps others away for a quarter of an hour."""
    claim(proposal, moderator=person)
    return f"{proposal.get_absolute_url()}{query_of(request)}"


@proposal_act
def releasing(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Ends the claim."""
    release(proposal, moderator=person)
    return f"{proposal.get_absolute_url()}{query_of(request)}"


@proposal_act
def rechecking(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Runs the checks again."""
    if person.pk != proposal.author_id and not may_review(person):
        raise NotAllowed(_("Its author and moderators can run the checks again."))
    recheck(proposal)
    return f"{proposal.get_absolute_url()}{query_of(request)}#checks"


@proposal_act
def repairing(request: HttpRequest, proposal: Proposal, person: User, form: SeenForm) -> str:
    """Applies the repair of one check."""
    apply_repair(proposal, request.POST.get("check", ""), by=person, version=form.cleaned_data["version"])
    messages.success(request, _("Mended. The checks ran again."))
    return f"{proposal.get_absolute_url()}{query_of(request)}#checks"


@require_POST
def deciding_batch(request: HttpRequest) -> HttpResponse:
    """Accepts or rejects what was ticked, each for itself: what is refused stays, and is told."""
    if not request.user.is_authenticated:
        return to_sign_in(request, reverse("review"))
    if not may_review(request.user):
        raise PermissionDenied(_("Only moderators decide proposals."))
    sent_again(request)
    form = BatchForm(request.POST)
    back = redirect(f"{reverse('review')}{query_of(request)}")
    if not form.is_valid():
        messages.error(request, _("Tick at least one proposal first."))
        return back
    sent = form.cleaned_data
    picked = whole_batch(sent["whole"], BATCH_AT_MOST) if sent["whole"] else sent["picked"]
    done, refusals = _decide_each(request.user, act=sent["act"], note=sent["note"], picked=picked)
    if done:
        words = ngettext("%d proposal was decided.", "%d proposals were decided.", done) % done
        messages.success(request, words)
    for refusal in dict.fromkeys(refusals):
        messages.warning(request, refusal)
    return back


def _decide_each(
    moderator: User, *, act: str, note: str, picked: list[tuple[int, int, int | None]]
) -> tuple[int, list[str]]:
    done, refusals = 0, []
    found = Proposal.objects.in_bulk([number for number, _version, _seen in picked])
    for number, version, seen in picked:
        proposal = found.get(number)
        if proposal is None:
            continue
        try:
            if act == "accept":
                accept(proposal, moderator=moderator, version=version, seen=seen, note=note)
            else:
                reject(proposal, moderator=moderator, version=version, reason=note)
            done += 1
        except PublishRefused as refusal:
            refusals.append(f"{proposal.title}: {refusal}")
    return done, refusals
