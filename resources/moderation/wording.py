"""The log in words: a sentence for each act, with links."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.history.models import Event

SENTENCES: Mapping[str, tuple[Any, Any]] = {
    # act: (its name in the filter, its sentence)
    "created": (gettext_lazy("created"), gettext_lazy("{actor} created {entry}")),
    "edited": (gettext_lazy("edited"), gettext_lazy("{actor} edited {entry}")),
    "merged": (gettext_lazy("edited, merged"), gettext_lazy("{actor} edited {entry}, merged with another edit")),
    "imported": (gettext_lazy("imported"), gettext_lazy("{actor} imported {entry}")),
    "removed": (gettext_lazy("removed"), gettext_lazy("{actor} removed {entry}")),
    "restored": (gettext_lazy("restored"), gettext_lazy("{actor} restored {entry}")),
    "undone": (gettext_lazy("took an edit back"), gettext_lazy("{actor} took an edit of {entry} back")),
    "cleaned_up": (
        gettext_lazy("cleaned up"),
        gettext_lazy("{actor} cleaned up after {person}: {number} entries, {left} left for hands"),
    ),
    "proposed": (gettext_lazy("proposed"), gettext_lazy("{actor} made the proposal {proposal}")),
    "amended": (gettext_lazy("amended"), gettext_lazy("{actor} amended the proposal {proposal}")),
    "repaired": (gettext_lazy("repaired"), gettext_lazy("{actor} applied a repair to the proposal {proposal}")),
    "superseded": (
        gettext_lazy("published what was proposed"),
        gettext_lazy("{actor} published what {proposal} asks for, which so left the queue"),
    ),
    "withdrawn": (gettext_lazy("withdrew"), gettext_lazy("{actor} withdrew the proposal {proposal}")),
    "accepted": (gettext_lazy("accepted"), gettext_lazy("{actor} accepted the proposal {proposal} by {person}")),
    "rejected": (gettext_lazy("rejected"), gettext_lazy("{actor} rejected the proposal {proposal} by {person}")),
    "changes_requested": (
        gettext_lazy("asked for changes"),
        gettext_lazy("{actor} asked {person} for changes to the proposal {proposal}"),
    ),
    "reopened": (gettext_lazy("reopened"), gettext_lazy("{actor} reopened the proposal {proposal}")),
    "decision_undone": (
        gettext_lazy("took a decision back"),
        gettext_lazy("{actor} took the decision about the proposal {proposal} back"),
    ),
    "repair_accepted": (
        gettext_lazy("accepted a repair"),
        gettext_lazy("{actor} accepted a repair of the link {repair} on {pages} pages"),
    ),
    "repair_rejected": (
        gettext_lazy("rejected a repair"),
        gettext_lazy("{actor} rejected a repair of the link {repair}"),
    ),
    "repair_undone": (
        gettext_lazy("took a decision about a repair back"),
        gettext_lazy("{actor} took the decision about a repair of the link {repair} back"),
    ),
    "release_added": (gettext_lazy("entered a release"), gettext_lazy("{actor} entered Ray {version}")),
    "verified": (gettext_lazy("verified"), gettext_lazy("{actor} verified {entry} with Ray {version}")),
    "verification_taken_back": (
        gettext_lazy("took a verification back"),
        gettext_lazy("{actor} took back that {person} verified {entry} with Ray {version}"),
    ),
    "link_retested": (gettext_lazy("had a link tested"), gettext_lazy("{actor} had {link} tested again")),
    "link_ignored": (
        gettext_lazy("ignored a link"),
        gettext_lazy("{actor} ignored what is wrong with {link} ({until})"),
    ),
    "link_unignored": (gettext_lazy("let a link count again"), gettext_lazy("{actor} let {link} count again")),
    "link_page_accepted": (
        gettext_lazy("accepted a page"),
        gettext_lazy("{actor} said that {link} shows the right page"),
    ),
    "post_removed": (gettext_lazy("hid a post"), gettext_lazy("{actor} hid a post by {person} about {entry}")),
    "post_restored": (
        gettext_lazy("brought a post back"),
        gettext_lazy("{actor} brought a post by {person} about {entry} back"),
    ),
    "protected": (gettext_lazy("protected"), gettext_lazy("{actor} protected {entry} ({level}, {until})")),
    "unprotected": (gettext_lazy("lifted a protection"), gettext_lazy("{actor} lifted the protection of {entry}")),
    "blocked": (gettext_lazy("blocked"), gettext_lazy("{actor} blocked {person} ({until})")),
    "unblocked": (gettext_lazy("lifted a block"), gettext_lazy("{actor} lifted the block of {person}")),
    "promoted": (gettext_lazy("became an editor"), gettext_lazy("{person} became an editor by the rule of trust")),
    "demoted": (
        gettext_lazy("became a contributor again"),
        gettext_lazy("{person} became a contributor again by the rule of trust"),
    ),
    "role_given": (gettext_lazy("gave a role"), gettext_lazy("{actor} made {person} {role}")),
    "trust_locked": (
        gettext_lazy("locked a role"),
        gettext_lazy("{actor} locked the role of {person}, whatever the rule says"),
    ),
    "trust_unlocked": (gettext_lazy("unlocked a role"), gettext_lazy("{actor} left the role of {person} to the rule")),
    "appeal_answered": (gettext_lazy("answered an appeal"), gettext_lazy("{actor} answered an appeal by {person}")),
    "reported": (gettext_lazy("reported"), gettext_lazy("{actor} reported {thing}")),
    "report_upheld": (gettext_lazy("upheld a report"), gettext_lazy("{actor} upheld a report of {thing}")),
    "report_dismissed": (
        gettext_lazy("dismissed a report"),
        gettext_lazy("{actor} dismissed a report of {thing}"),
    ),
}

FOR_MODERATORS = frozenset({"reported", "report_upheld", "report_dismissed", "appealed"})
"""Acts that only moderators see: who reports shall not be known to whom they reported."""

WITHOUT_WHY = frozenset({"blocked", "unblocked", "post_removed", "trust_locked", "appeal_answered"})
"""Acts whose reason is between moderators and the person."""


def sentence(event: Event) -> SafeString:
    """What happened, in a sentence; the event with its actor, entry, person and proposal."""
    template = SENTENCES.get(event.act, ("", _("{actor}: {act} {entry}")))[1]
    details = event.details
    names = {
        "actor": _link(event.actor) if event.actor else _("RayHub"),
        "person": _link(event.person) if event.person else _("somebody"),
        "entry": _link(event.entry) if event.entry else _("something"),
        "proposal": _link(event.proposal) if event.proposal else "",
        "thing": _link(event.entry or event.person) if event.entry or event.person else _("a post"),
        "act": event.act.replace("_", " "),
        "number": len(details.get("entries", ())),
        "left": len(details.get("by_hand", ())),
        "level": _LEVELS.get(details.get("level", ""), ""),
        "role": details.get("role", ""),
        "version": details.get("version", ""),
        "repair": _repair(details),
        "pages": details.get("pages", 0),
        "until": _until(details.get("until")),
        "link": _address(details),
    }
    return format_html(str(template), **names)


_LEVELS: Mapping[str, Any] = {
    "editors": gettext_lazy("for editors only"),
    "moderators": gettext_lazy("for moderators only"),
}


def _until(word: str | None) -> str:
    moment = parse_datetime(word) if word else None
    if moment is None or moment.year > 9000:
        return _("until it is lifted")
    return _("until %(moment)s") % {"moment": date_format(localtime(moment), "j F Y, H:i")}


def _address(details: dict[str, Any]) -> SafeString:
    return format_html('<a href="/links/{}/">{}</a>', details.get("link", 0), details.get("address", ""))


def _repair(details: Mapping[str, Any]) -> SafeString | str:
    if "repair" not in details:
        return ""
    return format_html('<a href="{}">{}</a>', reverse("repair", args=[details["repair"]]), details.get("old", ""))


def _link(thing: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), getattr(thing, "title", None) or thing)
