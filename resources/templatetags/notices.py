"""What the frame and the entry pages show of a person's own notices; strangers cost no query."""

from typing import Any
from urllib.parse import quote

from django import template
from taggit.models import Tag

from resources.entries.models import Entry
from resources.notices.models import Notice, Watch

register = template.Library()

MANY = 99
"""More unread notices than this are not counted."""


@register.simple_tag
def unread_notices(user: Any) -> int:
    """How many notices a person has not seen, MANY + 1 at most."""
    if not user.is_authenticated:
        return 0
    return int(Notice.objects.unread().filter(person=user.pk)[: MANY + 1].count())


@register.inclusion_tag("components/watch.html", takes_context=True)
def watch_button(context: template.Context, entry: Entry | None = None, tag: Tag | None = None) -> dict[str, Any]:
    """The button that begins or ends to watch an entry or a tag."""
    user = context["request"].user
    watched = Watch.objects.filter(person=user.pk, entry=entry and entry.pk, tag=tag) if user.is_authenticated else None
    return {
        "url": f"{context['request'].path}watch/",
        "next_path": quote(context["request"].path),
        "csrf_token": context.get("csrf_token"),
        "signed_in": user.is_authenticated,
        "watched": watched is not None and watched.exists(),
    }
