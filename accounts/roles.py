"""Roles: what a person may do, as Django groups that hold permissions.

Each role may do all that the one before it may. What a permission means for an entry is said in resources/permissions.py.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Role(models.TextChoices):
    """From the least to the most."""

    READER = "reader", _("reader")
    CONTRIBUTOR = "contributor", _("contributor")
    EDITOR = "editor", _("editor")
    MODERATOR = "moderator", _("moderator")
    ADMINISTRATOR = "administrator", _("administrator")


ABILITIES: Mapping[str, str] = {
    Role.CONTRIBUTOR: "propose",
    Role.EDITOR: "publish",
    Role.MODERATOR: "review",
    Role.ADMINISTRATOR: "administer",
}
"""The permission that each role adds."""


def role_of(person: Any) -> Role:
    """The highest role of a person; a reader for strangers, and for those who may not sign in."""
    if not person.is_authenticated or not person.is_active:
        return Role.READER
    for role in reversed(Role):
        if role != Role.READER and person.has_perm(f"accounts.{ABILITIES[role]}"):
            return role
    return Role.READER


def give_role(person: User, role: str) -> None:
    """Puts a person into the group of one role and out of those of the others."""
    with transaction.atomic():
        person.groups.remove(*person.groups.filter(name__in=Role.values))
        if role != Role.READER:
            person.groups.add(Group.objects.get(name=role))
        administers = role == Role.ADMINISTRATOR
        if person.is_superuser != administers or person.is_staff != administers:
            person.is_superuser = person.is_staff = administers
            person.save(update_fields=["is_superuser", "is_staff"])
    for kept in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        person.__dict__.pop(kept, None)


def make_groups(**_given: Any) -> None:
    """The groups with their permissions; after every migrate, which makes the permissions themselves."""
    kind = ContentType.objects.get_for_model(User)
    held: list[Permission] = []
    for role in Role:
        if role != Role.READER:
            held += Permission.objects.filter(content_type=kind, codename=ABILITIES[role])
            group, _made = Group.objects.get_or_create(name=role)
            group.permissions.set(held)
