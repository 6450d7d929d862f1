"""The cells of a comparison in its form: those of a small table all at once, of a large one criterion by criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.editing.comparison_rows import EdgeForm
from resources.editing.fields import Line
from resources.editing.rows import Rows
from resources.entries.content import Content
from resources.entries.knowledge import Comparison
from resources.entries.row_checking import cell_errors

ALL_AT_ONCE = 160
"""Cells of a table that are all in the form; of a larger one, those of one criterion and those that were changed."""

MOST_SENT = 450
"""Changed cells that one form carries: with all subjects and criteria these stay below DATA_UPLOAD_MAX_NUMBER_FIELDS."""

COLUMNS = ("verdict", "text", "note", "source")


class CellForm(forms.Form):
    """One cell."""

    verdict = forms.ChoiceField(
        label=_("verdict"), required=False, choices=[("", _("none")), *Comparison.Verdict.choices]
    )
    text = Line(label=_("text"), required=False, widget=forms.Textarea(attrs={"rows": 3, "data-markdown": "line"}))
    note = Line(label=_("note"), required=False)
    source = Line(label=_("source"), required=False, widget=forms.URLInput(attrs={"placeholder": "https://"}))

    key = ""
    subject = ""
    row: Mapping[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for column, words in cell_errors(given | {"key": self.key}).items():
                self.add_error(column if column in self.fields else None, words)
        return given

    def as_row(self) -> dict[str, Any] | None:
        """The cell as content: None where nothing is left in it, and just as it was where nothing was changed."""
        if not self.has_changed():
            return dict(self.row) or None
        given = {name: self.cleaned_data[name] for name in COLUMNS}
        return dict(self.row) | {"key": self.key} | given if any(given.values()) else None


@dataclass(slots=True)
class Group:
    """The cells of one criterion: those with a form, and how many of all are filled."""

    criterion: EdgeForm
    filled: int
    size: int
    cells: list[CellForm] = field(default_factory=list)
    is_open: bool = False


class Cells(Rows):
    """The cells that the form shows, each named by its key; what is not sent stays as it is in `content`."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        content: Content,
        edges: tuple[Sequence[EdgeForm], Sequence[EdgeForm]],
        dropped: tuple[set[str], set[str]],
        only: Sequence[str] = (),
    ) -> None:
        self.name, self.base, self.data = "cells", content["cells"], data
        self.subjects, self.criteria = edges
        self.dropped, self.only = dropped, only
        self.rows = {row["key"]: row for row in self.base}
        self.is_large = not only and len(self.subjects) * len(self.criteria) > ALL_AT_ONCE
        self.is_full = False
        self.groups = self._groups(self._opened())
        self.forms = [cell for group in self.groups for cell in group.cells]
        self.count = len(self.forms)

    def _opened(self) -> str:
        """The criterion of a large table whose cells are shown."""
        data = self.data if self.data is not None else {}
        act = str(data.get("act", ""))
        before = str(data.get("cells-open", ""))
        if not act.startswith("open "):
            return before
        changed = sum(self._cell(subject, one).has_changed() for one in self.criteria for subject in self._sent(one))
        self.is_full = changed > MOST_SENT
        return before if self.is_full else act.removeprefix("open ")

    def _sent(self, criterion: EdgeForm) -> list[EdgeForm]:
        """The subjects whose cells of a criterion were sent."""
        data = self.data if self.data is not None else {}
        return [one for one in self.subjects if f"cell:{one.known_key}/{criterion.known_key}-text" in data]

    def _groups(self, opened: str) -> list[Group]:
        groups = []
        act = str((self.data or {}).get("act", "save"))
        for criterion in self.criteria:
            key = criterion.known_key
            filled = sum(f"{one.known_key}/{key}" in self.rows for one in self.subjects)
            group = Group(criterion, filled, len(self.subjects), is_open=key == opened)
            whole = not self.is_large or key == opened
            cells = [self._cell(one, criterion) for one in (self.subjects if whole else self._sent(criterion))]
            # What was opened before and not changed is left out when another criterion is opened.
            group.cells = [
                cell
                for cell in cells
                if (not self.only or cell.key in self.only)
                and (whole or not act.startswith("open ") or cell.has_changed())
            ]
            group.is_open = group.is_open or bool(self.only) or any(cell.errors for cell in group.cells)
            groups.append(group)
        return [group for group in groups if group.cells or not self.only]

    def _cell(self, subject: EdgeForm, criterion: EdgeForm) -> CellForm:
        key = f"{subject.known_key}/{criterion.known_key}"
        row = self.rows.get(key, {})
        sent = self.data is not None and f"cell:{key}-text" in self.data
        cell = CellForm(self.data if sent else None, prefix=f"cell:{key}", initial=dict(row))
        cell.key, cell.subject, cell.row = key, subject.shown_name, row
        return cell

    def is_valid(self) -> bool:
        return all(cell.is_valid() for cell in self.forms if cell.is_bound)

    def value(self) -> list[dict[str, Any]]:
        rows = dict(self.rows)
        for cell in self.forms:
            if cell.is_bound:
                row = cell.as_row()
                if row is None:
                    rows.pop(cell.key, None)
                else:
                    rows[cell.key] = row
        subjects, criteria = self.dropped
        gone = {key for key in rows if key.partition("/")[0] in subjects or key.partition("/")[2] in criteria}
        return [row for key, row in sorted(rows.items()) if key not in gone]
