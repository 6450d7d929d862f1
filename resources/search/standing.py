"""Where pages stand: sections and what is below them, and guides above."""

from functools import cached_property

from resources.entries.knowledge import WikiPage
from resources.entries.models import Section
from resources.search.words import fold


class Sections:
    """The live sections, read once: few next to pages."""

    @cached_property
    def rows(self) -> dict[int, tuple[int | None, str, str]]:
        """Key → the key of the section above, address, title."""
        live = Section.objects.live().order_by("pk").values_list("pk", "parent", "slug", "title")
        return {pk: (parent, slug, title) for pk, parent, slug, title in live}

    def named(self, title: str, slug: str) -> list[int]:
        """The sections of this address, else those of this title."""
        exact = [pk for pk, row in self.rows.items() if row[1] == slug]
        return exact or [pk for pk, row in self.rows.items() if fold(row[2]) == fold(title)]

    def within(self, pks: list[int]) -> list[int]:
        """These sections and all below them."""
        found, wave = list(pks), set(pks)
        while wave:
            wave = {pk for pk, row in self.rows.items() if row[0] in wave} - set(found)
            found += sorted(wave)
        return found


def guides_above(pks: set[int]) -> dict[int, tuple[str, str]]:
    """Key → address and title of live guides."""
    rows = WikiPage.objects.live().filter(pk__in=pks).values_list("pk", "slug", "title") if pks else ()
    return {pk: (slug, title) for pk, slug, title in rows}
