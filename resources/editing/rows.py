"""The parts of a form that are rows: a resource's seats, and the passages of a section."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.editing.fields import Markdown, section_choices
from resources.editing.places import END, KEEP, START, Gone, Spot, choices, lines_of, place
from resources.entries.content import Content
from resources.entries.models import Entry, Placement, Section

MOST_ROWS = 200
"""Rows that a form accepts; a section of the longest list known has fewer passages."""

WORDING = ("lead", "label", "url", "hint", "summary")
"""A seat's own wording, beside its section and its place."""


class Rows:
    """Forms of one kind, one for each row of a content field, and blank ones for what is to be added.

    `name` is the content field, and the prefix of the rows' names. How many rows a browser sent stands in the form as
    `<name>-count`; where that is missing the rows stay as they are in `content`.
    """

    blank = 1

    def __init__(self, name: str, data: Mapping[str, Any] | None, content: Content, entry: Entry | None) -> None:
        self.name = name
        self.base: list[dict[str, Any]] = content[name]
        self.entry = entry
        sent = str(data.get(f"{name}-count", "")) if data is not None else ""
        self.data = data if sent else None
        wanted = min(int(sent[:9]), MOST_ROWS) if sent.isdecimal() else len(self.shown()) + self.blank
        more = 1 if self.data is not None and data is not None and data.get("act") == f"more {name}" else 0
        self.forms = self.make(wanted, more)
        self.count = len(self.forms)

    def shown(self) -> list[dict[str, Any]]:
        """The rows that have a form, in the order of the page."""
        return sorted(self.base, key=lambda row: row["position"])

    def make(self, wanted: int, more: int) -> list[Any]:
        """The forms: as many as were sent, and more."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Whether every row can be taken; each says what is wrong with it."""
        return self.data is None or all(form.is_valid() for form in self.forms)

    def value(self) -> list[dict[str, Any]]:
        """The rows as content; after is_valid()."""
        raise NotImplementedError


class SeatForm(forms.Form):
    """One seat: the section, the place in it, and its own wording."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)
    section = forms.ChoiceField(label=_("section"), required=False)
    where = forms.CharField(label=_("place"), required=False)
    lead = forms.CharField(label=_("before the link"), required=False, max_length=2000)
    label = forms.CharField(label=_("label"), required=False, max_length=2000)
    url = forms.CharField(label=_("spelling of the link"), required=False, max_length=2000)
    hint = forms.CharField(label=_("tooltip"), required=False, max_length=2000)
    summary = forms.CharField(
        label=_("summary here"), required=False, widget=forms.Textarea(attrs={"rows": 2, "data-markdown": "line"})
    )

    spots: list[Spot] = []
    own = ""
    row: dict[str, Any] = {}
    sits = False

    def chosen(self) -> str:
        """The section that this row names now, as typed."""
        return str(self["section"].value() or "")

    @property
    def is_worded(self) -> bool:
        """Whether the seat has a wording of its own."""
        return any(self[name].value() for name in WORDING)

    def clean(self) -> dict[str, Any]:
        """Finds the place; one that was chosen in another section counts as the end."""
        given: dict[str, Any] = super().clean() or {}
        section = given.get("section")
        if not section:
            return given
        where = given.get("where") or KEEP
        elsewhere = given.get("was") != section and where not in {START, END}
        given["where"] = END if elsewhere or (where == KEEP and not self.sits) else where
        if given["where"] != KEEP:
            try:
                given["position"], given["depth"] = place(self.spots, self.own, given["where"])
            except Gone as error:
                self.add_error("where", str(error))
        return given

    def as_row(self) -> dict[str, Any]:
        """The seat as a row of content; what the form does not show stays."""
        given = self.cleaned_data
        row = self.row | {name: given[name] for name in WORDING} | {"section": int(given["section"])}
        return row if given["where"] == KEEP else row | {"position": given["position"], "depth": given["depth"]}


class Seats(Rows):
    """The sections that a resource sits in."""

    def make(self, wanted: int, more: int) -> list[SeatForm]:
        sections = section_choices()
        known = {value for value, _title in sections}
        kept = [str(row["section"]) for row in self.base if str(row["section"]) not in known]
        removed = Section.objects.filter(pk__in=kept).values_list("pk", "title")
        sections = [("", "—"), *sections, *((str(pk), title) for pk, title in removed)]
        forms_: list[SeatForm] = []
        rows = self.shown()
        for number in range(wanted + more):
            row = rows[number] if number < len(rows) else {}
            initial = row | ({"was": str(row["section"]), "where": KEEP} if row else {"where": END})
            form = SeatForm(self.data if number < wanted else None, prefix=f"{self.name}-{number}", initial=initial)
            form.fields["section"].choices = sections  # type: ignore[attr-defined]  # a ChoiceField
            forms_.append(form)
        self._give_places(forms_)
        return forms_

    def _give_places(self, forms_: list[SeatForm]) -> None:
        """What each row's place can be: in the section that it names now."""
        present = {str(row["section"]): row for row in self.base}
        pks = {int(form.chosen()) for form in forms_ if form.chosen().isdecimal() and len(form.chosen()) < 18}
        lines = lines_of(list(Section.objects.filter(pk__in=pks)))
        for form in forms_:
            name = form.chosen()
            form.sits = name in present
            form.row = present.get(name, present.get(str(form["was"].value() or ""), {}))
            form.spots = lines.get(int(name), []) if name.isdecimal() and len(name) < 18 else []
            form.own = f"resource-{self.entry.pk}" if self.entry else ""
            offered = choices(form.spots, form.own, keep=form.sits)
            form.fields["where"].widget = forms.Select(choices=offered)

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        named: set[str] = set()
        for form in self.forms if self.data is not None else []:
            section = form.cleaned_data.get("section")
            if section and section in named:
                form.add_error("section", _("This section is named twice. Choose another one, or leave it empty."))
            named.add(section)
        return all(not form.errors for form in self.forms)

    def value(self) -> list[dict[str, Any]]:
        if self.data is None:
            return self.base
        blank = {name: Placement._meta.get_field(name).get_default() for name in (*WORDING, "depth")}  # type: ignore[union-attr]  # concrete fields
        rows = [blank | form.as_row() for form in self.forms if form.cleaned_data.get("section")]
        return sorted(rows, key=lambda row: row["section"])


class PassageForm(forms.Form):
    """A passage of a section: its Markdown, its place, or that it goes away."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    form = forms.ChoiceField(
        label=_("as"), required=False, choices=[("prose", _("a paragraph")), ("item", _("a line of the list"))]
    )
    text = Markdown(label=_("text"), required=False)
    where = forms.CharField(label=_("place"), required=False)
    drop = forms.BooleanField(label=_("Take this passage away"), required=False)

    spots: list[Spot] = []
    row: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        where = given.get("where") or KEEP
        if self.row and where == KEEP:
            return given
        try:
            position, given["depth"] = place(self.spots, f"passage-{given.get('key')}", END if where == KEEP else where)
            given["position"] = max(position, 0)
        except Gone as error:
            self.add_error("where", str(error))
        return given

    def as_row(self) -> dict[str, Any] | None:
        """The passage as a row of content; None where it is taken away or was never written."""
        given = self.cleaned_data
        if given["drop"] or not given["text"].strip():
            return None
        new = {"key": _key(given["text"]), "form": given.get("form") or "prose", "depth": 0}
        placed = {name: given[name] for name in ("position", "depth") if name in given}
        return (self.row or new) | placed | {"text": given["text"]}


def _key(text: str) -> str:
    """The key of a new passage: the same text sent twice is one passage."""
    return f"written-{sha256(text.encode()).hexdigest()[:12]}"


class Passages(Rows):
    """What stands between a section's seats."""

    def shown(self) -> list[dict[str, Any]]:
        return [row for row in super().shown() if row["form"] != "contents"]

    def make(self, wanted: int, more: int) -> list[PassageForm]:
        rows = self.shown()
        by_key = {row["key"]: row for row in rows}
        spots = lines_of([self.entry])[self.entry.pk] if isinstance(self.entry, Section) else []
        forms_: list[PassageForm] = []
        for number in range(wanted + more):
            row = rows[number] if number < len(rows) else {}
            initial = row | {"where": KEEP if row else END}
            form = PassageForm(self.data if number < wanted else None, prefix=f"{self.name}-{number}", initial=initial)
            key = str(form["key"].value() or "")
            form.row, form.spots = by_key.get(key, {}), spots
            form.fields["where"].widget = forms.Select(choices=choices(spots, f"passage-{key}", keep=bool(form.row)))
            form.fields["text"].widget.attrs["rows"] = min(14, max(3, str(form["text"].value() or "").count("\n") + 2))
            forms_.append(form)
        return forms_

    def value(self) -> list[dict[str, Any]]:
        if self.data is None:
            return self.base
        rows = {row["key"]: row for row in self.base if row["form"] == "contents"}
        for form in self.forms:
            row = form.as_row()
            if row is not None:
                rows[row["key"]] = row
        sent = {form.cleaned_data["key"] for form in self.forms}
        rows |= {row["key"]: row for row in self.base if row["key"] not in sent | rows.keys()}
        order = [row["key"] for row in self.base]
        return sorted(rows.values(), key=lambda row: order.index(row["key"]) if row["key"] in order else len(order))
