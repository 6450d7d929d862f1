"""Where redirects land: a page that is gone is often answered with the site's front page, or with its sign-in."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from resources.fetching.sights import Sight
from resources.fetching.visits import Cause, Verdict

WITNESSES = 3
"""So many different pages of a host that land on one and the same were not all moved there."""
SIGN_IN = {"login", "signin", "authwall", "sso", "oauth", "servicelogin", "logon", "wayf"}

_HOME = {"home", "homepage", "index", "default", "start", "welcome", "main", "startpage"}
_EVERYWHERE = {
    "en",
    "latest",
    "stable",
    "master",
    "docs",
    "doc",
    "www",
    "html",
    "htm",
    "php",
    "asp",
    "aspx",
    "jsp",
    "http",
    "https",
}
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")


def words_of(text: str) -> set[str]:
    """The telling words of a part of an address: no languages, no endings, none that front pages have."""
    found = set(re.findall(r"[^\W_]+", unquote(text).lower()))
    return {word for word in found if word not in _HOME | _EVERYWHERE and not _LANGUAGE.fullmatch(word)}


def depth(address: str) -> int:
    """How many telling parts the path has."""
    return sum(bool(words_of(part)) for part in urlsplit(address).path.split("/"))


def is_home(address: str) -> bool:
    """Whether it is a front page by its path: the root, that of a language, or one that is called so."""
    parts = [part for part in urlsplit(address).path.lower().split("/") if part]
    return not any(map(words_of, parts)) or parts[-1].partition(".")[0] in _HOME


def has_lost_all(origin: str, final: str) -> bool:
    """Whether nothing of the page that was asked for is left in where the redirects led."""
    old, new = urlsplit(origin), urlsplit(final)
    kept = words_of(f"{new.path} {new.query}")
    if not same_site(origin, final):
        kept |= words_of((new.hostname or "").replace(".", " "))
    return not words_of(f"{old.path} {old.query}") & kept


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: the same host, with or without a name in front."""
    first, second = (urlsplit(address).hostname or "" for address in (one, other))
    first, second = first.removeprefix("www."), second.removeprefix("www.")
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def leads_to_sign_in(origin: str, final: str) -> bool:
    """Whether the redirects ended at a door that the origin does not name."""

    def doors(address: str) -> bool:
        ends = urlsplit(address).path.lower().split("/")[-2:]
        return any(re.sub(r"[-_]", "", end.partition(".")[0]) in SIGN_IN for end in ends)

    return doors(final) and not doors(origin)


@dataclass(slots=True)
class Landings:
    """What lands where, on one host. What cannot be judged alone is held until the host's other pages are known."""

    held: dict[str, list[Sight]] = field(default_factory=dict)

    def add(self, sight: Sight) -> bool:
        """Whether all is said of this page; if not, it is held back."""
        if not sight.redirected or not sight.good:
            return True
        if leads_to_sign_in(sight.page, sight.landed):
            sight.change(Verdict.BLOCKED, Cause.SIGN_IN, "it wants a sign-in")
            return True
        if not depth(sight.page) or not has_lost_all(sight.page, sight.landed):
            return True
        if is_home(sight.landed) and depth(sight.page) > 1 and same_site(sight.page, sight.landed):
            _lose(sight, "it leads to the front page")
            return True
        self.held.setdefault(sight.landed, []).append(sight)
        return False

    def settle(self) -> list[Sight]:
        """All that was held: the host has told everything."""
        settled = []
        for landed, sights in self.held.items():
            own_front = is_home(landed) and all(same_site(sight.page, landed) for sight in sights)
            if len({sight.page for sight in sights}) >= (WITNESSES - 1 if own_front else WITNESSES):
                for sight in sights:
                    _lose(
                        sight, "it leads to the front page" if is_home(landed) else "many pages of this site lead there"
                    )
            settled += sights
        self.held = {}
        return settled


def _lose(sight: Sight, note: str) -> None:
    sight.change(Verdict.BROKEN, Cause.REDIRECTED_HOME, note)
