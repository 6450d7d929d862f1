"""The page that offers to rewrite what calls an entry by an old name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from accounts.models import User
from resources.editing.reshaping_views import act_page, attempt, status_of
from resources.editing.rewriting import plan_rewrite, rewrite_pages
from resources.editing.sheets import way_to_live
from resources.editing.turning_away import turned_away
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.comparing import compare_revisions
from resources.links.old_names import old_callers
from resources.proposals.models import Proposal


class RewriteForm(forms.Form):
    """The pages that were ticked, each as number:revision, and why."""

    why = forms.CharField(
        label=gettext_lazy("Why?"), max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say in a few words why. It stands in the history.")},
    )  # fmt: skip
    page = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Tick at least one page.")}, required=True
    )

    def __init__(self, data: Any, **given: Any) -> None:
        super().__init__(data, **given)
        field = self.fields["page"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # tells the type checker what the class says
        field.choices = [(word, word) for word in (data.getlist("page") if data else [])]

    def clean_page(self) -> dict[int, int]:
        """Page → the revision that was seen."""
        parts = [word.split(":") for word in self.cleaned_data["page"]]
        if any(len(part) != 2 or not all(one.isdecimal() and len(one) < 10 for one in part) for part in parts):
            raise forms.ValidationError(_("Tick the pages again: this list is not readable."))
        return {int(pk): int(number) for pk, number in parts}


@act_page
@never_cache
@entry_page()
def rewrite(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Shows for each page what would change in it, and does it, or proposes it."""
    person = request.user
    if not isinstance(person, User) or not way_to_live(person, None):
        return turned_away(request, entry.type, entry, keep=False)
    _number, old_name = old_callers(entry)
    said = _("“%(old)s” is called “%(new)s” now") % {"old": old_name, "new": entry.title}
    form = RewriteForm(request.POST if request.method == "POST" else None, initial={"why": said})
    if form.is_valid():
        given = form.cleaned_data
        sent = attempt(form, lambda: rewrite_pages(entry, given["page"], by=person, reason=given["why"]))
        if sent:
            return _done(request, entry, sent)
    rows = _rows(entry, person, set(request.POST.getlist("page")) if form.is_bound else None)
    context = {"entry": entry, "form": form, "rows": rows, "old_name": old_name, "way": way_to_live(person, None)}
    return render(request, "editing/rewrite.html", context, status=status_of(form))


def _rows(entry: Entry, person: User, ticked: set[str] | None) -> list[dict[str, Any]]:
    """A row for each page: what changes in it, and whether it is ticked; all are that can be, unless somebody chose."""
    best = way_to_live(person, None)
    found = []
    for one in plan_rewrite(entry, person):
        value = f"{one.entry.pk}:{one.entry.revision_number}"
        fields = compare_revisions(type(one.entry), one.before, one.after)
        # One that is protected goes by itself: with it, all the others would have to wait for a moderator.
        open_ = one.way == best
        kept = ticked is None or any(word.partition(":")[0] == str(one.entry.pk) for word in ticked)
        found.append({"entry": one.entry, "value": value, "fields": fields, "open": open_, "ticked": open_ and kept})
    return found


def _done(request: HttpRequest, entry: Entry, sent: list[Any]) -> HttpResponse:
    if isinstance(sent[0], Proposal):
        messages.success(
            request, _("Thank you. A moderator looks at your proposals; you are told what becomes of them.")
        )
        return redirect(sent[0])
    words = ngettext("%(number)s page was rewritten.", "%(number)s pages were rewritten.", len(sent))
    messages.success(request, words % {"number": len(sent)})
    return redirect(entry)
