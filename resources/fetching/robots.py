"""robots.txt, for its Crawl-delay alone: these are single visits to addresses that people cite, not a crawl."""

from resources.fetching.visits import AGENT

LONGEST = 30.0
"""No host gets more seconds than these between two visits, whatever it asks for."""


def crawl_delay(text: str) -> float:
    """Seconds that it asks to leave between two requests of ours: those of our own group, else those of everybody."""
    ours = AGENT.partition("/")[0].lower()
    named: set[str] = set()
    in_rules = False
    found: dict[str, float] = {}
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip().lower()
        if not colon:
            continue
        if key == "user-agent":
            named = (set() if in_rules else named) | {value.partition("/")[0]}
            in_rules = False
            continue
        in_rules = True
        if key == "crawl-delay":
            found.update(dict.fromkeys(named, _seconds(value)))
    return found.get(ours, found.get("*", 0.0))


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return min(max(seconds, 0.0), LONGEST) if seconds == seconds else 0.0
