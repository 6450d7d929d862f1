"""The table of a comparison, wherever one is drawn that is not live: in a preview, on the page of a proposal."""

from collections.abc import Collection
from typing import Any

from django import template

from resources.entries.knowledge import Comparison
from resources.entries.tables import Wish, table_of

register = template.Library()


@register.inclusion_tag("components/comparison_table.html")
def comparison_table(entry: Comparison, criteria: Collection[str] = ()) -> dict[str, Any]:
    """The table, of some criteria or of all, without ways to edit it; one query."""
    return {"table": table_of(entry, Wish(criteria=criteria)), "caption": entry.title}
