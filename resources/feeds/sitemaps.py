"""The sitemap: every live entry, and the pages that list them."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from resources.entries.models import Entry


class _OurSitemap(Sitemap):  # type: ignore[type-arg]  # generic in its stubs alone
    """Addresses under SITE_URL, whatever name a request used."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class EntrySitemap(_OurSitemap):
    """Live entries with the day of their last change."""

    limit = 10_000

    def items(self) -> Any:
        return Entry.objects.speaking().only("type", "slug", "changed_at").order_by("pk")

    def lastmod(self, item: Entry) -> datetime:
        return item.changed_at


class PageSitemap(_OurSitemap):
    """Pages that are no entries."""

    def items(self) -> list[str]:
        return ["home", "resource_list", "tag_list", "changes"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"entries": EntrySitemap, "pages": PageSitemap}
