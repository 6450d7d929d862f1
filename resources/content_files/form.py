"""One entry as a file: Markdown with YAML front matter.

The front matter holds `id`, the fields that are filled in, and a body when the kind has a "text" field. Sections are
named by their slugs, so that a file reads alone and means the same in another database.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from resources.entries.content import Content, ContentField, content_fields, empty_content, with_pointed
from resources.entries.models import Entry

FENCE = "---\n"


class BadFile(ValueError):
    """A content file that cannot be read; the message names the file, the line where it is known, and the reason."""


def to_file(entry: Entry, content: Content, slugs: Mapping[int, str]) -> str:
    """The file of an entry; `slugs` maps the keys of the entries that it points to to their slugs."""
    model = type(entry)
    blank = empty_content(model)
    front: dict[str, Any] = {"id": entry.key}
    body = ""
    content = with_pointed(model, content, lambda _type, number: slugs[number])
    for field in content_fields(model):
        value = content[field.name]
        if value == blank[field.name]:
            continue
        if field.kind == "text":
            body = value
        elif field.columns:
            front[_row_name(field.name)] = [_row_to_file(field, row) for row in _in_order(field, value)]
        else:
            front[field.name] = value
    text = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=False)
    return f"{FENCE}{text}{FENCE}{body.rstrip()}\n" if body.strip() else f"{FENCE}{text}{FENCE}"


def _in_order(field: ContentField, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as a reader expects them: by their numbers where these are theirs alone."""
    return sorted(rows, key=lambda row: row[field.row_position]) if field.row_position else rows


def from_file(name: str, text: str, model: type[Entry]) -> dict[str, Any]:
    """The fields of a file, sections still by their slugs. Raises BadFile."""
    if not text.startswith(FENCE):
        raise BadFile(f"{name}, line 1: begin with a line of three hyphens, then the fields.")
    head, fence, body = text[len(FENCE) :].partition("\n---")
    if not fence:
        raise BadFile(f"{name}: end the fields with a line of three hyphens.")
    try:
        loaded = yaml.safe_load(head)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 2}" if mark else ""
        raise BadFile(f"{name}{line}: this is no YAML: {getattr(error, 'problem', error)}.") from error
    front: dict[str, Any] = {str(key): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}
    if "title" not in front or "slug" not in front:
        raise BadFile(f"{name}: give at least id, title and slug.")
    front.pop("id", None)
    rows = {_row_name(field.name): field.name for field in content_fields(model) if field.columns}
    fields = {rows.get(key, key): value for key, value in front.items()}
    unknown = sorted(set(fields) - {field.name for field in content_fields(model)})
    if unknown:
        raise BadFile(f"{name}: {', '.join(unknown)}: no such field of a {model._meta.verbose_name}.")
    written = next((field.name for field in content_fields(model) if field.kind == "text"), None)
    body = body.strip("\n")
    if written:
        fields[written] = body
    elif body:
        raise BadFile(f"{name}: a {model._meta.verbose_name} has no text below its fields.")
    return fields


def _row_name(name: str) -> str:
    """Readers of files see a resource's seats under "sections"."""
    return "sections" if name == "placements" else name


def _row_to_file(field: ContentField, row: dict[str, Any]) -> dict[str, Any]:
    """A row without the columns that are empty, its key first."""
    return {
        name: row[name]
        for name in (field.row_key, *field.columns)
        if name in row and (name in {field.row_key, "position"} or row[name] != field.columns[name][1])
    }
