"""How link health went over the last weeks: a picture that the server draws, and a table of the same figures."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from resources.entries.health import Health
from resources.links.models import Link, Tally

DAYS = 90
WIDTH, HEIGHT = 720, 160
SHOWN = (Health.BROKEN, Health.FAILING, Health.MOVED, Health.BLOCKED)
"""The states that are drawn, from the bottom up. What works would dwarf them, and stands in the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the table: the numbers of SHOWN, and of all that were counted."""

    day: date
    numbers: list[int]
    works: int
    in_all: int


@dataclass(frozen=True, slots=True)
class Trend:
    """`paths`: (word, label, drawing) for each state that occurs; `top`: the number at the upper edge."""

    paths: list[tuple[str, str, str]]
    rows: list[Row]
    labels: list[str]
    top: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def first(self) -> date:
        """The first day that is drawn."""
        return self.rows[-1].day

    @property
    def last(self) -> date:
        """The last one."""
        return self.rows[0].day


def trend(today: date | None = None) -> Trend | None:
    """The last DAYS that were counted, the latest first in the table; None where fewer than two were. One query."""
    today = today or timezone.localdate()
    found = Tally.objects.filter(day__gt=today - timedelta(days=DAYS), day__lte=today).order_by("day")
    tallies = list(found.values_list("day", "counts"))
    return draw(tallies) if len(tallies) > 1 else None


def draw(tallies: list[tuple[date, dict[str, int]]]) -> Trend:
    """Bars of the days, each with its states on top of one another."""
    first, last = tallies[0][0], tallies[-1][0]
    wide = WIDTH / ((last - first).days + 1)
    rows = [_row(day, counts) for day, counts in tallies]
    top = _round_up(max(sum(row.numbers) for row in rows))
    bars: dict[str, list[str]] = {word: [] for word in SHOWN}
    for row in rows:
        x, base = (row.day - first).days * wide, float(HEIGHT)
        for word, number in zip(SHOWN, row.numbers, strict=True):
            tall = number * HEIGHT / top
            if number:
                base -= tall
                bars[word].append(f"M{x:.1f} {base:.1f}h{wide * 0.82:.1f}v{tall:.1f}h-{wide * 0.82:.1f}z")
    labels = {str(word): str(word.label) for word in SHOWN}
    return Trend(
        paths=[(str(word), labels[word], "".join(drawn)) for word, drawn in bars.items() if drawn],
        rows=rows[::-1],
        labels=list(labels.values()),
        top=top,
    )


def _row(day: date, counts: dict[str, int]) -> Row:
    return Row(day, [counts.get(word, 0) for word in SHOWN], counts.get(Link.State.OK, 0), sum(counts.values()))


def _round_up(number: int) -> int:
    """The next even number that reads well: 2, 4, 6, 8, 10, 20, 40, …"""
    step = 1
    while True:
        for nice in (2 * step, 4 * step, 6 * step, 8 * step, 10 * step):
            if nice >= number:
                return nice
        step *= 10
