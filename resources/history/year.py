"""A person's contributions over a year as a picture: a square for each day, drawn by the server, with a table beside it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from resources.history.models import Revision

WEEKS = 53
CELL, GAP = 10, 3
LEFT, TOP = 0, 16
STEPS = (1, 3, 6, 12)
"""From how many contributions in a day on a square is darker."""


@dataclass(frozen=True, slots=True)
class Year:
    """`paths`: one drawing for each shade from 0 to 4; `labels`: (x, month); `months`: (name, number), the oldest first."""

    total: int
    width: int
    height: int
    paths: list[str]
    labels: list[tuple[int, str]]
    months: list[tuple[str, int]]


def year_of(person: User, today: date | None = None) -> Year:
    """The last 53 weeks of a person, in one query."""
    today = today or timezone.localdate()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    found = Revision.objects.filter(author=person, created_at__date__gte=first, created_at__date__lte=today)
    days = dict(found.annotate(day=TruncDate("created_at")).values_list("day").annotate(Count("pk")).order_by("day"))
    return draw(days, first, today)


def draw(days: dict[date, int], first: date, today: date) -> Year:
    """The squares of all days from a Monday to today."""
    paths: list[list[str]] = [[] for _shade in range(len(STEPS) + 1)]
    labels: list[tuple[int, str]] = []
    months: Counter[date] = Counter()
    for place in range((today - first).days + 1):
        day = first + timedelta(days=place)
        number = days.get(day, 0)
        x, y = LEFT + place // 7 * (CELL + GAP), TOP + place % 7 * (CELL + GAP)
        paths[sum(number >= step for step in STEPS)].append(f"M{x} {y}h{CELL}v{CELL}h-{CELL}z")
        months[day.replace(day=1)] += number
        if day.day == 1 and place // 7 < WEEKS - 2:
            labels.append((x, date_format(day, "M")))
    return Year(
        total=sum(months.values()),
        width=WEEKS * (CELL + GAP) - GAP,
        height=TOP + 7 * (CELL + GAP) - GAP,
        paths=["".join(squares) for squares in paths],
        labels=labels,
        months=[(date_format(month, "F Y"), months[month]) for month in sorted(months)],
    )
