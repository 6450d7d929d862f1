"""JSON Feed 1.1 (jsonfeed.org), from the same feeds as Atom."""

import json
from datetime import datetime
from typing import Any

from django.utils.feedgenerator import SyndicationFeed


class JsonFeed(SyndicationFeed):
    """Writes what Django's feeds gather as JSON Feed."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        """The feed as bytes, with its newest date as Atom has it."""
        known: dict[str, Any] = self.feed
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": known["title"],
            "home_page_url": known["link"],
            "feed_url": known["feed_url"],
            "description": known["subtitle"] or known["description"],
            "language": known["language"],
            "items": [_item(item) for item in self.items],
        }
        kept = {name: value for name, value in feed.items() if value is not None}
        outfile.write(json.dumps(kept, ensure_ascii=False, indent=1, default=str).encode(encoding))


def _item(item: dict[str, Any]) -> dict[str, Any]:
    dates = {"date_published": item["pubdate"], "date_modified": item["updateddate"]}
    found = {
        "id": item["unique_id"] or item["link"],
        "url": item["link"],
        "title": item["title"],
        "content_text": item["description"] or item["title"],
        "authors": [{"name": item["author_name"]}] if item["author_name"] else None,
        "tags": [str(word) for word in item["categories"]] or None,
    }
    found |= {name: value.isoformat() for name, value in dates.items() if isinstance(value, datetime)}
    return {name: value for name, value in found.items() if value is not None}
