"""The table of those who use Ray: narrowed, sorted, and written out."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.entries.knowledge import CaseStudy, Claim
from resources.entries.models import Resource

COLUMNS: Mapping[str, tuple[Any, Any]] = {
    "organisation": (gettext_lazy("Company"), Lower("organisation")),
    "use_case": (gettext_lazy("Use case"), Lower("use_case")),
    "libraries": (gettext_lazy("Ray libraries"), F("libraries")),
    "scale": (gettext_lazy("Scale"), Lower("scale")),
    "benefit": (gettext_lazy("Key benefit"), Lower("benefit")),
    "since": (gettext_lazy("Since"), F("since")),
    "claims": (gettext_lazy("Claims verified"), F("verified_count")),
}
"""The columns of the table: (name for people, what sorts by it)."""

GREATEST_FIRST = {"since", "claims"}
"""Columns of numbers: the first press on them puts the greatest first."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading: what its link sorts by, and how the table is sorted by it now (for aria-sort; "" if not)."""

    label: Any
    sort: str
    sorted: str


class CaseStudyFilter(forms.Form):
    """The query of /case-studies/. An unknown value is an error that the page shows; the table is then not narrowed by it."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    industry = forms.ChoiceField(
        label=gettext_lazy("Industry"), required=False, choices=[("", gettext_lazy("Any")), *CaseStudy.Industry.choices]
    )
    library = forms.ChoiceField(
        label=gettext_lazy("Ray library"), required=False, choices=[("", gettext_lazy("Any")), *Resource.LIBRARIES]
    )
    verified = forms.BooleanField(label=gettext_lazy("Only with verified claims"), required=False)
    sort = forms.ChoiceField(
        required=False, choices=[(sign + name, name) for name in COLUMNS for sign in ("", "-")],
        widget=forms.HiddenInput,
    )  # fmt: skip

    def results(self) -> QuerySet[CaseStudy]:
        """The live case studies that match, with `claim_count` and `verified_count`, sorted."""
        self.is_valid()
        wanted = self.cleaned_data
        found = CaseStudy.objects.live().annotate(
            claim_count=Count("claims"),
            verified_count=Count("claims", filter=Q(claims__state=Claim.State.VERIFIED)),
        )
        if wanted.get("industry"):
            found = found.filter(industry=wanted["industry"])
        if wanted.get("library"):
            found = found.filter(libraries__contains=f"|{wanted['library']}|")
        if wanted.get("verified"):
            found = found.filter(verified_count__gt=0)
        for word in wanted.get("q", "").split()[:10]:
            names = ("title", "organisation", "use_case", "scale", "benefit")
            found = found.filter(Q(*((f"{name}__icontains", word) for name in names), _connector=Q.OR))
        name, falls = self._sort()
        column = COLUMNS[name][1]
        order = column.desc(nulls_last=True) if falls else column.asc(nulls_last=True)
        ordered: QuerySet[CaseStudy] = found.order_by(order, Lower("organisation"), "title", "pk")
        return ordered

    def _sort(self) -> tuple[str, bool]:
        sort = self.cleaned_data.get("sort") or "organisation"
        return sort.removeprefix("-"), sort.startswith("-")

    @property
    def columns(self) -> list[Column]:
        """The headings; each link sorts by its column, the other way round where that is done already."""
        self.is_valid()
        now, falls = self._sort()
        return [
            Column(
                label,
                (name if falls else f"-{name}") if name == now else (f"-{name}" if name in GREATEST_FIRST else name),
                ("descending" if falls else "ascending") if name == now else "",
            )
            for name, (label, _order) in COLUMNS.items()
        ]

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """The filters in force, as (name, label, value in words), for the chips that take them away."""
        self.is_valid()
        words: dict[str, dict[Any, Any]] = {
            "industry": dict(CaseStudy.Industry.choices),
            "library": dict(Resource.LIBRARIES),
        }
        given = {name: self.cleaned_data.get(name) for name in ("q", "industry", "library", "verified")}
        return [
            (name, str(self.fields[name].label), "" if value is True else str(words.get(name, {}).get(value, value)))
            for name, value in given.items()
            if value
        ]


def _rows(studies: Iterable[CaseStudy]) -> Iterable[list[str]]:
    """The table in words, its head first."""
    yield [
        _("Company"), _("Industry"), _("Use case"), _("Ray libraries"), _("Scale"), _("Key benefit"), _("Since"),
        _("Claims verified"), _("Claims"), _("Page"),
    ]  # fmt: skip
    for study in studies:
        yield [
            study.organisation, str(study.get_industry_display()), study.use_case,
            ", ".join(name for _word, name in study.library_names), study.scale, study.benefit, str(study.since or ""),
            str(study.verified_count), str(study.claim_count), f"{settings.SITE_URL}{study.get_absolute_url()}",  # type: ignore[attr-defined]  # annotated by results()
        ]  # fmt: skip


def as_csv(studies: Iterable[CaseStudy]) -> str:
    """The table as CSV (RFC 4180). A cell that a spreadsheet would reckon with begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(studies):
        writer.writerow([f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell for cell in row])
    return out.getvalue()


def as_markdown(studies: Iterable[CaseStudy]) -> str:
    """The table as Markdown, as GitHub draws it: the company's name links to its page."""
    head, *rows = _rows(studies)
    lines = [[*head[:7], head[7]], ["---"] * 8]
    for row in rows:
        cells = [_cell(cell) for cell in row[:9]]
        lines.append([f"[{cells[0]}]({row[9]})", *cells[1:7], f"{row[7]} / {row[8]}"])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|"})


def _cell(text: str) -> str:
    """Plain words in a cell: what Markdown would take for its own is escaped."""
    return " ".join(text.translate(_SIGNS).split())
