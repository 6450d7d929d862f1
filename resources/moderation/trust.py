"""Trust that grows by itself: contributors become editors by a rule, and fall back by it after a time of grace."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role, give_role, role_of
from resources.history.models import Event
from resources.moderation.models import Trust
from resources.moderation.refusals import NotAllowed
from resources.moderation.trust_records import Reckoning, present_rule, reckon_person
from resources.notices.telling import tell
from resources.permissions import may_administer, may_review
from resources.publishing import PublishRefused
from resources.text.cleaning import clean_source

GRACE = timedelta(days=14)
"""How long an editor who no longer meets the rule stays one."""


class TrustRefused(PublishRefused):
    """This makes no sense for this person; the message says what does."""


def after_decision(person: User) -> None:
    """Looks at a person's trust again, when a proposal of theirs was decided; inside the caller's transaction."""
    review(person)


def review_all() -> list[tuple[User, str]]:
    """Looks at everybody's trust again: those whose role changed, with the event's word."""
    people = User.objects.filter(is_active=True, groups__name__in=[Role.CONTRIBUTOR, Role.EDITOR]).distinct()
    changed = [(person, review(person)) for person in people.order_by("pk")]
    return [(person, word) for person, word in changed if word]


def review(person: User) -> str:
    """Promotes, warns, keeps or demotes by the rule: "promoted", "falling", "kept", "demoted", or "" for nothing.

    Only contributors rise, and only editors whom the rule made ones fall. A locked role stays.
    """
    rule, role = present_rule(), role_of(person)
    if rule is None or role not in {Role.CONTRIBUTOR, Role.EDITOR} or person.is_blocked:
        return ""
    with transaction.atomic():
        trust = Trust.objects.select_for_update(of=("self",)).filter(person=person).first()
        if trust is not None and trust.locked:
            return ""
        if role == Role.CONTRIBUTOR:
            reckoning = reckon_person(person, rule)
            return _promote(person, reckoning) if reckoning.holds else ""
        if trust is None or trust.promoted_at is None:
            return ""
        return _hold_or_drop(trust, reckon_person(person, rule.softened))


def _promote(person: User, reckoning: Reckoning) -> str:
    give_role(person, Role.EDITOR)
    now = timezone.now()
    Trust.objects.update_or_create(person=person, defaults={"promoted_at": now, "falls_at": None})
    _tell("promoted", person, reckoning.words)
    return "promoted"


def _hold_or_drop(trust: Trust, reckoning: Reckoning) -> str:
    person = trust.person
    if reckoning.holds:
        if trust.falls_at is None:
            return ""
        trust.falls_at = None
        trust.save(update_fields=["falls_at"])
        tell([person], "trust_kept", actor=None, words=reckoning.words)
        return "kept"
    if trust.falls_at is None:
        trust.falls_at = timezone.now() + GRACE
        trust.save(update_fields=["falls_at"])
        tell([person], "trust_falls", actor=None, words=reckoning.missing)
        return "falling"
    if trust.falls_at > timezone.now():
        return ""
    give_role(person, Role.CONTRIBUTOR)
    trust.promoted_at = trust.falls_at = None
    trust.save(update_fields=["promoted_at", "falls_at"])
    _tell("demoted", person, reckoning.missing)
    return "demoted"


def _tell(act: str, person: User, words: str) -> None:
    Event.objects.create(actor=None, act=act, person=person, why=words)
    tell([person], f"trust_{act}", actor=None, words=words)


def lock_trust(person: User, *, by: User, reason: str) -> None:
    """Keeps a person's role as it is, whatever the rule says. Raises NotAllowed or TrustRefused."""
    _need_moderator(by, person)
    reason = _said(reason)
    given = {"locked": True, "locked_by": by, "reason": reason, "falls_at": None}
    with transaction.atomic():
        Trust.objects.update_or_create(person=person, defaults=given)
        _record("trust_locked", person, by, reason)


def unlock_trust(person: User, *, by: User) -> None:
    """Leaves the role to the rule again; nothing happens where it is not locked. Raises NotAllowed."""
    _need_moderator(by, person)
    with transaction.atomic():
        open_ = {"locked": False, "locked_by": None, "reason": ""}
        if Trust.objects.filter(person=person, locked=True).update(**open_):
            _record("trust_unlocked", person, by, "")
            review(person)


def set_role(person: User, role: str, *, by: User, reason: str) -> None:
    """Gives a role by hand; the rule does not take it away again. Raises NotAllowed or TrustRefused."""
    if not may_administer(by):
        raise NotAllowed(_("Only administrators give roles. Ask one."))
    if by.pk == person.pk:
        raise TrustRefused(_("Another administrator changes your role."))
    reason = _said(reason)
    with transaction.atomic():
        give_role(person, role)
        Trust.objects.filter(person=person).update(promoted_at=None, falls_at=None)
        Event.objects.create(actor=by, act="role_given", person=person, why=reason, details={"role": role})
        tell([person], "role_given", actor=by, words=reason)


def appeal(person: User, *, words: str) -> None:
    """Asks moderators to look at one's role or block again; one appeal at a time. Raises TrustRefused."""
    words = _said(words)
    with transaction.atomic():
        trust, _made = Trust.objects.select_for_update(of=("self",)).get_or_create(person=person)
        if trust.appeal:
            raise TrustRefused(_("You have asked already. A moderator answers, and you are told."))
        trust.appeal, trust.appealed_at = words, timezone.now()
        trust.save(update_fields=["appeal", "appealed_at"])
        Event.objects.create(actor=person, act="appealed", person=person, why=words)
        moderators = User.objects.filter(groups__name__in=[Role.MODERATOR, Role.ADMINISTRATOR]).distinct()
        tell(moderators, "appeal_asked", actor=person, words=words)


def answer_appeal(person: User, *, by: User, words: str) -> None:
    """Says what came of an appeal; what is to be changed is changed apart. Raises NotAllowed or TrustRefused."""
    _need_moderator(by, person)
    words = _said(words)
    with transaction.atomic():
        waiting = Trust.objects.filter(person=person).exclude(appeal="")
        if not waiting.update(appeal="", appealed_at=None):
            raise TrustRefused(_("Somebody answered this meanwhile."))
        _record("appeal_answered", person, by, words)


def _need_moderator(by: User, person: User) -> None:
    if not may_review(by) or by.pk == person.pk:
        raise NotAllowed(_("Another moderator does this."))


def _said(words: str) -> str:
    words = clean_source(words).strip()[:2000]
    if not words:
        raise TrustRefused(_("Say why in a sentence: it is read."))
    return words


def _record(act: str, person: User, by: User, words: str) -> None:
    Event.objects.create(actor=by, act=act, person=person, why=words)
    tell([person], act, actor=by, words=words)
