"""The sitemap: every live entry, and the pages that list them."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from resources.entries.models import Entry


class EntrySitemap(Sitemap):  # type: ignore[type-arg]  # generic in its stubs alone
    """Live entries with the day of their last change."""

    limit = 10_000

    def items(self) -> Any:
        return Entry.objects.live().only("type", "slug", "changed_at").order_by("pk")

    def lastmod(self, item: Entry) -> datetime:
        return item.changed_at


class PageSitemap(Sitemap):  # type: ignore[type-arg]  # generic in its stubs alone
    """Pages that are no entries."""

    def items(self) -> list[str]:
        return ["home", "resource_list", "tag_list", "changes"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"entries": EntrySitemap, "pages": PageSitemap}
