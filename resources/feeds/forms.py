"""What all feeds share: each is there as Atom and as JSON Feed, at one address with two endings."""

from abc import ABC, abstractmethod
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from resources.feeds.json_feed import JsonFeed

MOST = 50
"""Items of one feed."""

FORMS = {"atom": Atom1Feed, "json": JsonFeed}
"""Ending of the address → how the feed is written."""


class TwoFormFeed(Feed, ABC):  # type: ignore[type-arg]  # generic in its stubs alone
    """A feed at `path(obj)` with the ending of its form; `home(obj)` is the page that it belongs to."""

    def __init__(self, form: str = "atom") -> None:
        self.form = form
        self.feed_type = FORMS[form]

    @abstractmethod
    def path(self, obj: Any) -> str:
        """The feed's address without its ending."""

    @abstractmethod
    def home(self, obj: Any) -> str:
        """The path of the page whose feed it is."""

    def feed_url(self, obj: Any) -> str:
        return f"{settings.SITE_URL}{self.path(obj)}.{self.form}"

    def link(self, obj: Any) -> str:
        return f"{settings.SITE_URL}{self.home(obj)}"
