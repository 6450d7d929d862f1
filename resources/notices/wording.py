"""Each act of a notice as a sentence, and the page that it is about."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resources.notices.models import Notice

WATCHED = frozenset({"published", "published_many", "thread_opened", "proposal_new"})
"""Acts that people hear of because they watch something. All others concern the person."""

SENTENCES: Mapping[str, Any] = {
    "published": gettext_lazy("%(actor)s changed %(title)s."),
    "thread_opened": gettext_lazy("%(actor)s began a thread on %(title)s."),
    "mentioned": gettext_lazy("%(actor)s named you in the talk about %(title)s."),
    "answered": gettext_lazy("%(actor)s answered in the talk about %(title)s."),
    "post_removed": gettext_lazy("%(actor)s hid what you said in the talk about %(title)s."),
    "post_restored": gettext_lazy("%(actor)s brought back what you said in the talk about %(title)s."),
    "proposal_new": gettext_lazy("%(actor)s proposes a change to %(title)s, which you watch."),
    "proposal_accepted": gettext_lazy("%(actor)s accepted your proposal for %(title)s. It is live."),
    "proposal_rejected": gettext_lazy("%(actor)s rejected your proposal for %(title)s."),
    "proposal_changes_requested": gettext_lazy("%(actor)s asks you to change your proposal for %(title)s."),
    "proposal_amended": gettext_lazy("%(actor)s amended the proposal for %(title)s."),
    "proposal_reopened": gettext_lazy("%(actor)s reopened the proposal for %(title)s."),
    "proposal_needs_you": gettext_lazy(
        "Your proposal for %(title)s needs you: %(actor)s changed the same place meanwhile."
    ),
    "proposal_undone": gettext_lazy("%(actor)s took back the decision about your proposal for %(title)s."),
    "proposal_withdrawn": gettext_lazy("%(actor)s withdrew the proposal for %(title)s."),
    "proposal_superseded": gettext_lazy("%(actor)s published what you had proposed for %(title)s: it is live."),
    "report_upheld": gettext_lazy("%(actor)s agrees with what you reported. Thank you."),
    "report_dismissed": gettext_lazy("%(actor)s looked at what you reported and found nothing wrong."),
    "trust_kept": gettext_lazy("Your edits hold up again, so you stay an editor."),
    "trust_promoted": gettext_lazy("You are an editor now: what you write goes live at once. Thank you."),
    "trust_falls": gettext_lazy("Your edits will be looked at again, unless they hold up for a while."),
    "trust_demoted": gettext_lazy("Your edits are looked at again before they go live."),
    "trust_locked": gettext_lazy("%(actor)s fixed your role as it is."),
    "trust_unlocked": gettext_lazy("%(actor)s released your role: it follows your edits again."),
    "role_given": gettext_lazy("%(actor)s gave you another role."),
    "appeal_asked": gettext_lazy("%(actor)s asks you to look at a decision about their trust again."),
    "appeal_answered": gettext_lazy("%(actor)s answered your appeal."),
    "blocked": gettext_lazy("%(actor)s blocked you for a while."),
    "unblocked": gettext_lazy("%(actor)s ended your block. You can write again."),
    "cleaned_up": gettext_lazy("%(actor)s took back edits of yours."),
    "protected": gettext_lazy("%(actor)s protected %(title)s, where your proposal waits."),
    "unprotected": gettext_lazy("%(actor)s ended the protection of %(title)s."),
}


def sentence(notice: Notice) -> str:
    """What happened, in a sentence. An act that nobody has worded yet is said in general words."""
    actor = str(notice.actor) if notice.actor else _("RayHub")
    title = title_of(notice)
    if notice.act == "published_many":
        count = int(notice.words) if notice.words.isdecimal() else 0
        words = ngettext(
            "%(actor)s changed %(count)s entry that you watch.",
            "%(actor)s changed %(count)s entries that you watch.",
            count,
        )
        return words % {"actor": actor, "count": count}
    if notice.act == "look_again":
        return _look_again(notice)
    if notice.act == "webhook_failed":
        given = {"name": notice.words}
        return _("The webhook “%(name)s” failed too often in a row, and is switched off. Look at its messages.") % given
    if notice.act == "published" and notice.since == 0:
        return _("%(actor)s added %(title)s.") % {"actor": actor, "title": title}
    if notice.act in SENTENCES:
        return str(SENTENCES[notice.act]) % {"actor": actor, "title": title}
    return _("%(actor)s did something that concerns you: %(act)s.") % {
        "actor": actor,
        "act": " ".join([notice.act.replace("_", " "), *([f"({title})"] if title else [])]),
    }


def _look_again(notice: Notice) -> str:
    """Its words are the release and a number of pages."""
    version, _space, count = notice.words.partition(" ")
    words = ngettext(
        "Ray %(version)s is out: %(count)s page that you verified or wrote was tried with older ones only. Look at it"
        " again.",
        "Ray %(version)s is out: %(count)s pages that you verified or wrote were tried with older ones only. Look at"
        " them again.",
        int(count),
    )
    return words % {"version": version, "count": count}


def title_of(notice: Notice) -> str:
    """What the notice is about, by its title."""
    if notice.entry is not None:
        return Truncator(notice.entry.title).chars(120)
    if notice.proposal is not None:
        return Truncator(notice.proposal.title).chars(120)
    return ""


def quoted(notice: Notice) -> str:
    """The words that somebody gave with the act: a note, a reason, the beginning of a post, an edit's summary."""
    if notice.act in {"published_many", "look_again", "webhook_failed"}:
        return ""
    if notice.act == "published" and notice.revision is not None:
        return notice.revision.headline
    return notice.words


def path_of(notice: Notice) -> str:
    """The page that the notice is about, from the site's root."""
    if notice.post is not None:
        return notice.post.get_absolute_url()
    if notice.proposal is not None:
        return notice.proposal.get_absolute_url()
    if notice.act == "look_again":
        return f"{reverse('look_again')}?mine=1"
    if notice.act == "webhook_failed":
        return reverse("webhooks")
    if notice.entry is None:
        return reverse("changes") if notice.act in WATCHED else notice.person.get_absolute_url()
    entry = notice.entry.get_absolute_url()
    if notice.revision is None:
        return entry
    if not notice.since:
        return f"{entry}history/{notice.revision.number}/"
    return f"{entry}history/{notice.since}..{notice.revision.number}/"
