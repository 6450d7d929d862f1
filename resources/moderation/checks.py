"""What every proposal is tested for, like the checks of a pull request: one small function each, CHECKS in one place.

A check reads and writes nothing, and reaches no network. It gives None where it does not concern what is asked.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resources.entries.models import Resource
from resources.links.manners import is_out_of_reach
from resources.moderation.doubles import same_address, same_title
from resources.moderation.examined import FAILED, PASSED, PENDING, WARNED, Examined, Result
from resources.moderation.models import BannedWord
from resources.permissions import is_trusted
from resources.proposals.models import Proposal
from resources.text.addresses import BadAddress, check_address
from resources.text.cleaning import clean_source
from resources.text.punctuation import LONGEST, faults, mended
from resources.text.suspicion import addresses_in, mixed_words, naming

WORST = (FAILED, WARNED, PASSED)

NEW_FOR_DAYS = 7
MANY_LINKS = 3
HASTE = 3
"""Seconds in which nobody fills in a form."""


type Check = Callable[[Examined], Result | None]


def address(of: Examined) -> Result | None:
    """A link must be one that can be opened from outside."""
    if not of.is_resource or "url" not in of.changed:
        return None
    url = of.content["url"]
    try:
        checked = check_address(url)
    except BadAddress as error:
        return Result("address", FAILED, str(error))
    if is_out_of_reach(checked):
        return Result("address", FAILED, _("The link leads into a private network, where readers cannot go."))
    if checked != url:
        repair = {"url": checked}
        return Result("address", WARNED, _("The link has signs around it that do not belong to it."), repair)
    return Result("address", PASSED, _("The link is well formed."))


def sources(of: Examined) -> Result | None:
    """A source must be one that readers can open."""
    if not of.sources:
        return None
    for url in of.sources:
        try:
            inside = is_out_of_reach(check_address(url))
        except BadAddress as error:
            return Result("sources", FAILED, f"{url[:100]}: {error}")
        if inside:
            words = _("%(source)s leads into a private network, where readers cannot go.") % {"source": url[:100]}
            return Result("sources", FAILED, words)
    return Result("sources", PASSED, _("The sources are well formed."))


def twin_address(of: Examined) -> Result | None:
    """One link has one entry."""
    if not of.is_resource or "url" not in of.changed:
        return None
    listed, proposed = same_address(of.content["url"], of.proposal)
    if listed:
        words = (
            _("This link is listed already, as “%(title)s”.")
            if listed.live
            else _("“%(title)s” had this link, and was removed.")
        )
        return Result("twin_address", FAILED, words % {"title": listed.title})
    if proposed:
        words = _("Proposal %(number)s, “%(title)s”, has the same link.") % {
            "number": proposed.pk,
            "title": proposed.title,
        }
        return Result("twin_address", WARNED, words)
    return Result("twin_address", PASSED, _("No other entry has this link."))


def twin_title(of: Examined) -> Result | None:
    """Two entries with nearly the same title are often one."""
    if "title" not in of.changed:
        return None
    found = same_title(of.content["title"], of.proposal)
    if found:
        return Result("twin_title", WARNED, _("“%(title)s” has nearly the same title.") % {"title": found})
    return Result("twin_title", PASSED, _("No other title is like this one."))


_FAULTS = {
    "capital": gettext_lazy("Begin it with a capital letter."),
    "end": gettext_lazy("End it with a full stop."),
    "spaces": gettext_lazy("There are spaces too many."),
    "lines": gettext_lazy("Write it in one line."),
    "title": gettext_lazy("It says the title again. Say what it is for."),
    "long": gettext_lazy("It is too long for a list. Keep it below 300 characters."),
}


def style(of: Examined) -> Result | None:
    """A summary reads like the others in the list."""
    if not of.is_resource or "summary" not in of.changed:
        return None
    summary, title = of.content["summary"], of.content["title"]
    found = faults(summary, title)
    if not summary.strip():
        return Result("style", WARNED, _("The summary is empty. Say in one sentence what it is for."))
    if not found:
        return Result("style", PASSED, _("The summary reads like the others."))
    better = mended(summary)
    repair = {"summary": better} if better != summary and len(better) <= LONGEST else None
    return Result("style", WARNED, " ".join(str(_FAULTS[fault]) for fault in found), repair)


def link_status(of: Examined) -> Result | None:
    """Whether the link answers: filled in when it has been opened (opening.py)."""
    if not of.own_link:
        return None
    if not settings.LINK_CHECKS:
        return Result("link_status", PENDING, _("Links are not opened here. Open it yourself."))
    return Result("link_status", PENDING, _("It is being tested."))


def links_inside(of: Examined) -> Result | None:
    """Whether sources, and links in texts, answer: filled in when they have been opened (opening.py)."""
    if not settings.LINK_CHECKS or not of.may_lead_outside:
        return None
    return Result("links_inside", PENDING, _("They are being tested."))


def archived(of: Examined) -> Result | None:
    """What nobody works on any more is rarely worth a new line."""
    if not of.is_resource or "state" not in of.changed:
        return None
    if of.content["state"] == Resource.State.ACTIVE:
        return Result("archived", PASSED, _("It is said to be alive."))
    return Result("archived", WARNED, _("It is said to be archived or gone."))


def many_links(of: Examined) -> Result | None:
    """New accounts with many links are mostly spam."""
    person = of.proposal.author
    young = (timezone.now() - person.joined_at).days < NEW_FOR_DAYS
    if is_trusted(person) or person.is_credited_only or not young or not of.typed:
        return None
    count = len(of.sources) + sum(
        len(Counter(addresses_in(text)) - Counter(addresses_in(str(of.before.get(name, "")))))
        for name, text in of.texts.items()
        if name != "url"
    )
    if count > MANY_LINKS:
        words = ngettext("%d link from an account of this week.", "%d links from an account of this week.", count)
        return Result("many_links", FAILED if count > 3 * MANY_LINKS else WARNED, words % count)
    return Result("many_links", PASSED, _("Few links, for a new account."))


def haste(of: Examined) -> Result | None:
    """A form that was sent at once was filled in by a program."""
    seconds = of.proposal.seconds
    if seconds is None or is_trusted(of.proposal.author):
        return None
    if seconds < HASTE:
        return Result("haste", WARNED, _("It was typed in under three seconds."))
    return Result("haste", PASSED, _("It was typed by hand."))


def hidden_signs(of: Examined) -> Result | None:
    """Signs that nobody sees, or that turn the direction of what others read."""
    hidden = {
        name: clean_source(text) for name, text in of.texts.items() if clean_source(text) != text.replace("\r\n", "\n")
    }
    if hidden:
        words = _("Invisible or direction-changing characters in: %s.") % ", ".join(sorted(hidden))
        return Result("hidden_signs", FAILED, words, hidden)
    if any(clean_source(cell) != cell.replace("\r\n", "\n") for cell in of.typed):
        return Result("hidden_signs", FAILED, _("Invisible or direction-changing characters in its rows."))
    mixed = [word for text in of.typed for word in mixed_words(text)]
    if mixed:
        words = _("Letters of different scripts in one word, which can imitate another: %s.") % ", ".join(mixed[:3])
        return Result("hidden_signs", WARNED, words)
    return Result("hidden_signs", PASSED, _("No hidden characters.")) if of.typed else None


def banned_words(of: Examined) -> Result | None:
    """Words that the administrators do not want here."""
    if not of.typed:
        return None
    said = "\n".join(of.typed)
    found = naming(BannedWord.objects.values_list("word", flat=True), said)
    if found:
        return Result("banned_words", FAILED, _("Words that are not wanted here: %s.") % ", ".join(found))
    return Result("banned_words", PASSED, _("No unwanted words."))


CHECKS: tuple[Check, ...] = (
    address,
    sources,
    twin_address,
    twin_title,
    style,
    link_status,
    links_inside,
    archived,
    many_links,
    haste,
    hidden_signs,
    banned_words,
)

NAMES = {
    "address": gettext_lazy("Link"),
    "sources": gettext_lazy("Sources"),
    "twin_address": gettext_lazy("Not listed twice"),
    "twin_title": gettext_lazy("Title of its own"),
    "style": gettext_lazy("Style of the summary"),
    "link_status": gettext_lazy("Link answers"),
    "link_title": gettext_lazy("Title of the page"),
    "link_project": gettext_lazy("Repository is alive"),
    "links_inside": gettext_lazy("Sources and links in it answer"),
    "archived": gettext_lazy("Alive"),
    "many_links": gettext_lazy("Number of links"),
    "haste": gettext_lazy("Typed by hand"),
    "hidden_signs": gettext_lazy("Visible characters"),
    "banned_words": gettext_lazy("Words"),
}
"""What the checks are called on pages."""


def examine(proposal: Proposal) -> None:
    """Runs every check and keeps what they found with the proposal, unsaved; `check_state` is the worst of them."""
    of = Examined(proposal)
    results = [result for result in (check(of) for check in CHECKS) if result is not None]
    proposal.checks = [asdict(result) for result in results]
    proposal.check_state = worst(result.state for result in results)


def worst(states: Iterable[str]) -> str:
    """The worst of these states; what is not known yet counts for nothing."""
    found = set(states)
    return next((word for word in WORST if word in found), PASSED)
