"""The page of a guide: what stands around its text, put together here, since templates are slow at many small values."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from resources.entries.knowledge import WikiPage
from resources.links.troubles import troubles_of
from resources.permissions import may_review
from resources.reading.around import Around, Titled
from resources.templatetags.face import contents, faces, link_list, link_rows, tag_links, when
from resources.templatetags.guides import guide_lines, minutes_words
from resources.templatetags.health import trouble_box
from resources.templatetags.leading import leading
from resources.templatetags.notices import watch_button
from resources.templatetags.once import part
from resources.templatetags.review import pending
from resources.templatetags.search import related_box, related_entries
from resources.templatetags.verifying import verification_box
from resources.templatetags.written import written_to_edit

register = template.Library()


@register.simple_tag(takes_context=True)
def guide_article(context: template.Context) -> SafeString:
    """A guide with what stands around it; the context is what its view gives."""
    entry: WikiPage = context["entry"]
    around: Around = context["around"]
    said, person = vars(entry), context["request"].user
    shape = {
        "has_lead": bool(entry.summary),
        "has_parts": len(entry.headings) > 1,
        "has_text": bool(entry.html),
        "has_below": bool(around.below),
        "has_more_below": around.below_is_long,
        "has_previous": around.previous is not None,
        "has_next": around.next is not None,
        "has_tags": bool(around.tags),
        "has_others": bool(around.others),
        "is_mentioned": bool(around.mentioned_by),
        "many_mention_it": around.many_mention_it,
        "may_protect": may_review(person),
        "signed_in": person.is_authenticated,
        "leads_on": entry.redirect_id is not None,
    }
    return part(
        "entries/guide_article.html",
        shape,
        **_head(context, entry, around.last),
        **_beside(around),
        notices=_notices(context, entry, is_discussed=said["is_discussed"]),
        parts=contents(entry.headings),
        text=written_to_edit(context, entry),
        verified=verification_box(context, entry, is_verified=said["is_verified"]),
        trouble=trouble_box(entry, troubles_of(entry.pk)) if said["is_doubtful"] else "",
        tags=tag_links(around.tags),
        faces=faces(around.writers),
        others=_others(around.others),
        revisions=_revisions(entry.revision_number, get_language()),
        mentioned_by=link_list(around.mentioned_by),
        related=_related(context, entry, around),
    )


def _head(context: template.Context, entry: WikiPage, last: str) -> dict[str, Any]:
    """What the guide says of itself, above its text."""
    url = entry.get_absolute_url()
    return {
        "url": url,
        "edit_url": f"{url}edit/",
        "slug": entry.slug,
        "key": entry.pk,
        "title": entry.title,
        "lead": entry.summary,
        "minutes": minutes_words(entry.minutes),
        "changed": when(entry.changed_at),
        "name": last,
        "watch": watch_button(context, entry) if context["request"].user.is_authenticated else "",
        "path": quote(url),
        "file": entry.source_address,
        "number": entry.revision_number,
    }


def _beside(around: Around) -> dict[str, Any]:
    """The guides around it."""
    return {
        "above": link_rows(around.above),
        "below": SafeString("".join([f"<li>{line}</li>" for line in guide_lines(around.below, 3)])),
        **_step("previous", around.previous),
        **_step("next", around.next),
    }


def _step(way: str, guide: Titled | None) -> dict[str, str]:
    address, title = guide or ("", "")
    return {way: title, f"{way}_url": address}


def _related(context: template.Context, entry: WikiPage, around: Around) -> SafeString:
    """What is related: as it was gathered, or found now."""
    gathered = (around.related or {}).get(get_language() or "")
    if gathered is None:
        return related_entries(context, entry)
    return related_box(gathered) if gathered else SafeString("")


def _notices(context: template.Context, entry: WikiPage, *, is_discussed: bool) -> SafeString:
    """What readers are told before they read: who may change the guide, what is proposed, where it leads."""
    words = [leading(context, entry)]
    if is_discussed:
        words.insert(0, pending(entry))
    if entry.protection_level:
        words.insert(
            0, render_to_string("components/protected.html", {"protection": getattr(entry, "protection", None)})
        )
    return SafeString("".join(words))


def _others(number: int) -> str:
    return ngettext("and %(number)s other", "and %(number)s others", number) % {"number": number} if number else ""


@lru_cache(maxsize=1_000)
def _revisions(number: int, _language: str | None) -> str:
    return ngettext("%(number)s revision", "%(number)s revisions", number) % {"number": number}
