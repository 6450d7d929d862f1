"""What pages say of their verification."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from resources.entries.models import Entry
from resources.permissions import may_verify
from resources.templatetags.once import drawn
from resources.verifying.reading import standing_of

register = template.Library()

BOX = "verifying/box.html"


@register.simple_tag(takes_context=True)
def verification_box(context: template.Context, entry: Entry, *, is_verified: bool = True) -> SafeString:
    """With which release of Ray the page was tried, when and by whom; one query, unless it is known that nobody tried it.
    For guides and comparisons.
    """
    may = may_verify(context["request"].user, entry.protection_level)
    given = {"entry": entry, "standing": standing_of(entry) if is_verified else None, "may_verify": may}
    if given["standing"] is None and not may:
        return mark_safe(drawn(lambda: render_to_string(BOX, given), BOX)[0])  # noqa: S308  # a template's own
    return render_to_string(BOX, given)
