"""What visits found, in words for people: a short name for each cause, a sentence that explains it, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from resources.entries.health import Health, health_of
from resources.fetching.visits import Cause
from resources.links.models import Check, Link

CAUSES: Mapping[str, tuple[Any, Any]] = {
    # cause: (its name in filters and files, its sentence)
    Cause.FOUND: (_("answers"), _("It answers.")),
    Cause.FRAGMENT_MISSING: (
        _("place in the page missing"),
        _("It answers, but the page does not have the place that the link names behind #."),
    ),
    Cause.UNCHANGED: (_("unchanged"), _("It answers, and the page is as it was at the visit before.")),
    Cause.DRIFTED: (_("another page"), _("It answers, but with another page than the one that was here before.")),
    Cause.MOVED: (_("moved for good"), _("It moved for good to another address.")),
    Cause.NOT_FOUND: (_("no such page (404)"), _("The site says that it has no such page (404).")),
    Cause.GONE: (_("taken away (410)"), _("The site says that the page was taken away for good (410).")),
    Cause.REFUSED_REQUEST: (_("request refused"), _("The site refuses to answer this request.")),
    Cause.SERVER_ERROR: (_("error of the site"), _("The site answers with an error of its own.")),
    Cause.NO_SUCH_HOST: (_("no such site"), _("There is no site of this name any more.")),
    Cause.CONNECTION_REFUSED: (_("no connection"), _("The site's machine takes no connections.")),
    Cause.CONNECTION_RESET: (_("connection cut"), _("The connection was cut before an answer came.")),
    Cause.TIMEOUT: (_("no answer in time"), _("No answer came in time.")),
    Cause.TLS_EXPIRED: (_("certificate expired"), _("The site's certificate has expired, and browsers warn of it.")),
    Cause.TLS_WRONG_HOST: (_("certificate of another"), _("The site shows a certificate that is for another name.")),
    Cause.TLS_UNTRUSTED: (
        _("certificate not trusted"),
        _("The site's certificate is signed by nobody whom browsers trust."),
    ),
    Cause.TLS_FAILED: (_("no safe connection"), _("No safe connection to the site could be made.")),
    Cause.REDIRECT_LOOP: (_("leads in a circle"), _("Its redirects lead in a circle.")),
    Cause.TOO_MANY_REDIRECTS: (_("too many redirects"), _("It redirects so many times that browsers give up.")),
    Cause.NOT_HTTP: (_("no answer of the web"), _("What came back is nothing that a browser understands.")),
    Cause.SOFT_404: (
        _("says that nothing is there"),
        _("It answers as if all were well, but the page itself says that nothing is there."),
    ),
    Cause.REDIRECTED_HOME: (
        _("leads to the front page"),
        _("It leads to the site's front page: the page that was meant is gone."),
    ),
    Cause.PARKED: (
        _("name for sale"),
        _("The site is gone: its name is for sale, or shows nothing but advertisements."),
    ),
    Cause.SIGN_IN: (_("wants a sign-in"), _("The site asks for a sign-in, so a program cannot tell.")),
    Cause.FORBIDDEN: (_("lets no program in"), _("The site lets no program in. People with a browser often are.")),
    Cause.TOO_MANY_REQUESTS: (
        _("asked too often"),
        _("The site says that it is asked too often, and is left in peace for a while."),
    ),
    Cause.LEGAL: (_("kept back by law"), _("The site may not show it here, for reasons of law (451).")),
    Cause.BOT_WALL: (_("wants a person"), _("The site wants to see a person first, so a program cannot tell.")),
    Cause.NOT_WEB: (_("not of the web"), _("This is no address of the web, so there is nothing to visit.")),
    Cause.PLACEHOLDER: (_("placeholder"), _("This address only stands for others, as example.org does.")),
    Cause.EXCLUDED: (_("left out by rule"), _("A rule of this site leaves the address out.")),
    Cause.GUARD: (_("private network"), _("It leads into a private network, which is never visited.")),
    Cause.VOID: (_("not our day"), _("The trouble was ours. The visit is made again.")),
}

REMEDIES: Mapping[str, Any] = {
    Health.BROKEN: _("Look where it went and change the address, or take it out."),
    Health.FAILING: _("Nothing yet: one failure is no verdict, and it is tested again soon."),
    Health.DRIFTED: _("Open it: is this still what was meant? If so, say that it is the right page."),
    Health.MOVED: _("It still works. Put the new address in the old one's place."),
    Health.BLOCKED: _("Open it yourself: a browser may well be let in."),
    Health.UNTESTED: _("Nothing: its first visit comes by itself."),
    Health.SKIPPED: _("Nothing: such addresses are not visited."),
    Health.IGNORED: _("Nothing for now: somebody knows of it, and said why it does not count."),
    Health.OK: "",
}
"""What somebody who helps can do about a link."""


def cause_name(cause: str) -> str:
    """A cause in two or three words; as it is where it is none that we know."""
    return str(CAUSES[cause][0]) if cause in CAUSES else cause


def sentence_of(found: Link | Check) -> str:
    """What the last visit of a link, or a run of visits, found."""
    if not found.cause:
        return str(_("Nobody has visited it yet."))
    words = str(CAUSES[found.cause][1]) if found.cause in CAUSES else found.cause
    # Where the sentence names no status, the number helps those who keep sites.
    known = found.status >= 400 and f"({found.status})" not in words
    return f"{words[:-1]} ({found.status})." if known and words.endswith(".") else words


def remedy_of(link: Link) -> str:
    """What somebody who helps can do about it."""
    return str(REMEDIES[health_of(link)])
