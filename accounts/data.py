"""Everything that the site keeps about a person, for the person."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from accounts.models import User
from accounts.roles import role_of

type Source = Callable[[User], tuple[str, object]]
"""Gives a name and what is kept under it, as dates, texts, numbers, lists and dicts."""

SOURCES: list[Source] = []
"""What other packages keep about people. Each adds its own when the site starts."""


def data_of(user: User) -> dict[str, Any]:
    """The whole, ready for JSON: the account's own part, then that of every source."""
    return {"account": _account(user)} | dict(source(user) for source in SOURCES)


def _account(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "display_name": user.display_name,
        "about": user.bio,
        "links": user.links,
        "role": role_of(user),
        "joined_at": user.joined_at,
        "last_sign_in": user.last_login,
        "blocked_until": user.blocked_until,
        "blocked_reason": user.blocked_reason,
        "emails": list(EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")),
        "second_steps": list(
            Authenticator.objects.filter(user=user).order_by("pk").values("type", "created_at", "last_used_at")
        ),
        "connected_accounts": list(SocialAccount.objects.filter(user=user).order_by("pk").values("provider", "uid")),
        "sessions": list(
            UserSession.objects.filter(user=user)
            .order_by("pk")
            .values("created_at", "ip", "user_agent", "last_seen_at")
        ),
        "tokens": list(
            user.tokens.order_by("pk").values(
                "name", "prefix", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"
            )
        ),
    }
