"""What changed, in words that can stand as the summary of the change."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.entries.content import Content, ContentField, content_fields
from resources.entries.models import Entry
from resources.history.comparing import row_names

MOST = 5
"""Suggestions that are shown."""

LONGEST = 300
"""Characters of a suggestion that names rows."""

MOST_NAMED = 3
"""Rows that a suggestion names."""


def suggestions(model: type[Entry], before: Content, after: Content) -> list[str]:
    """Summaries to choose from, the one that says all first where several things changed."""
    if not before["title"]:
        return [_("Add %(title)s") % {"title": after["title"]}] if after["title"] else []
    found = []
    labels = []
    for item in content_fields(model):
        old, new = before[item.name], after[item.name]
        if old != new and item.name != "position":
            rows = _rows(item, before, after) if item.columns and item.name != "placements" else ""
            found.append(rows or _said(item.name, item.kind, str(item.label), old, new))
            labels.append(str(item.label))
    if before.get("position") != after.get("position") and not labels:
        found.append(_("Move it to another place"))
    if len(labels) > 1:
        found.insert(0, _("Change %(fields)s and %(last)s") % {"fields": ", ".join(labels[:-1]), "last": labels[-1]})
    return found[:MOST]


def _said(name: str, kind: str, label: str, old: Any, new: Any) -> str:
    if name in _SAYINGS:
        return _SAYINGS[name](old, new)
    if kind == "set":
        return _members(label, old, new)
    if not old:
        return _("Add the %(field)s") % {"field": label}
    if not new:
        return _("Take the %(field)s away") % {"field": label}
    return _("Change the %(field)s") % {"field": label}


def _rows(field: ContentField, before: Content, after: Content) -> str:
    """Which rows were added, taken away or changed, by their names; "" where it is only their order."""
    old, new = ({row[field.row_key]: row for row in content[field.name]} for content in (before, after))
    names = row_names(field, [before, after], {})
    parts = [
        (_("Add to the %(field)s: %(names)s"), [key for key in new if key not in old]),
        (_("Take from the %(field)s: %(names)s"), [key for key in old if key not in new]),
        (_("Change in the %(field)s: %(names)s"), [key for key in new if key in old and _differ(old[key], new[key])]),
    ]
    said = [
        words % {"field": field.label, "names": ", ".join(names[key] for key in keys[:MOST_NAMED])}
        + ("…" if len(keys) > MOST_NAMED else "")
        for words, keys in parts
        if keys
    ]
    return Truncator(". ".join(said)).chars(LONGEST)


def _differ(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return {**old, "position": 0} != {**new, "position": 0}


def _members(label: str, old: list[str], new: list[str]) -> str:
    added, gone = [one for one in new if one not in old], [one for one in old if one not in new]
    if added and not gone:
        return _("Add %(names)s to the %(field)s") % {"names": ", ".join(added[:4]), "field": label}
    if gone and not added:
        return _("Take %(names)s from the %(field)s") % {"names": ", ".join(gone[:4]), "field": label}
    return _("Change the %(field)s") % {"field": label}


def _title(old: str, new: str) -> str:
    return _("Rename it from “%(old)s”") % {"old": old}


def _seats(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> str:
    before, after = {row["section"] for row in old}, {row["section"] for row in new}
    if before == after:
        return _("Change how it stands in its sections")
    if before < after:
        return _("Put it into another section too")
    return _("Take it out of a section") if after < before else _("Move it to another section")


def _claims(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> str:
    before, after = ({row["key"]: row for row in rows} for rows in (old, new))
    added, gone = [key for key in after if key not in before], [key for key in before if key not in after]
    if added and not gone:
        return ngettext("Add a claim", "Add %(count)s claims", len(added)) % {"count": len(added)}
    if gone and not added:
        return ngettext("Take a claim away", "Take %(count)s claims away", len(gone)) % {"count": len(gone)}
    pairs = [(before[key], row) for key, row in after.items() if key in before]
    if any(row["source"] and not was["source"] for was, row in pairs):
        return _("Give a claim its source")
    judged = {row["state"] for was, row in pairs if row["state"] != was["state"]}
    if len(judged) == 1:
        return {"verified": _("Verify a claim"), "disputed": _("Dispute a claim")}.get(
            judged.pop(), _("Change a claim")
        )
    moved = all({**was, "position": 0} == {**row, "position": 0} for was, row in pairs)
    return _("Put the claims into another order") if moved and not (added or gone) else _("Change a claim")


_SAYINGS: Mapping[str, Callable[[Any, Any], str]] = {"title": _title, "placements": _seats, "claims": _claims}
