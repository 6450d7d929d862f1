"""Link health in numbers: by state, by site, by section."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from resources.entries.health import COLOURS, ICONS, Health, health_column, of_health
from resources.entries.models import Section
from resources.links.models import Host, Link

MOST_NAMED = 6
"""Sites and sections that the page of link health names."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many links there are of one health."""

    word: str
    label: str
    number: int
    colour: str
    icon: str


def counted_by_health() -> list[Counted]:
    """Every health in the order of need, also those that no link has; one query."""
    rows = Link.objects.in_use().annotate(word=health_column()).values_list("word").annotate(Count("pk")).order_by()
    numbers = dict(rows)
    return [
        Counted(word, str(label), numbers.get(word, 0), COLOURS.get(word, ""), ICONS[word])
        for word, label in Health.choices
    ]


def worst_hosts() -> Any:
    """The sites with the most broken links, each with `broken` and `in_all`; one query."""
    used = Q(links__unused_since=None)
    counts: dict[str, Any] = {
        "in_all": Count("links", filter=used),
        "broken": Count("links", filter=used & of_health(Health.BROKEN, "links__")),
    }
    found: Any = Host.objects.annotate(**counts)
    return found.filter(broken__gt=0).order_by("-broken", "name")[:MOST_NAMED]


def worst_sections() -> Any:
    """The sections with the most resources whose own link is broken, each with `broken` and `in_all`; one query."""
    live = Q(placements__resource__removed_at=None, placements__resource__link__isnull=False)
    broken = live & of_health(Health.BROKEN, "placements__resource__link__")
    counts: dict[str, Any] = {"in_all": Count("placements", filter=live), "broken": Count("placements", filter=broken)}
    found: Any = Section.objects.live().annotate(**counts)
    return found.filter(broken__gt=0).only("type", "slug", "title").order_by("-broken", "title")[:MOST_NAMED]
