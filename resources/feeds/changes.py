"""What was changed: anywhere, in one section, with one tag, by one person, of one entry."""

from abc import abstractmethod
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts.models import User
from rayhub.methods import read_only
from resources.entries.models import Entry, Placement, Section
from resources.entries.pages import entry_page
from resources.feeds.forms import MOST, TwoFormFeed
from resources.history.models import Revision
from resources.moderation.guards import person_or_404
from resources.text.cleaning import clean_source


class RevisionsFeed(TwoFormFeed):
    """How a feed shows revisions, the newest first, at most MOST."""

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

    def items(self, obj: Any) -> list[Revision]:
        return list(self.revisions(obj).newest().for_rows()[:MOST])

    @abstractmethod
    def revisions(self, obj: Any) -> Any:
        """Which revisions it shows."""


class ChangesFeed(RevisionsFeed):
    """The newest revisions of all."""

    def title(self, obj: None) -> str:
        return _("RayHub: recent changes")

    def subtitle(self, obj: None) -> str:
        return _("What was added and edited, anywhere in the knowledge base.")

    def path(self, obj: None) -> str:
        return "/changes"

    def home(self, obj: None) -> str:
        return reverse("changes")

    def revisions(self, obj: None) -> Any:
        return Revision.objects.all()


class EntryFeed(RevisionsFeed):
    """The newest revisions of an entry."""

    def get_object(self, request: HttpRequest, *, entry: Entry) -> Entry:
        return entry

    def title(self, obj: Entry) -> str:
        return _("RayHub: changes of %(title)s") % {"title": clean_source(obj.title)}

    def subtitle(self, obj: Entry) -> str:
        return _("Every revision of this page: who changed what, and when.")

    def path(self, obj: Entry) -> str:
        return f"{obj.get_absolute_url()}history"

    def home(self, obj: Entry) -> str:
        return f"{obj.get_absolute_url()}history/"

    def revisions(self, obj: Entry) -> Any:
        return Revision.objects.filter(entry=obj.pk)


class SectionFeed(EntryFeed):
    """What was changed in a section: itself, the sections right below it, and the resources that sit in them."""

    def title(self, obj: Entry) -> str:
        return _("RayHub: changes in %(title)s") % {"title": clean_source(obj.title)}

    def subtitle(self, obj: Entry) -> str:
        return _("What was added and edited in this section.")

    def path(self, obj: Entry) -> str:
        return f"{obj.get_absolute_url()}changes"

    def home(self, obj: Entry) -> str:
        return obj.get_absolute_url()

    def revisions(self, obj: Entry) -> Any:
        sections = Section.objects.filter(Q(pk=obj.pk) | Q(parent=obj.pk)).values("pk")
        seated = Placement.objects.filter(section__in=sections).values("resource")
        return Revision.objects.filter(Q(entry__in=sections) | Q(entry__in=seated))


class TagFeed(RevisionsFeed):
    """What was changed in live entries with a tag."""

    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        found = Tag.objects.filter(slug=slug).first()
        if found is None:
            raise Http404(_("There is no such tag."))
        return found

    def title(self, obj: Tag) -> str:
        return _("RayHub: changes with the tag %(tag)s") % {"tag": clean_source(obj.name)}

    def subtitle(self, obj: Tag) -> str:
        return _("What was added and edited in entries with this tag.")

    def path(self, obj: Tag) -> str:
        return f"{self.home(obj)}changes"

    def home(self, obj: Tag) -> str:
        return reverse("tag", args=[obj.slug])

    def revisions(self, obj: Tag) -> Any:
        return Revision.objects.filter(entry__in=Entry.objects.live().tagged(obj.slug).order_by().values("pk"))


class PersonFeed(RevisionsFeed):
    """The newest revisions by a person."""

    def get_object(self, request: HttpRequest, name: str) -> User:
        return person_or_404(name)

    def title(self, obj: User) -> str:
        return _("RayHub: changes by %(name)s") % {"name": clean_source(str(obj))}

    def subtitle(self, obj: User) -> str:
        return _("What one person added and edited.")

    def path(self, obj: User) -> str:
        return f"{obj.get_absolute_url()}changes"

    def home(self, obj: User) -> str:
        return str(obj.get_absolute_url())

    def revisions(self, obj: User) -> Any:
        return Revision.objects.filter(author=obj)


@read_only
@entry_page(also_removed=True)
def entry_feed(request: HttpRequest, entry: Entry, form: str = "atom") -> HttpResponse:
    """The feed of an entry, also of a removed one: its history stays."""
    return EntryFeed(form)(request, entry=entry)


@read_only
@entry_page()
def section_feed(request: HttpRequest, entry: Entry, form: str = "atom") -> HttpResponse:
    """The feed of a section and what sits in it."""
    return SectionFeed(form)(request, entry=entry)
