"""What stands above a page's text: where it leads on to, who was led here, and who still calls it by an old name."""

from django import template
from django.template.loader import render_to_string

from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.links.old_names import old_callers
from resources.permissions import may_propose

register = template.Library()


@register.simple_tag(takes_context=True)
def leading(context: template.Context, entry: Entry) -> str:
    """For every kind of entry. Strangers cost no query but on the way from a redirect."""
    request = context["request"]
    may = may_propose(request.user, entry.protection_level)
    callers, old_name = old_callers(entry) if may else (0, "")
    guide = entry if isinstance(entry, WikiPage) else None
    came_by = request.GET.get("from", "").replace("\0", "")[:120] if request.META.get("QUERY_STRING") else ""
    target = guide.redirect if guide and guide.redirect_id else None
    source = WikiPage.objects.live().filter(slug=came_by, redirect=guide).first() if guide and came_by else None
    if not (target or source or callers):
        return ""
    given = {
        "entry": entry,
        "may": may,
        "callers": callers,
        "old_name": old_name,
        "target": target,
        "came_from": source,
    }
    return render_to_string("components/leading.html", given)
