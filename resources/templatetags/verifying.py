"""What pages say of their verification."""

from typing import Any

from django import template

from resources.entries.models import Entry
from resources.permissions import may_verify
from resources.verifying.reading import standing_of

register = template.Library()


@register.inclusion_tag("verifying/box.html", takes_context=True)
def verification_box(context: template.Context, entry: Entry) -> dict[str, Any]:
    """With which release of Ray the page was tried, when and by whom; one query. For guides and comparisons."""
    may = may_verify(context["request"].user, entry.protection_level)
    return {"entry": entry, "standing": standing_of(entry), "may_verify": may}
