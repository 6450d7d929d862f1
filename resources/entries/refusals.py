"""Why content cannot go live: every refusal names what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.entries.models import Entry
from resources.text.merge import MergedContent


class PublishRefused(Exception):
    """Content that cannot go live; the message says what to do."""


class Taken(PublishRefused):
    """Another entry has this page address or this link."""


class StaleRead(PublishRefused):
    """An entry of a batch changed between its reading and its writing."""


class SectionsBelow(PublishRefused):
    """A section cannot go while live ones stand under it: they would hang in the air."""

    def __init__(self, number: int) -> None:
        words = ngettext(
            "%(number)s section stands under this one. Move it to another parent first, then remove this.",
            "%(number)s sections stand under this one. Move them to another parent first, then remove this.",
            number,
        )
        super().__init__(words % {"number": number})


class GuidesBelow(PublishRefused):
    """A guide cannot go while live ones stand under it or lead on to it: their readers would come to nothing."""

    def __init__(self, number: int) -> None:
        words = ngettext(
            "%(number)s guide stands under this one or leads on to it. Move it to another guide first, then remove this.",
            "%(number)s guides stand under this one or lead on to it. Move them to another guide first, then remove"
            " this.",
            number,
        )
        super().__init__(words % {"number": number})


class Invalid(PublishRefused):
    """A field's value is not acceptable. `errors` maps fields to sentences."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(" ".join(f"{name}: {' '.join(lines)}" for name, lines in errors.items()))
        self.errors = errors


class EditConflict(PublishRefused):
    """Somebody else changed the same place since `base`. `merge` has both sides; nothing was written."""

    def __init__(self, entry: Entry, merge: MergedContent) -> None:
        super().__init__(_("This page changed while you were editing. Compare the two versions and send yours again."))
        self.entry = entry
        self.merge = merge
