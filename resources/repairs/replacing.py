"""An address in an entry's content led to another place, wherever it stands as a link."""

from dataclasses import dataclass
from typing import Any

from resources.entries.content import Content, content_fields
from resources.entries.models import Entry
from resources.text.addresses import BadAddress, normalise
from resources.text.readdressing import Wanted, replace_in_text

NO_LINKS = frozenset({"title", "slug", "key", "quote"})
"""Fields and columns whose words are words, also where they spell an address."""

ADDRESSES = frozenset({"url", "source"})
"""Fields and columns that are an address themselves, and no Markdown."""

DRAWN = frozenset({"body", "introduction", "passages"})
"""Fields that are Markdown of several paragraphs; other texts are of one line."""


def replace_address(model: type[Entry], content: Content, key: str, new: str, *, only: Wanted = bool) -> Content:
    """The content with `new` in place of the address of this key (as normalise() gives it): as a resource's own link, the
    spelling of a seat, a source, and as a link in Markdown. `only` narrows it to some spellings.

    Never a longer address that begins alike, nothing in code, and not the words of a link. Raises TextTooLarge or
    TextTooComplex where a text cannot be drawn.
    """
    replacing = _Replacing(key, new, only)
    return content | {
        field.name: replacing.value(field.name, content[field.name], line=field.name not in DRAWN)
        for field in content_fields(model)
        if field.name in content
    }


@dataclass(frozen=True, slots=True)
class _Replacing:
    """One address on its way to another, through values of content."""

    key: str
    new: str
    only: Wanted

    def value(self, name: str, value: Any, *, line: bool) -> Any:
        if name in NO_LINKS:
            return value
        if isinstance(value, str):
            if name in ADDRESSES:
                return self.new if self._is_meant(value) else value
            return replace_in_text(value, self.key, self.new, line=line, only=self.only)
        if isinstance(value, list):
            return [self.value(name, one, line=line) for one in value]
        if isinstance(value, dict):
            return {column: self.value(column, one, line=line) for column, one in value.items()}
        return value

    def _is_meant(self, address: str) -> bool:
        try:
            return normalise(address) == self.key and self.only(address)
        except BadAddress:
            return False
