"""Taking an entry away, and bringing back what it once said: each with a page that tells what follows from it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from resources.editing.sheets import way_to_live
from resources.editing.turning_away import turned_away
from resources.entries.content import complete, read_content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry, Placement, Resource, Section
from resources.entries.pages import entry_page
from resources.history.comparing import compare_revisions
from resources.history.models import Revision
from resources.history.views import revision_or_404
from resources.moderation.actions import submit
from resources.proposals.models import Proposal
from resources.publishing import GuidesBelow, PublishRefused, SectionsBelow

MOST_SHOWN = 10
"""Names of affected entries that the page shows."""

act_page = require_http_methods(["GET", "HEAD", "POST"])


class ActForm(forms.Form):
    """Why, and the revision that was live when the page was opened."""

    why = forms.CharField(
        label=gettext_lazy("Why?"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say in a few words why. It stands in the history.")},
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


@act_page
@never_cache
@entry_page()
def remove(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Takes an entry out of sight, or proposes it; its history stays."""
    person = request.user
    if not isinstance(person, User) or not way_to_live(person, entry):
        return turned_away(request, entry.type, entry, keep=False)
    form = ActForm(request.POST if request.method == "POST" else None, initial={"seen": entry.revision_number})
    follows = affected(entry)
    if form.is_valid() and follows["below_count"]:
        below = GuidesBelow if isinstance(entry, WikiPage) else SectionsBelow
        form.add_error(None, str(below(follows["below_count"])))
    if form.is_valid() and not _stale(form, entry):
        sent = _submitted(form, read_content(entry), entry, person, Revision.Act.REMOVED)
        if sent is not None:
            return _removed(request, entry, sent)
    context = {"entry": entry, "form": form, "way": way_to_live(person, entry), **follows}
    return render(request, "editing/remove.html", context, status=422 if form.errors else 200)


@act_page
@never_cache
@entry_page(also_removed=True)
def restore(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    """Makes an old revision live again; a removed entry comes back with it."""
    person, found = request.user, revision_or_404(entry, number)
    way = way_to_live(person, entry)
    if not isinstance(person, User) or not way:
        return turned_away(request, entry.type, entry, keep=False)
    form = ActForm(request.POST if request.method == "POST" else None, initial={"seen": entry.revision_number})
    allowed = entry.live or way == "publish"
    content = complete(type(entry), found.content)
    if allowed and form.is_valid() and not _stale(form, entry):
        sent = _submitted(form, content, entry, person, Revision.Act.RESTORED)
        if sent is not None:
            return _restored(request, entry, found, sent)
    differences = compare_revisions(type(entry), read_content(entry), content)
    context = {"entry": entry, "revision": found, "form": form, "way": way, "allowed": allowed, "fields": differences}
    return render(request, "editing/restore.html", context, status=422 if form.errors else 200)


def affected(entry: Entry) -> dict[str, Any]:
    """What follows from a removal: the sections below, the resources that sit there, the entries that link to it."""
    address = entry.get_absolute_url()
    linking: list[Entry] = [
        *Section.objects.live().filter(Q(introduction__contains=address) | Q(passages__icontains=address)).exclude(pk=entry.pk),
        *Resource.objects.live().filter(summary__contains=address).exclude(pk=entry.pk),
        *Entry.objects.live().filter(mentions__target=entry.pk).exclude(pk=entry.pk).defer("html"),
    ]  # fmt: skip
    mentions = list({one.pk: one for one in linking}.values())
    below = _below(entry)
    seated = Resource.objects.live().filter(placements__section=entry.pk) if isinstance(entry, Section) else None
    others = Placement.objects.filter(section__removed_at=None).exclude(section=entry.pk).values("resource")
    sits_in = list(Section.objects.live().filter(placements__resource=entry.pk)) if isinstance(entry, Resource) else []
    return {
        "below": below[:MOST_SHOWN],
        "below_count": len(below),
        "seat_count": seated.count() if seated is not None else 0,
        "alone_count": seated.exclude(pk__in=others).count() if seated is not None else 0,
        "mentions": mentions[:MOST_SHOWN],
        "mention_count": len(mentions),
        "sits_in": sits_in,
    }


def _below(entry: Entry) -> list[Any]:
    """What would hang in the air: sections below a section, guides that stand under a guide or lead on to it."""
    if isinstance(entry, Section):
        return list(Section.objects.live().filter(parent=entry.pk).in_order())
    if isinstance(entry, WikiPage):
        return list(WikiPage.objects.leaning_on(entry.pk).in_order().defer("html", "body"))
    return []


def _stale(form: ActForm, entry: Entry) -> bool:
    """Whether somebody published since the page was opened; the form says so, and goes on from there."""
    if form.cleaned_data["seen"] == entry.revision_number:
        return False
    form.add_error(None, _("The page changed since you opened this. Look at it again, then decide."))
    form.data = dict(form.data.items()) | {"seen": str(entry.revision_number)}
    return True


def _submitted(
    form: ActForm, content: dict[str, Any], entry: Entry, person: User, act: str
) -> Revision | Proposal | None:
    """Publishes or proposes; None where it is refused, which the form says."""
    try:
        return submit(
            content, author=person, entry=entry, base=entry.revision_number, summary=form.cleaned_data["why"],
            significance=Revision.Significance.MAJOR, act=act,
        )  # fmt: skip
    except PublishRefused as error:
        form.add_error(None, str(error))
        return None


def _removed(request: HttpRequest, entry: Entry, sent: Revision | Proposal) -> HttpResponse:
    if isinstance(sent, Proposal):
        messages.success(request, _("Thank you. A moderator looks at your proposal to remove this."))
    else:
        messages.success(request, _("“%(title)s” is removed. You can undo that here.") % {"title": entry.title})
    return redirect(entry.get_absolute_url())


def _restored(request: HttpRequest, entry: Entry, old: Revision, sent: Revision | Proposal) -> HttpResponse:
    if isinstance(sent, Proposal):
        messages.success(request, _("Thank you. A moderator looks at your proposal."))
        return redirect(entry.get_absolute_url())
    if entry.live:
        said = _("The page says again what it said in revision %(number)s.") % {"number": old.number}
    else:
        said = _("“%(title)s” is back.") % {"title": sent.content["title"]}
    messages.success(request, said)
    return redirect(type(entry)(type=entry.type, slug=sent.content["slug"]).get_absolute_url())
