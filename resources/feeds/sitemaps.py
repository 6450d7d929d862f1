"""The sitemap: every live entry, every tag, and the pages that list them; a list of files where one would be too long."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.contrib.sitemaps.views import sitemap as whole
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from taggit.models import Tag

from rayhub.methods import read_only
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


class TagSitemap(_OurSitemap):
    """Tags that live entries have, with the day on which one of them changed."""

    limit = 10_000

    def items(self) -> Any:
        live = Q(resources_tagging_items__content_object__removed_at__isnull=True)
        changed = Max("resources_tagging_items__content_object__changed_at", filter=live)
        return Tag.objects.annotate(changed=changed).filter(changed__isnull=False).order_by("pk")

    def location(self, item: Tag) -> str:
        return reverse("tag", args=[item.slug])

    def lastmod(self, item: Tag) -> datetime:
        return vars(item)["changed"]  # type: ignore[no-any-return]  # annotated above


class PageSitemap(_OurSitemap):
    """Pages that are no entries."""

    def items(self) -> list[str]:
        return [
            "home", "resource_list", "wikipage_list", "casestudy_list", "comparison_list", "claim_list", "tag_list",
            "changes", "people", "releases", "link_list", "llms",
        ]  # fmt: skip

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, Any] = {"entries": EntrySitemap, "tags": TagSitemap, "pages": PageSitemap}


@read_only
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """All of them in one file, or where there are too many entries for that the list of the files."""
    if Entry.objects.speaking().count() <= EntrySitemap.limit:
        return whole(request, sitemaps=SITEMAPS)
    files = [
        SitemapIndexItem(f"{settings.SITE_URL}/sitemap-{section}.xml{f'?p={page}' if page > 1 else ''}")
        for section, one in SITEMAPS.items()
        for page in one().paginator.page_range
    ]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


@read_only
def sitemap_part(request: HttpRequest, section: str) -> HttpResponseBase:
    """One kind of them, 10,000 addresses in a file: ?p=2 is the second."""
    return whole(request, sitemaps=SITEMAPS, section=section)
