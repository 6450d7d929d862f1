"""What the frame and the entry pages show of a person's own notices; strangers cost no query."""

from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from taggit.models import Tag

from resources.entries.models import Entry
from resources.notices.models import Notice, Watch
from resources.templatetags.once import part

register = template.Library()

MANY = 99
"""More unread notices than this are not counted."""


@register.simple_tag
def unread_notices(user: Any) -> int:
    """How many notices a person has not seen, MANY + 1 at most."""
    if not user.is_authenticated:
        return 0
    return int(Notice.objects.unread().filter(person=user.pk)[: MANY + 1].count())


@register.simple_tag(takes_context=True)
def watch_button(context: template.Context, entry: Entry | None = None, tag: Tag | None = None) -> SafeString:
    """The button that begins or ends to watch an entry or a tag."""
    request = context["request"]
    if not request.user.is_authenticated:
        return part("components/watch.html", {"signed_in": False}, path=quote(request.path))
    watched = Watch.objects.filter(person=request.user.pk, entry=entry and entry.pk, tag=tag)
    given = {
        "signed_in": True,
        "url": f"{request.path}watch/",
        "csrf_token": context.get("csrf_token"),
        "watched": watched.exists(),
    }
    return render_to_string("components/watch.html", given)
