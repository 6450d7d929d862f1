"""A person's page: what they gave, how their trust is reckoned, and for moderators what can be done."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role, role_of
from rayhub.methods import read_only
from resources.history.models import Revision
from resources.history.year import year_of
from resources.moderation.blocking import may_block
from resources.moderation.guards import form_page, need, person_or_404, signed_in
from resources.moderation.models import Trust
from resources.moderation.order_forms import TrustForm
from resources.moderation.trust import answer_appeal, appeal, lock_trust, set_role, unlock_trust
from resources.moderation.trust_records import present_rule, reckon_person
from resources.permissions import may_administer, may_review, may_talk
from resources.proposals.models import Proposal
from resources.publishing import PublishRefused

PER_PAGE = 50
CREATED = 12
"""How many of the entries that somebody began are named."""


@read_only
def person(request: HttpRequest, name: str) -> HttpResponse:
    """What a person gave."""
    found = person_or_404(name)
    if found.name != name:
        return redirect(found, permanent=True)
    revisions = Revision.objects.filter(author=found)
    created = revisions.filter(number=1, entry__removed_at=None).newest().for_rows()
    context = {
        "person": found,
        "page": Paginator(revisions.newest().for_rows(), PER_PAGE).get_page(request.GET.get("page")),
        "counts": revisions.aggregate(
            entries=Count("entry", distinct=True), created=Count("pk", filter=Q(number=1)), all=Count("pk")
        ),
        "created": created[:CREATED],
        "decisions": _decisions(found),
        "year": year_of(found),
    } | _standing(found, request.user)
    return render(request, "moderation/person.html", context)


def _decisions(person: User) -> dict[str, int]:
    return Proposal.objects.filter(decided_by=person).aggregate(
        accepted=Count("pk", filter=Q(state=Proposal.State.ACCEPTED)),
        rejected=Count("pk", filter=Q(state=Proposal.State.REJECTED)),
    )


def _standing(person: User, viewer: Any) -> dict[str, Any]:
    """A person's role and trust, and what the viewer may do about it."""
    role, rule = role_of(person), present_rule()
    own = viewer.pk == person.pk
    return {
        "role": role,
        "own": own,
        "rule": rule,
        "reckoning": reckon_person(person, rule) if rule and role == Role.CONTRIBUTOR else None,
        "moderates": may_review(viewer),
        "may_block": may_block(viewer, person) if viewer.is_authenticated else False,
        "may_report": not own and may_talk(viewer),
    }


@form_page
def trust(request: HttpRequest, name: str) -> HttpResponse:
    """The arithmetic of one's trust: to lock and to give roles by hand, to appeal and to answer."""
    found, viewer = person_or_404(name), signed_in(request)
    need(viewer == found or may_review(viewer))
    form = TrustForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            said = _act(form.cleaned_data, found, viewer)
        except PublishRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("trust", found.name)
    rule = present_rule()
    context = _standing(found, viewer) | {
        "person": found,
        "form": form,
        "trust": Trust.objects.select_related("locked_by").filter(person=found).first(),
        "reckoning": reckon_person(found, rule) if rule else None,
        "administers": may_administer(viewer) and viewer != found,
        "roles": Role.choices,
    }
    return render(request, "moderation/trust.html", context, status=409 if form.errors else 200)


def _act(given: dict[str, Any], person: User, viewer: User) -> str:
    """Does what was chosen, and says what came of it."""
    words, named = given["words"], {"name": person}
    match given["act"]:
        case "appeal":
            need(viewer == person)
            appeal(person, words=words)
            return _("Sent. Moderators read it, and you are told what they answer.")
        case "answer":
            answer_appeal(person, by=viewer, words=words)
            return _("Answered. %(name)s is told.") % named
        case "lock":
            lock_trust(person, by=viewer, reason=words)
            return _("The role of %(name)s stays as it is until somebody unlocks it.") % named
        case "unlock":
            unlock_trust(person, by=viewer)
            return _("The role of %(name)s follows the rule again.") % named
        case _:
            set_role(person, given["role"], by=viewer, reason=words)
            return _("%(name)s has the new role from now on.") % named
