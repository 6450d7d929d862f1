"""Conflicts as questions: what both sides changed, and how a person settles each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from resources.editing.sheets import Sheet
from resources.entries.content import ContentField, complete, content_fields, content_kinds, read_content
from resources.entries.models import Entry, Section
from resources.history.comparing import column_word, row_names
from resources.text.cleaning import clean_source
from resources.text.conflicts import Conflict
from resources.text.marks import WordDiff, diff_words
from resources.text.merge import MergedContent, merge_fields

MINE, THEIRS, BOTH, EDITED = "mine", "theirs", "both", "edited"

NOT_FREE = frozenset({"form", "state", "verdict", "resource", "position"})
"""Columns of rows where not any words can stand."""


@dataclass(frozen=True, slots=True)
class Question:
    """One conflict for a person. `words` are theirs and mine with what differs marked; `chosen` is the choice so far.

    `name` is what the form calls it: the same for as long as the base and mine are, so that a choice outlives another
    round. `seen` stands for what others wrote: a choice of theirs counts only for what was seen.
    """

    name: str
    label: str
    seen: str
    words: WordDiff
    options: tuple[tuple[str, str], ...]
    chosen: str
    edited: str | None
    is_long: bool


def merge_of(sheet: Sheet, mine: dict[str, Any], live: Entry) -> MergedContent:
    """What was typed and what is live, both seen from the revision that the edit started from."""
    model = type(live)
    base = live.revisions.get(number=sheet.base or 0).content
    return merge_fields(content_kinds(model), complete(model, base), mine, read_content(live))


def questions(sheet: Sheet, merge: MergedContent, sent: Mapping[str, Any]) -> list[Question]:
    """The conflicts in the order of the form. `sent` is the form of the round before, where there was one."""
    model = sheet.form.model
    fields = {field.name: field for field in content_fields(model)}
    # A row that one side took away has its name in what the edit started from.
    known = [sheet.form.content, merge.draft]
    names = {name: row_names(fields[name], known, {}) for name in merge.conflicts_by_field if fields[name].columns}
    return [
        _question(model, fields[name], conflict, sent, names.get(name, {}))
        for name, found in merge.conflicts_by_field.items()
        for conflict in found
    ]


def choices(merge: MergedContent, asked: Sequence[Question]) -> list[Any] | None:
    """The value that was chosen for every conflict, in their order; None while one is not settled."""
    chosen = []
    for question, conflict in zip(asked, merge.conflicts, strict=True):
        if question.chosen not in dict(question.options):
            return None
        chosen.append(_value(question, conflict))
    return chosen


def _question(
    model: type[Entry],
    field: ContentField,
    conflict: Conflict[Any],
    sent: Mapping[str, Any],
    names: Mapping[Any, str],
) -> Question:
    name = f"choice-{_digest(field.name, conflict.key, conflict.field, conflict.base, conflict.mine)}"
    seen = _digest(conflict.theirs)
    theirs, mine = (_said(model, field, conflict, value, names) for value in (conflict.theirs, conflict.mine))
    editable = isinstance(conflict.mine, str) and isinstance(conflict.theirs, str) and _is_free(model, field, conflict)
    both = editable and (field.kind == "text" or conflict.field == "text")
    options = [(MINE, _("Yours")), (THEIRS, _("Theirs"))]
    options += [(BOTH, _("Both, yours first"))] if both else []
    options += [(EDITED, _("Your own wording, from the box below"))] if editable else []
    chosen = str(sent.get(name, BOTH if conflict.both_added and both else ""))
    if chosen in {THEIRS, BOTH} and sent.get(f"{name}-seen", seen) != seen:
        chosen = ""
    start = (_together(conflict) if both else str(conflict.mine)).removesuffix("\n") if editable else None
    edited = str(sent.get(f"{name}-edited", start)) if editable else None
    return Question(
        name, _label(field, conflict, names), seen, diff_words(theirs, mine), tuple(options), chosen, edited, both
    )


def _value(question: Question, conflict: Conflict[Any]) -> Any:
    """The value that a choice means. Whole lines stay whole lines."""
    if question.chosen == MINE:
        return conflict.mine
    if question.chosen == THEIRS:
        return conflict.theirs
    if question.chosen == BOTH:
        return _together(conflict)
    edited = clean_source(question.edited or "")
    ends = any(isinstance(side, str) and side.endswith("\n") for side in (conflict.mine, conflict.theirs))
    return f"{edited.rstrip('\n')}\n" if ends and edited.strip() else edited


def _together(conflict: Conflict[Any]) -> str:
    """Both sides, mine first."""
    if conflict.suggestion is not None:
        return str(conflict.suggestion)
    mine, theirs = str(conflict.mine), str(conflict.theirs)
    return f"{mine}{'' if mine.endswith('\n') or not mine else '\n'}{theirs}"


def _digest(*parts: Any) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:16]


def _is_free(model: type[Entry], field: ContentField, conflict: Conflict[Any]) -> bool:
    """Whether any words can stand there: not among choices, and not where a key is meant."""
    if field.kind == "rows":
        return bool(conflict.field) and conflict.field not in NOT_FREE
    column = model._meta.get_field(field.name)
    return not getattr(column, "choices", None)


def _label(field: ContentField, conflict: Conflict[Any], names: Mapping[Any, str]) -> str:
    """What the conflict is about: the field, and in rows which one."""
    label = str(field.label)
    if conflict.field == "order":
        return _("order of the %(field)s") % {"field": label}
    if field.kind != "rows" or not conflict.key:
        return label
    if field.name == "placements":
        title = Section.objects.filter(pk=conflict.key).values_list("title", flat=True).first()
        label = _("%(field)s in “%(section)s”") % {"field": label, "section": title or conflict.key}
    elif field.columns:
        label = _("%(field)s, “%(row)s”") % {"field": label, "row": names.get(conflict.key, conflict.key)}
    if not conflict.field or conflict.field not in field.columns:
        return label
    return f"{label}: {field.columns[conflict.field][0]}"


def _said(
    model: type[Entry], field: ContentField, conflict: Conflict[Any], value: Any, names: Mapping[Any, str]
) -> str:
    """One side in words."""
    if field.kind == "rows":
        return _row_said(field, conflict, value, names)
    if field.name == "position":
        return _place_said(conflict, value)
    if field.pointers:
        return _title(value)
    column = model._meta.get_field(field.name) if field.kind == "scalar" else None
    labels = dict(column.flatchoices) if isinstance(column, models.Field) and column.choices else {}
    return str(labels.get(value, value)) if value is not None else ""


def _row_said(field: ContentField, conflict: Conflict[Any], value: Any, names: Mapping[Any, str]) -> str:
    """One side of a row, of one of its cells, or of the order of all."""
    if not conflict.field:
        if value is None:
            return _("(taken away)")
        return _whole_row(field, value) or _("as it is")
    if conflict.field == "order":
        return " · ".join(names.get(key, str(key)) for key in value or ())
    if conflict.field == "position":
        return _place_said(conflict, value)
    if conflict.field in field.pointers:
        return _title(value)
    return str(column_word(conflict.field, value)) if value is not None else ""


def _whole_row(field: ContentField, row: Mapping[str, Any]) -> str:
    """A row in words: the filled columns by their names, a line for each; of a seat its own wording alone."""
    if field.row_key in field.pointers:
        return str(row.get("summary") or "")
    columns = {name: label for name, (label, _empty) in field.columns.items() if name != "position"}
    said = {name: column_word(name, row[name]) for name in columns if row.get(name)}
    said |= {name: _title(row[name]) for name in field.pointers if row.get(name)}
    return "\n".join(f"{columns[name]}: {words}" for name, words in said.items())


def _place_said(conflict: Conflict[Any], value: Any) -> str:
    return _("the place where you put it") if value == conflict.mine else _("the place where it stands now")


def _title(pk: Any) -> str:
    """What an entry is called; "" for none."""
    return str(Entry.objects.filter(pk=pk).values_list("title", flat=True).first() or pk) if pk is not None else ""
