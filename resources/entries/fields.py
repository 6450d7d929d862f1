"""Model fields that say how their values differ and merge.

Every editable field of an entry is content. How two edits of it merge is its content kind: "scalar" (one value),
"text" (Markdown, merged by lines), "set" (words, merged one by one) or "rows" (records with a key, merged one by one).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class MarkdownField(models.TextField):  # type: ignore[type-arg]  # the value type is str, as the parent's
    """Markdown of several paragraphs, merged by lines."""

    content_kind = "text"


class WordsField(models.TextField):  # type: ignore[type-arg]  # the value types differ from the parent's
    """An ordered set of words, in Python a list of str, in the database one text like "|core|data|".

    The bars make `filter(libraries__contains="|core|")` exact on every database. With `words`, others are refused.
    """

    content_kind = "set"

    def __init__(self, *args: Any, words: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        self.words = tuple(words)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leaves `words` out: a new word needs no migration."""
        return super().deconstruct()

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> list[str]:
        return [word for word in (value or "").split("|") if word]

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            return [word.strip() for word in value.split("|") if word.strip()]
        return list(value or [])

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):  # a part to look for, as in `contains`
            return value
        return f"|{'|'.join(value)}|" if value else ""

    def validate(self, value: Any, model_instance: Any) -> None:
        known = {word for word, _label in self.words}
        wrong = [word for word in value if (known and word not in known) or "|" in word]
        if wrong:
            raise ValidationError(
                _("%(wrong)s: not known here. Use %(known)s."),
                params={"wrong": ", ".join(wrong), "known": ", ".join(sorted(known)) or _("words without a bar")},
            )
        if len(set(value)) != len(value):
            raise ValidationError(_("Name each one once."))


class RowsField(models.JSONField):
    """Records with a key, merged one by one and field by field.

    `row_key` names the key, `row_position` the column that numbers the rows where they have an order. `columns` maps the
    other columns to (name for people, empty value); rows of a field without columns stay as they are given.
    `pointers` maps columns that hold the key of an entry to that entry's type.
    """

    content_kind = "rows"

    def __init__(
        self,
        *args: Any,
        row_key: str = "key",
        row_position: str = "",
        columns: Mapping[str, tuple[Any, Any]] | None = None,
        pointers: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.row_key, self.row_position = row_key, row_position
        self.columns, self.pointers = dict(columns or {}), dict(pointers or {})
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
