"""Accounts for those who wrote something without ever signing up: the house itself, its link keeper, and authors in a git
history.
"""

import re
import unicodedata
from hashlib import sha256

from django.utils.text import slugify

from accounts.models import User

HOUSE_NAME = "rayhub"
KEEPER_NAME = "link-keeper"
HOUSE = frozenset({HOUSE_NAME, KEEPER_NAME})
"""Accounts that are written and read by their names, since there is one of each."""

RESERVED = frozenset(
    {HOUSE_NAME, KEEPER_NAME, "admin", "administrator", "root", "moderator", "editor", "system", "support", "new"}
)
"""Names that nobody gets from a commit."""


def house_account() -> User:
    """The account that imports and repairs speak for; nobody can sign in to it."""
    found = User.objects.filter(name=HOUSE_NAME).first()
    return found or User.objects.create_user(
        HOUSE_NAME, "rayhub@localhost.invalid", display_name="RayHub", is_active=False
    )


def keeper_account() -> User:
    """The account that proposes repairs of links; nobody can sign in to it."""
    found = User.objects.filter(name=KEEPER_NAME).first()
    return found or User.objects.create_user(
        KEEPER_NAME, "link-keeper@localhost.invalid", display_name="Link keeper", is_active=False
    )


def credited_account(display_name: str, email: str) -> User:
    """The account that earlier commits with this e-mail were credited to, else a new one; nobody can sign in to it."""
    display_name = _clean(display_name)[:100] or "Unknown author"
    email = email.strip() if re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,180}", email.strip()) else ""
    email = email or f"{slugify(display_name) or 'author'}@unknown.invalid"
    found = User.objects.filter(email__iexact=email).first()
    if found and found.is_credited_only and found.name not in HOUSE:
        return found
    base = slugify(display_name)[:50] or "author"
    if found or email.endswith("@localhost.invalid"):
        # Anybody can write any address into a commit: it must not speak for an account that somebody signs in to.
        email = f"{base}-{sha256(email.encode()).hexdigest()[:12]}@unverified.invalid"
        found = User.objects.filter(email=email).first()
        if found:
            return found
    if base in RESERVED:
        base = f"{base}-of-a-commit"
    name, number = base, 2
    while User.objects.filter(name__iexact=name).exists():
        name, number = f"{base}-{number}", number + 1
    return User.objects.create_user(name, email, display_name=display_name, is_active=False)


def written_name(person: User) -> str:
    """What a person is called in a file: by their account's name, or as they were credited who never signed up."""
    return person.display_name or person.name if person.is_credited_only and person.name not in HOUSE else person.name


def account_named(name: str) -> User:
    """Who goes by a name that a file gives; somebody unknown gets an account that nobody can sign in to."""
    if name == HOUSE_NAME:
        return house_account()
    if name == KEEPER_NAME:
        return keeper_account()
    return User.objects.filter(name__iexact=name).first() or credited_account(name, "")


def _clean(name: str) -> str:
    kept = (character for character in name if unicodedata.category(character)[0] != "C")
    return " ".join("".join(kept).split())
