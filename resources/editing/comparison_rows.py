"""The table of a comparison in its form: subjects and criteria along the edges."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from resources.editing.fields import Line
from resources.editing.rows import Rows
from resources.entries.content import Content
from resources.entries.models import Entry, Resource
from resources.entries.row_checking import LONGEST_LINE, MOST_CRITERIA, MOST_SUBJECTS

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_ACT = re.compile(r"(before|after|drop|keep) (subjects|criteria):([0-9]{1,3})\Z")
STEP = 10
"""Room between two new positions."""

type Typed = dict[str, str]


class EdgeForm(forms.Form):
    """One subject or criterion. Its key is made once, from its first name, and stays through all later ones."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    drop = forms.CharField(required=False, widget=forms.HiddenInput)
    name = Line(label=_("name"), required=False, max_length=LONGEST_LINE)

    row: dict[str, Any] = {}

    @property
    def is_dropped(self) -> bool:
        """Whether it is to be taken away."""
        return bool(self["drop"].value())

    @property
    def known_key(self) -> str:
        """Its key; "" for a row that has no name yet."""
        return str(self["key"].value() or "")

    @property
    def shown_name(self) -> str:
        """The name as it is typed now."""
        return str(self["name"].value() or "")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("name") and not self.errors and not given.get("drop") and self.is_meant(given):
            self.add_error("name", _("Give it a name, or take it away."))
        return given

    def is_meant(self, given: Mapping[str, Any]) -> bool:
        """Whether anything says that there shall be a row."""
        return any(given.get(name) for name in self.fields if name != "drop")

    def as_row(self) -> dict[str, Any]:
        """The row as content, its position left to its neighbours."""
        return self.row | {name: self.cleaned_data[name] for name in self.fields if name != "drop"}


class SubjectForm(EdgeForm):
    """What is compared: a resource, or a free name."""

    resource = Line(
        label=_("resource"), required=False, max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"list": "all-resources", "autocomplete": "off"}),
    )  # fmt: skip

    titles: Mapping[int, str] = {}
    found: Mapping[str, Sequence[int]] = {}

    def clean_resource(self) -> int | None:
        """The key of the resource that is named."""
        said = self.cleaned_data["resource"]
        if not said:
            return None
        before: int | None = self.row.get("resource")
        if before is not None and said == self.titles.get(before, f"#{before}"):
            return before
        found = self.found.get(said.casefold(), ())
        if not found:
            raise forms.ValidationError(_("No resource is called so. Choose one from the list, or leave it empty."))
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several resources are called so. Give the last part of its address instead.")
            )
        return found[0]


class CriterionForm(EdgeForm):
    """By what is compared."""

    help = Line(label=_("what is asked"), required=False, max_length=LONGEST_LINE)


class Edges(Rows):
    """The rows along one edge of the table, in order; buttons move them, take them away and add one.

    A row that is taken away stays in the form, so that it can be kept after all, until the form is sent.
    """

    form: type[EdgeForm] = EdgeForm
    most = 0
    fallback = ""

    def __init__(self, name: str, data: Mapping[str, Any] | None, content: Content, entry: Entry | None) -> None:
        self.name, self.base, self.entry = name, content[name], entry
        sent = str(data.get(f"{name}-count", "")) if data is not None else ""
        self.data = data if sent.isdecimal() else None
        self.by_key = {row["key"]: row for row in self.base}
        self.focus: int | None = None
        if self.data is not None and data is not None:
            count = min(int(sent[:9]), 2 * self.most)
            rows = self._acted(self._typed(data, count), str(data.get("act", "")))
        else:
            rows = [self.as_typed(row) for row in self.shown()] or [{}] * 2
        self.forms = self._forms(rows)
        self.count = len(self.forms)

    @property
    def standing(self) -> list[EdgeForm]:
        """The rows that have a key and are not taken away."""
        return [form for form in self.forms if form.known_key and not form.is_dropped]

    @property
    def is_full(self) -> bool:
        """Whether no more rows can be added."""
        return sum(not form.is_dropped for form in self.forms) >= self.most

    @property
    def dropped(self) -> set[str]:
        """The keys of rows that are taken away."""
        return {form.known_key for form in self.forms if form.is_dropped}

    def as_typed(self, row: Mapping[str, Any]) -> Typed:
        """A row of content as one would type it."""
        return {name: str(row.get(name) or "") for name in self.form.base_fields if name != "drop"}

    def _typed(self, data: Mapping[str, Any], count: int) -> list[Typed]:
        """The rows as they were sent, each with a key of its own as soon as it has a name."""
        rows = [
            {name: str(data.get(f"{self.name}-{number}-{name}", "")) for name in self.form.base_fields}
            for number in range(count)
        ]
        taken: set[str] = set()
        for row in rows:
            if not _KEY.match(row["key"]) or row["key"] in taken:
                row["key"] = self._new_key(row["name"], taken | {other["key"] for other in rows})
            taken.add(row["key"])
        return rows

    def _new_key(self, name: str, taken: set[str]) -> str:
        """A key from a name: the same for two people who add the same thing."""
        if not name.strip():
            return ""
        digest = sha256(name.strip().encode()).hexdigest()[:6]
        start = slugify(name)[:50].strip("-_").replace("_", "-") or f"{self.fallback}-{digest}"
        start = re.sub("-+", "-", start)
        taken = taken | self.by_key.keys()
        return next(key for key in (start, f"{start}-{digest}", *_numbered_keys(start)) if key not in taken)

    def _acted(self, rows: list[Typed], act: str) -> list[Typed]:
        """The rows after one was moved, taken away, kept or added."""
        if act == f"more {self.name}" and len(rows) < 2 * self.most:
            self.focus = len(rows)
            return [*rows, {}]
        found = _ACT.match(act)
        if not found or found[2] != self.name or int(found[3]) >= len(rows):
            return rows
        place = int(found[3])
        row = rows[place]
        if found[1] in {"drop", "keep"}:
            row["drop"] = "1" if found[1] == "drop" else ""
            return rows if row["key"] else rows[:place] + rows[place + 1 :]
        self.focus = min(max(place + (1 if found[1] == "after" else -1), 0), len(rows) - 1)
        rows.insert(self.focus, rows.pop(place))
        return rows

    def _forms(self, rows: list[Typed]) -> list[EdgeForm]:
        forms_ = []
        for number, row in enumerate(rows):
            prefix = f"{self.name}-{number}"
            data = {f"{prefix}-{name}": value for name, value in row.items()}
            form = self.form(data if self.data is not None else None, prefix=prefix, initial=row)
            form.row = self.by_key.get(row.get("key", ""), {})
            if number == self.focus:
                form.fields["name"].widget.attrs["autofocus"] = True
            forms_.append(form)
        return forms_

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        named: set[str] = set()
        for form in self.forms if self.data is not None else []:
            name = form.cleaned_data["name"].casefold()
            if name and name in named and not form.is_dropped:
                form.add_error("name", _("This name is there twice. Give each its own."))
            named |= set() if form.is_dropped else {name}
        return all(not form.errors for form in self.forms)

    def value(self) -> list[dict[str, Any]]:
        if self.data is None:
            return self.base
        rows = [form.as_row() for form in self.forms if not form.is_dropped and form.cleaned_data.get("name")]
        sent = {form.known_key for form in self.forms}
        rows += [row for row in self.shown() if row["key"] not in sent]
        return sorted(_placed(rows), key=lambda row: str(row["key"]))


def _numbered_keys(start: str) -> list[str]:
    return [f"{start}-{number}" for number in range(2, 200)]


def _placed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with positions that rise: their own if these do, or else new ones with room between them."""
    last = 0
    placed = []
    for row in rows:
        last = row.get("position", last + STEP)
        placed.append(row | {"position": last})
    if all(one["position"] < other["position"] for one, other in pairwise(placed)):
        return placed
    return [row | {"position": number * STEP} for number, row in enumerate(rows, 1)]


class Subjects(Edges):
    """What is compared."""

    form, most, fallback = SubjectForm, MOST_SUBJECTS, "subject"

    def __init__(self, name: str, data: Mapping[str, Any] | None, content: Content, entry: Entry | None) -> None:
        named = [row["resource"] for row in content[name] if row.get("resource")]
        self.titles = dict(Resource.objects.filter(pk__in=named).values_list("pk", "title")) if named else {}
        super().__init__(name, data, content, entry)

    def as_typed(self, row: Mapping[str, Any]) -> Typed:
        pk = row.get("resource")
        return super().as_typed(row) | {"resource": self.titles.get(pk, f"#{pk}") if pk else ""}

    def _forms(self, rows: list[Typed]) -> list[EdgeForm]:
        found = _resources_called({row.get("resource", "").strip() for row in rows}) if self.data is not None else {}
        forms_ = super()._forms(rows)
        for form in forms_:
            if isinstance(form, SubjectForm):
                form.titles, form.found = self.titles, found
        return forms_


def _resources_called(names: set[str]) -> dict[str, list[int]]:
    """Name in small letters → the live resources with this title, or the one with this address."""
    wanted = {name.casefold() for name in names if name}
    if not wanted:
        return {}
    live = Resource.objects.live().annotate(small=Lower("title")).filter(Q(small__in=wanted) | Q(slug__in=wanted))
    rows = list(live.order_by("pk").values_list("pk", "slug", "small"))
    found: dict[str, list[int]] = {}
    for pk, _slug, small in rows:
        found.setdefault(small.casefold(), []).append(pk)
    return found | {slug: [pk] for pk, slug, _small in rows if slug in wanted}


class Criteria(Edges):
    """By what is compared."""

    form, most, fallback = CriterionForm, MOST_CRITERIA, "criterion"
