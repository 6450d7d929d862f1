"""The pages of one entry, as tabs."""

from django import template
from django.utils.safestring import SafeString

from resources.entries.models import Entry
from resources.templatetags.once import part

register = template.Library()


@register.simple_tag
def entry_tabs(entry: Entry, tab: str) -> SafeString:
    """Its tabs; `tab` is the one that is open: "read", "talk", "edit", "history", "backlinks", or "" for none of them."""
    given = {"url": entry.get_absolute_url(), "file": entry.source_address, "number": entry.revision_number}
    return part("components/tab_list.html", {"tab": tab, "live": entry.live}, **given)
