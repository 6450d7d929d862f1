"""How the text of an entry is shown: with its lists of entries in place, and ways to edit its parts for those who may."""

from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resources.entries.embeds import MOST_ON_A_PAGE, Embed, Problem, entries_of, fill
from resources.entries.models import Entry
from resources.permissions import may_propose
from resources.templatetags.face import rendered
from resources.text.anchoring import beside_headings

register = template.Library()


@register.simple_tag(takes_context=True)
def written(context: template.Context, html: str) -> SafeString:
    """HTML of an entry's text, with the lists of entries that it asks for."""
    request = context["request"]

    def draw(found: Embed | Problem, paragraph: str) -> str | None:
        if isinstance(found, Problem):
            note = _note(found.words) if may_propose(request.user) else ""
            # Braces that name no list of ours may be what the text is about: readers see them as they are.
            return f"{'' if found.known else paragraph}{note}"
        drawn = request.__dict__["drawn_lists"] = request.__dict__.get("drawn_lists", 0) + 1
        if drawn > MOST_ON_A_PAGE:
            return _note(_("A page shows %(most)s lists at most.") % {"most": MOST_ON_A_PAGE})
        return render_to_string("components/embed.html", {"embed": found, "entries": entries_of(found)}, request)

    return rendered(fill(html, draw))


def _note(words: str) -> str:
    return render_to_string("components/embed_problem.html", {"words": words})


@register.simple_tag(takes_context=True)
def written_to_edit(context: template.Context, entry: Entry) -> SafeString:
    """An entry's text as `written`, with a quiet way to edit each of its parts for those who may."""
    if not may_propose(context["request"].user, entry.protection_level):
        return written(context, entry.html)
    address = f"{entry.get_absolute_url()}edit/"
    words = _("Edit this part")

    def beside(anchor: str, heading: str) -> str:
        given = (address, quote(anchor), words, heading)
        return format_html(
            '<a class="part-edit" href="{}?section={}" rel="nofollow">{}<span class="unseen">: {}</span></a>', *given
        )

    return written(context, beside_headings(entry.html, beside))
