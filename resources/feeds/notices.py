"""A person's notices as an Atom feed, at an address that only they know."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from resources.notices.models import Notice
from resources.notices.tokens import feed_path, feed_reader_or_404
from resources.notices.wording import path_of, quoted, sentence
from resources.text.cleaning import clean_source


class NoticesFeed(Feed):  # type: ignore[type-arg]  # generic in its stubs alone
    """The newest notices of the person whom the token names, at most 50."""

    feed_type = Atom1Feed
    link = f"{settings.SITE_URL}/notices/"
    subtitle = gettext_lazy("What happened to what you watch and what you wrote.")

    def get_object(self, request: HttpRequest) -> User:
        return feed_reader_or_404(request.GET.get("token", ""))

    def title(self, obj: User) -> str:
        return _("RayHub: notices for %(name)s") % {"name": obj}

    def feed_url(self, obj: User) -> str:
        return settings.SITE_URL + feed_path(obj)

    def items(self, obj: User) -> list[Notice]:
        return list(Notice.objects.filter(person=obj).for_rows().newest()[:50])

    def item_title(self, item: Notice) -> str:
        return clean_source(sentence(item))

    def item_description(self, item: Notice) -> str:
        return clean_source(quoted(item))

    def item_link(self, item: Notice) -> str:
        return settings.SITE_URL + path_of(item)

    def item_guid(self, item: Notice) -> str:
        return f"{settings.SITE_URL}/notices/#notice-{item.pk}"

    def item_pubdate(self, item: Notice) -> datetime:
        return item.created_at

    item_updateddate = item_pubdate
