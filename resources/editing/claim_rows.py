"""The claims of a case study as rows of its form."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from resources.editing.fields import Markdown
from resources.editing.rows import Rows
from resources.entries.content import Content, content_fields
from resources.entries.knowledge import QUOTE_WORDS, CaseStudy, Claim
from resources.entries.models import Entry
from resources.entries.row_checking import claim_errors
from resources.text.addresses import BadAddress, check_address

COLUMNS = next(field for field in content_fields(CaseStudy) if field.name == "claims").columns
"""What a claim has beside its key: column → (name for people, empty value)."""

TYPED = ("statement", "figure", "unit", "source", "published", "quote")
"""Columns that people type: a new claim without any of them was not meant."""

ROOM = 10
"""Between the numbers of neighbours."""

LONGEST_KEY = 48


def claim_fields(names: Iterable[str]) -> dict[str, forms.Field]:
    """Form fields for columns of a claim."""
    made = {
        "statement": Markdown(label=_("statement"), required=False, max_length=1000, widget=_area(2)),
        "figure": forms.CharField(label=_("figure"), required=False, max_length=60),
        "unit": forms.CharField(label=_("unit"), required=False, max_length=60),
        "source": forms.CharField(
            label=_("source"), required=False, max_length=2000,
            widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
        ),
        "published": forms.CharField(
            label=_("published on"), required=False, max_length=10,
            widget=forms.TextInput(attrs={"placeholder": "2026-05-17", "autocomplete": "off"}),
        ),
        "quote": Markdown(
            label=_("quotation"), required=False, max_length=1000, widget=_area(2, **{"data-most-words": QUOTE_WORDS}),
            help_text=_("Word for word from the source, 25 words at most."),
        ),
        "state": forms.ChoiceField(
            label=_("state"), required=False, choices=Claim.State, initial=Claim.State.UNVERIFIED,
            error_messages={"invalid_choice": _("Choose one of the three.")},
        ),
    }  # fmt: skip
    return {name: made[name] for name in names}


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def clean_claim(form: forms.Form, row: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed into a claim's form laid over its row; what is wrong is said beside the field."""
    given = form.cleaned_data
    new: dict[str, Any] = {name: empty for name, (_label, empty) in COLUMNS.items()} | dict(row)
    new |= {name: given[name] for name in form.fields if name in COLUMNS and name in given}
    new["state"] = new["state"] or Claim.State.UNVERIFIED
    if new["source"] and new["source"] != row.get("source"):
        with suppress(BadAddress):  # claim_errors says it
            new["source"] = check_address(new["source"])
    for name, words in claim_errors({"key": "new", **new}).items():
        if name in form.fields and name not in form.errors:
            form.add_error(name, words)
    return new


class ClaimForm(forms.Form):
    """One claim, or that it goes away."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    drop = forms.BooleanField(label=_("Take this claim away"), required=False)

    def __init__(self, *args: Any, row: dict[str, Any], **given: Any) -> None:
        super().__init__(*args, **given)
        self.row = row
        self.made: dict[str, Any] = {}
        self.fields |= claim_fields((*TYPED, "state"))

    @property
    def is_blank(self) -> bool:
        """Whether it is a new claim that nobody wrote."""
        return not self.row and not any(str(self.cleaned_data.get(name, "")).strip() for name in TYPED)

    def clean(self) -> dict[str, Any]:
        """Checks the claim as it goes live; one that goes away may be as it is."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("drop"):
            self.errors.clear()
        elif self.errors or not self.is_blank:
            self.made = clean_claim(self, self.row)
        return given


class Claims(Rows):
    """The claims of a case study, in their order. Claims that the form does not have stay as they are."""

    def __init__(self, name: str, data: Mapping[str, Any] | None, content: Content, entry: Entry | None) -> None:
        self.blank = 0 if content[name] else 1
        super().__init__(name, _moved(name, data), content, entry)

    def make(self, wanted: int, more: int) -> list[ClaimForm]:
        rows = self.shown()
        by_key = {row["key"]: row for row in rows}
        forms_: list[ClaimForm] = []
        for number in range(wanted + more):
            sent = self.data if number < wanted else None
            initial = rows[number] if number < len(rows) else {}
            # A key stands for its claim once; whatever else is sent is a new claim.
            key = str(initial.get("key", "") if sent is None else sent.get(f"{self.name}-{number}-key", ""))
            row = by_key.pop(key, {})
            forms_.append(ClaimForm(sent, row=row, prefix=f"{self.name}-{number}", initial=initial))
        return forms_

    def is_valid(self) -> bool:
        return self.data is None or all(form.is_valid() for form in self.forms)

    def value(self) -> list[dict[str, Any]]:
        if self.data is None:
            return self.base
        before = [row["key"] for row in self.shown()]
        rows: dict[str, dict[str, Any]] = {}
        for form in self.forms:
            if form.made:
                key = form.row.get("key") or new_key(form.made["statement"], {*before, *rows})
                rows[key] = form.made | {"key": key}
        unsent = {row["key"]: row for row in self.base} | {form.row["key"]: None for form in self.forms if form.row}
        order = list(rows)
        for place, key in enumerate(before):
            if row := unsent[key]:
                rows[key] = row
                after = [order.index(one) for one in before[:place] if one in order]
                order.insert(max(after) + 1 if after else 0, key)
        return _numbered([rows[key] for key in order], [key for key in before if key in rows])


def _moved(name: str, data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The form with two neighbours in each other's place, where the button "up claims 3" or "down claims 3" was pressed."""
    way, _space, rest = str(data.get("act", "")).partition(" ") if data is not None else ("", "", "")
    number = rest.removeprefix(f"{name} ")
    if data is None or way not in {"up", "down"} or not number.isdecimal() or len(number) > 3:
        return data
    one, other = int(number), int(number) + (1 if way == "down" else -1)
    count = str(data.get(f"{name}-count", ""))
    if other < 0 or not count.isdecimal() or max(one, other) >= int(count[:9]):
        return data
    changed = {
        field: value for field, value in data.items() if not field.startswith((f"{name}-{one}-", f"{name}-{other}-"))
    }
    for source, target in ((one, other), (other, one)):
        start = f"{name}-{source}-"
        changed |= {
            f"{name}-{target}-{field.removeprefix(start)}": value
            for field, value in data.items()
            if field.startswith(start)
        }
    return changed


def _numbered(rows: list[dict[str, Any]], before: list[str]) -> list[dict[str, Any]]:
    """The rows, by their keys, with numbers in their order: their own while the old ones come first and as they did."""
    if [row["key"] for row in rows][: len(before)] == before:
        last = max((row["position"] for row in rows[: len(before)]), default=0)
        added = rows[len(before) :]
        rows = rows[: len(before)] + [{**row, "position": last + ROOM * n} for n, row in enumerate(added, 1)]
    else:
        rows = [{**row, "position": ROOM * number} for number, row in enumerate(rows, 1)]
    return sorted(rows, key=lambda row: row["key"])


def new_key(statement: str, taken: Iterable[str]) -> str:
    """The key of a new claim, from its words: made once, it never changes. The same words give the same key, so that two
    who add one claim at once add one.
    """
    words = slugify(statement).replace("_", "-").strip("-")
    base = words if 0 < len(words) <= LONGEST_KEY and statement.isascii() else ""
    if not base:
        digest = sha256(statement.encode()).hexdigest()[:6]
        base = f"{words[: LONGEST_KEY - 8].strip('-') or 'claim'}-{digest}"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
