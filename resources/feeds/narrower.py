"""The feeds of one entry and of one person: what was changed there, or by them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from rayhub.methods import read_only
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.feeds.changes import MOST, RevisionsFeed
from resources.history.models import Revision
from resources.moderation.guards import person_or_404
from resources.text.cleaning import clean_source


class EntryFeed(RevisionsFeed):
    """The newest revisions of an entry."""

    def get_object(self, request: HttpRequest, *, entry: Entry) -> Entry:
        return entry

    def title(self, obj: Entry) -> str:
        return _("RayHub: changes of %(title)s") % {"title": clean_source(obj.title)}

    def subtitle(self, obj: Entry) -> str:
        return _("Every revision of this page: who changed what, and when.")

    def link(self, obj: Entry) -> str:
        return f"{settings.SITE_URL}{obj.get_absolute_url()}history/"

    def feed_url(self, obj: Entry) -> str:
        return f"{settings.SITE_URL}{obj.get_absolute_url()}history.atom"

    def items(self, obj: Entry) -> list[Revision]:
        return list(Revision.objects.filter(entry=obj.pk).newest().for_rows()[:MOST])


class PersonFeed(RevisionsFeed):
    """The newest revisions by a person."""

    def get_object(self, request: HttpRequest, name: str) -> User:
        return person_or_404(name)

    def title(self, obj: User) -> str:
        return _("RayHub: changes by %(name)s") % {"name": clean_source(str(obj))}

    def subtitle(self, obj: User) -> str:
        return _("What one person added and edited.")

    def link(self, obj: User) -> str:
        return f"{settings.SITE_URL}{obj.get_absolute_url()}"

    def feed_url(self, obj: User) -> str:
        return settings.SITE_URL + reverse("person_feed", args=[obj.name])

    def items(self, obj: User) -> list[Revision]:
        return list(Revision.objects.filter(author=obj).newest().for_rows()[:MOST])


@read_only
@entry_page(also_removed=True)
def entry_feed(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The feed of an entry, also of a removed one: its history stays."""
    return EntryFeed()(request, entry=entry)
