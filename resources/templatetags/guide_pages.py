"""The page of a guide: what stands around its text, put together here, since templates are slow at many small values."""

from typing import Any

from django import template
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from accounts.models import User
from rayhub.prepared import Prepared
from resources.entries.beside import Beside
from resources.entries.guides import Near, Place
from resources.entries.health import AT_EASE, DRIFTED
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.links.models import Use
from resources.links.troubles import troubles_of
from resources.permissions import may_review
from resources.proposals.models import Proposal
from resources.templatetags.face import contents, entry_links, entry_rows, faces, tag_links, when
from resources.templatetags.guides import guide_lines, minutes_words
from resources.templatetags.health import trouble_box
from resources.templatetags.leading import leading
from resources.templatetags.notices import watch_button
from resources.templatetags.once import part
from resources.templatetags.review import pending
from resources.templatetags.search import related_entries
from resources.templatetags.tabs import entry_tabs
from resources.templatetags.verifying import verification_box
from resources.templatetags.written import written_to_edit
from resources.verifying.models import Verification

register = template.Library()


def _said_of(pk: int) -> QuerySet[Any, Any]:
    """Whether an entry has proposals that nobody decided, verifications, and links that may be in doubt."""
    here = OuterRef("pk")
    rows: QuerySet[Any, Any] = Entry.objects.filter(pk=pk).values_list(
        Exists(Proposal.objects.unfinished().filter(entry=here)),
        Exists(Verification.objects.filter(entry=here)),
        Exists(Use.objects.filter(~Q(link__state__in=AT_EASE) | Q(link__cause=DRIFTED), entry=here)),
    )
    return rows


_said = Prepared(_said_of)


@register.simple_tag(takes_context=True)
def guide_article(context: template.Context) -> SafeString:
    """A guide with what stands around it; the context is what its view gives."""
    entry: WikiPage = context["entry"]
    place: Place = context["place"]
    near: Beside = context["beside"]
    writers, person = near.writers, context["request"].user
    is_discussed, is_verified, is_doubtful = _said.first(entry.pk) or (False, False, False)
    shape = {
        "has_lead": bool(entry.summary),
        "has_parts": len(entry.headings) > 1,
        "has_text": bool(entry.html),
        "has_below": bool(place.below),
        "has_more_below": place.below_is_long,
        "has_previous": place.previous is not None,
        "has_next": place.next is not None,
        "has_tags": bool(near.tags),
        "has_others": bool(writers.others),
        "is_mentioned": bool(near.mentioned_by),
        "many_mention_it": near.many_mention_it,
        "may_protect": may_review(person),
        "signed_in": person.is_authenticated,
        "leads_on": entry.redirect_id is not None,
    }
    return part(
        "entries/guide_article.html",
        shape,
        **_head(context, entry, writers.last),
        **_beside(place),
        notices=_notices(context, entry, is_discussed=is_discussed),
        parts=contents(entry.headings),
        text=written_to_edit(context, entry),
        verified=verification_box(context, entry, is_verified=is_verified),
        trouble=trouble_box(entry, troubles_of(entry.pk)) if is_doubtful else "",
        tags=tag_links(near.tags),
        faces=faces(writers.faces),
        others=ngettext("and %(number)s other", "and %(number)s others", writers.others) % {"number": writers.others},
        revisions=_revisions(entry.revision_number),
        mentioned_by=entry_links(near.mentioned_by),
        related=related_entries(context, entry),
    )


def _head(context: template.Context, entry: WikiPage, last: User | None) -> dict[str, Any]:
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
        "name": last or "",
        "watch": watch_button(context, entry),
        "tabs": entry_tabs(entry, "read"),
    }


def _beside(place: Place) -> dict[str, Any]:
    """The guides around it."""
    return {
        "above": entry_rows(place.above),
        "below": SafeString("".join([f"<li>{line}</li>" for line in guide_lines(place.below, 3)])),
        **_step("previous", place.previous),
        **_step("next", place.next),
    }


def _step(way: str, guide: Near | None) -> dict[str, str]:
    return {way: guide.title, f"{way}_url": guide.get_absolute_url()} if guide else {way: "", f"{way}_url": ""}


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


def _revisions(number: int) -> str:
    return ngettext("%(number)s revision", "%(number)s revisions", number) % {"number": number}
