"""Sending a form: what it becomes, or what stands against it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.editing.drafts import forget_draft
from resources.editing.models import Presence
from resources.editing.sheets import Sheet, merged_with, settle
from resources.editing.wording import suggestions
from resources.entries.content import MODELS, Content
from resources.entries.models import Entry
from resources.history.limits import TooFast
from resources.history.models import Revision
from resources.moderation.actions import submit
from resources.proposals.models import Proposal
from resources.proposals.standing import stand
from resources.publishing import EditConflict, Invalid, PublishRefused
from resources.text.render_limits import TextTooComplex, TextTooLarge


def send(
    request: HttpRequest, sheet: Sheet, content: Content | None = None, base: int | None = None, act: str = ""
) -> HttpResponse | None:
    """Publishes or proposes a valid form (or `content`, settled against revision `base`); None where it has errors now.

    Raises EditConflict.
    """
    person = request.user
    assert isinstance(person, User)  # noqa: S101  # the view turned strangers away
    content = content or sheet.form.as_content()
    try:
        sent = _submit(sheet, person, content, base or sheet.base, act)
    except EditConflict:
        raise
    except Invalid as error:
        for name, lines in error.errors.items():
            sheet.form.add_error(name if name in sheet.form.fields else None, lines)
        return None
    except (PublishRefused, TextTooLarge, TextTooComplex) as error:
        code = "too_fast" if isinstance(error, TooFast) else None
        sheet.form.add_error(None, ValidationError(str(error), code))
        return None
    forget_draft(person, sheet.key)
    if sheet.entry is not None:
        Presence.objects.filter(person=person, entry=sheet.entry.pk).delete()
    settle(request, sheet.change.cleaned_data["sheet"])
    return _after(request, sheet, sent)


def _submit(sheet: Sheet, person: User, content: Content, base: int | None, act: str) -> Revision | Proposal:
    change = sheet.change.cleaned_data
    opened = change["opened"]
    said = change["why"] or next(iter(suggestions(MODELS[sheet.type], sheet.form.content, content)), "")
    return submit(
        content,
        author=person,
        entry=sheet.entry,
        type=sheet.type,
        base=base,
        summary=said,
        significance=change["significance"],
        act=act,
        ask_review=change["ask_review"],
        seconds=max(0, min(int(timezone.now().timestamp()) - opened, 2**31 - 1)) if opened else None,
    )


def _after(request: HttpRequest, sheet: Sheet, sent: Revision | Proposal) -> HttpResponse:
    """Says what became of it, and leads on."""
    if isinstance(sent, Proposal):
        messages.success(request, _proposed(sent, sheet.entry))
        return redirect(sent)
    if sheet.entry is not None and sent.number == sheet.entry.revision_number:
        messages.info(request, _("The page says this already, so nothing was changed."))
    elif sent.act == Revision.Act.MERGED and sheet.entry is not None:
        names = merged_with(sheet.entry, sheet.base or 0, sent)
        messages.success(request, _("Saved. Your edit was merged with one by %(names)s.") % {"names": names})
    elif sheet.entry is None:
        messages.success(request, _("Thank you. “%(title)s” is live.") % {"title": sent.content["title"]})
    else:
        messages.success(request, _("Saved. Your edit is live as revision %(number)s.") % {"number": sent.number})
    return redirect(reverse(sheet.type, args=[sent.content["slug"]]))


def _proposed(proposal: Proposal, entry: Entry | None) -> str:
    thanks = _("Thank you. A moderator looks at your proposal; you are told what becomes of it.")
    if entry is None or proposal.base == entry.revision_number:
        return thanks
    if stand(proposal, entry).word == Proposal.Standing.NEEDS_YOU:
        more = _(
            "Somebody changed the same place meanwhile: it needs to be brought together before it can be accepted."
        )
    else:
        more = _("Others changed the page meanwhile; your proposal goes together with that.")
    return f"{thanks} {more}"
