"""What is new, and what broke."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.entries.models import Resource
from resources.feeds.forms import MOST, TwoFormFeed
from resources.links.models import Link
from resources.links.wording import sentence_of
from resources.text.cleaning import clean_source


class NewResourcesFeed(TwoFormFeed):
    """The resources that came last."""

    def title(self, obj: None) -> str:
        return _("RayHub: new resources")

    def subtitle(self, obj: None) -> str:
        return _("Libraries, projects, papers, talks and more around Ray, as they come.")

    def path(self, obj: None) -> str:
        return "/resources/new"

    def home(self, obj: None) -> str:
        return reverse("resource_list")

    def items(self, obj: None) -> list[Resource]:
        return list(Resource.objects.live().order_by("-created_at", "-pk").prefetch_related("taggings__tag")[:MOST])

    def item_title(self, item: Resource) -> str:
        return clean_source(item.title)

    def item_description(self, item: Resource) -> str:
        return clean_source(item.summary)

    def item_link(self, item: Resource) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_guid(self, item: Resource) -> str:
        return f"{settings.SITE_URL}/#{item.key}"

    def item_categories(self, item: Resource) -> list[str]:
        return [str(item.get_kind_display()), *item.tag_names]

    def item_pubdate(self, item: Resource) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Resource) -> datetime:
        return item.changed_at


class BrokenLinksFeed(TwoFormFeed):
    """The links that readers are told to be broken, those that broke last first."""

    def title(self, obj: None) -> str:
        return _("RayHub: broken links")

    def subtitle(self, obj: None) -> str:
        return _("Addresses that stopped working: somebody should find where they went.")

    def path(self, obj: None) -> str:
        return "/links/broken"

    def home(self, obj: None) -> str:
        return reverse("link_list")

    def items(self, obj: None) -> list[Link]:
        return list(Link.objects.broken().filter(failing_since__isnull=False).order_by("-failing_since", "-pk")[:MOST])

    def item_title(self, item: Link) -> str:
        return clean_source(item.address)

    def item_description(self, item: Link) -> str:
        return clean_source(str(sentence_of(item)))

    def item_link(self, item: Link) -> str:
        return f"{settings.SITE_URL}{reverse('link', args=[item.pk])}"

    def item_guid(self, item: Link) -> str:
        return f"{self.item_link(item)}#{self.item_pubdate(item):%Y-%m-%dT%H:%M}"

    def item_pubdate(self, item: Link) -> datetime:
        return item.failing_since or item.created_at

    item_updateddate = item_pubdate
