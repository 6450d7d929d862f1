"""Recent changes as an Atom feed."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.history.models import Revision
from resources.text.cleaning import clean_source

MOST = 50
"""Revisions of one feed."""


class RevisionsFeed(Feed):  # type: ignore[type-arg]  # generic in its stubs alone
    """How a feed shows revisions."""

    feed_type = Atom1Feed

    def item_title(self, item: Revision) -> str:
        return _("%(title)s: %(act)s") % {"title": clean_source(item.entry.title), "act": item.get_act_display()}

    def item_description(self, item: Revision) -> str:
        return clean_source(item.summary)

    def item_link(self, item: Revision) -> str:
        return f"{settings.SITE_URL}{item.entry.get_absolute_url()}history/{item.number}/"

    def item_author_name(self, item: Revision) -> str:
        return str(item.author)

    def item_pubdate(self, item: Revision) -> datetime:
        return item.created_at

    item_updateddate = item_pubdate


class ChangesFeed(RevisionsFeed):
    """The newest revisions, at most MOST."""

    title = gettext_lazy("RayHub: recent changes")
    link = f"{settings.SITE_URL}/changes/"
    feed_url = f"{settings.SITE_URL}/changes.atom"
    subtitle = gettext_lazy("What was added and edited, anywhere in the knowledge base.")

    def items(self, obj: None) -> list[Revision]:
        return list(Revision.objects.newest().for_rows()[:MOST])
