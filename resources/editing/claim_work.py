"""One claim by itself: how it came to be as it is, and the small form that gives it a source, verifies or disputes it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models.fields.json import KeyTransform
from django.http import Http404, QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.editing.claim_rows import COLUMNS, claim_fields, clean_claim
from resources.entries.content import Content, complete
from resources.entries.knowledge import CaseStudy, Claim
from resources.history.models import Revision
from resources.text.marks import WordDiff, diff_words

MOST_READ = 500
"""Revisions of a page that are searched for what became of a claim."""

type Row = dict[str, Any]


class ClaimWorkForm(forms.Form):
    """A claim's source and state, and why. `base` is the revision that the person saw."""

    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    opened = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sheet = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, row: Row, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=row | initial)
        self.row, self.made = row, row
        self.fields |= claim_fields(("source", "published", "quote", "state"))
        self.fields["state"].widget = forms.RadioSelect(choices=Claim.State.choices)
        self.fields["why"] = forms.CharField(
            label=gettext_lazy("Why? What did you find?"), required=False, max_length=500,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text=gettext_lazy("Needed for a dispute: readers see it beside the claim."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The claim as it would be; a dispute needs its reason."""
        given: dict[str, Any] = super().clean() or {}
        self.made = clean_claim(self, self.row)
        disputes = self.made["state"] == Claim.State.DISPUTED != self.row["state"]
        if disputes and not given.get("why"):
            self.add_error("why", _("Say what is wrong with it: others must be able to check."))
        return given

    def summary(self) -> str:
        """What the history says of this change."""
        words = Truncator(self.row["statement"]).chars(100)
        before, after = self.row["state"], self.made["state"]
        said = _("Change the claim “%(words)s”")
        if after == Claim.State.DISPUTED != before:
            said = _("Dispute “%(words)s”")
        elif after == Claim.State.VERIFIED != before:
            said = _("Verify “%(words)s”")
        elif self.made["source"] and not self.row["source"]:
            said = _("Give a source for “%(words)s”")
        why = self.cleaned_data["why"]
        return f"{said % {'words': words}}: {why}" if why else said % {"words": words}


@dataclass(frozen=True, slots=True)
class Step:
    """A revision that made, changed or took away a claim, and the columns that it changed (none of a new claim)."""

    revision: Revision
    kind: str
    columns: list[tuple[Any, WordDiff]]


def row_of(content: Content, key: str) -> Row | None:
    """A claim in a content."""
    return next((row for row in complete(CaseStudy, content)["claims"] if row["key"] == key), None)


def live_row_or_404(entry: CaseStudy, key: str) -> Row:
    """The claim as it is live."""
    found = row_of(entry.revisions.get(number=entry.revision_number).content, key)
    if found is None:
        raise Http404(_("This page has no such claim now. Its history may know it."))
    return found


def started_from(entry: CaseStudy, data: QueryDict, key: str) -> tuple[Content | None, Row | None]:
    """The content and the claim of the revision that a form was opened with; None where there is none."""
    said = data.get("base", "")
    number = int(said) if said.isdecimal() and len(said) < 9 else 0
    revision = entry.revisions.filter(number=number).first()
    content = complete(CaseStudy, revision.content) if revision else None
    return content, row_of(content, key) if content else None


def same(one: Row | None, other: Row | None) -> bool:
    """Whether two versions of a claim say the same, wherever they stand."""
    return _without_place(one) == _without_place(other)


def _without_place(row: Row | None) -> Row | None:
    return row and {name: value for name, value in row.items() if name != "position"}


def with_row(content: Content, row: Row) -> Content:
    """The content with the claim in place of what it was."""
    return content | {"claims": [row if one["key"] == row["key"] else one for one in content["claims"]]}


def steps_of(entry: CaseStudy, key: str) -> list[Step]:
    """What became of a claim, the newest first; as far back as MOST_READ revisions."""
    revisions = list(
        entry.revisions.select_related("author", "accepted_by")
        .defer("content")
        .annotate(rows=KeyTransform("claims", "content"))
        .order_by("-number")[:MOST_READ]
    )
    steps = []
    before: Row | None = None
    for number, revision in enumerate(reversed(revisions)):
        rows = getattr(revision, "rows", None) or ()
        after = next((row for row in rows if row["key"] == key), None)
        if number == 0 and after and revision.number > 1:
            before = after  # how it began lies further back
        if not same(before, after):
            steps.append(Step(revision, _kind(before, after), _columns(before, after)))
        before = after
    return steps[::-1]


def _kind(before: Row | None, after: Row | None) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _columns(before: Row | None, after: Row | None) -> list[tuple[Any, WordDiff]]:
    if not before or not after:
        return []
    states = dict(Claim.State.choices)
    sides = [row | {"state": str(states.get(row.get("state") or "", ""))} for row in (before, after)]
    return [
        (label, diff_words(old, new))
        for name, (label, _empty) in COLUMNS.items()
        for old, new in [(str(sides[0].get(name) or ""), str(sides[1].get(name) or ""))]
        if name != "position" and old != new
    ]


def expected_of(row: Row, act: str) -> dict[str, Any]:
    """What the form begins with for an act that a link named."""
    if act == "verify" and row["source"]:
        return {"state": Claim.State.VERIFIED}
    return {"state": Claim.State.DISPUTED} if act == "dispute" else {}
