"""Personal access tokens: what a person's program shows in place of a password."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Token, User

MARK = "rh_"
"""How every token begins, so that searches for leaked ones find it."""

MOST = 50
"""How many working tokens a person may have."""

LIFETIMES = [
    (7, gettext_lazy("a week")),
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (365, gettext_lazy("a year")),
]
USE_NOTED_EVERY = timedelta(minutes=1)


class TooManyTokens(Exception):
    """The person has as many working tokens as one may have."""


def make_token(owner: User, *, name: str, scopes: Iterable[str], days: int) -> tuple[Token, str]:
    """A new token and its secret, which is not kept and cannot be shown again."""
    if owner.tokens.filter(revoked_at=None, expires_at__gt=timezone.now()).count() >= MOST:
        raise TooManyTokens(
            _("You have %(most)s tokens that work. Revoke one that you no longer use.") % {"most": MOST}
        )
    secret = MARK + secrets.token_urlsafe(32)
    now = timezone.now()
    token = Token.objects.create(
        owner=owner,
        name=name,
        prefix=secret[:8],
        hash=_hashed(secret),
        scopes=[scope for scope in Token.Scope.values if scope in set(scopes)],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    return token, secret


def token_of(secret: str) -> Token | None:
    """The working token with this secret, with its owner; the use is noted at most once a minute.

    What is compared is the hash, by the database's index: how long that takes says nothing about the secret.
    """
    now = timezone.now()
    token = (
        Token.objects.filter(hash=_hashed(secret), revoked_at=None, expires_at__gt=now, owner__is_active=True)
        .select_related("owner")
        .first()
    )
    if token and (token.last_used_at is None or token.last_used_at <= now - USE_NOTED_EVERY):
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_NOTED_EVERY)
        Token.objects.filter(stale, pk=token.pk).update(last_used_at=now)
        token.last_used_at = now
    return token


def revoke_token(token: Token) -> None:
    """Ends a token at once; a second time changes nothing."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def _hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
