"""The only place that answers "may they?". Everything here takes a person (also a stranger) and gives yes or no.

A protected entry asks for more: with level "editors" contributors cannot even propose; with "moderators" only moderators
publish, and editors propose.
"""

from typing import Any

from accounts.roles import Role, role_of

EDITORS, MODERATORS = "editors", "moderators"
"""The levels of protection, as entries.models.Protection.Level has them."""


def _able(person: Any, permission: str) -> bool:
    return bool(
        person.is_authenticated
        and person.is_active
        and not person.is_blocked
        and person.has_perm(f"accounts.{permission}")
    )


def may_propose(person: Any, level: str = "") -> bool:
    """Send a change to the review queue."""
    return _able(person, "publish" if level else "propose")


def may_publish(person: Any, level: str = "") -> bool:
    """Make a change live at once, and take old ones back."""
    return _able(person, "review" if level == MODERATORS else "publish")


def may_verify(person: Any, level: str = "") -> bool:
    """Say that they tried what an entry says, with which release, and found it right."""
    return may_publish(person, level)


def may_review(person: Any) -> bool:
    """Decide proposals and reports, protect entries, block people, clean up."""
    return _able(person, "review")


def may_administer(person: Any) -> bool:
    """Give roles, change the site's lists, read mails that no server took."""
    return _able(person, "administer")


def may_talk(person: Any) -> bool:
    """Write in a talk, and report what is wrong."""
    return _able(person, "propose")


def may_retest(person: Any) -> bool:
    """Have a link tested again, because its verdict looks wrong: everybody who is signed in."""
    return bool(person.is_authenticated and person.is_active and not person.is_blocked)


def may_judge_links(person: Any) -> bool:
    """Ignore a link's trouble for a while, and say that the page which now answers is the right one."""
    return may_publish(person)


def is_trusted(person: Any) -> bool:
    """Whether the doubts about new accounts (many links, haste) do not arise."""
    return role_of(person) not in {Role.READER, Role.CONTRIBUTOR}


def may_settle(person: Any, author_id: int) -> bool:
    """Resolve and reopen a thread that somebody began."""
    return may_talk(person) and (person.pk == author_id or may_publish(person))


def may_reword(person: Any, author_id: int) -> bool:
    """Edit what somebody said: only they themselves may."""
    return may_talk(person) and bool(person.pk == author_id)


def may_hide(person: Any, author_id: int) -> bool:
    """Delete what somebody said."""
    return may_reword(person, author_id) or may_review(person)


def may_unverify(person: Any, verifier_id: int) -> bool:
    """Take a verification back: one's own, or as a moderator anybody's."""
    return may_review(person) or bool(may_verify(person) and person.pk == verifier_id)
