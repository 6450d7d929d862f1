"""Leaving: what was written stays, and who wrote it is forgotten."""

import secrets

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import CASCADE, ForeignObjectRel, Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import FORMER, tell_renamed

DISPLAY_NAME = "Former contributor"


class LastAdministrator(Exception):
    """Nobody would be left to look after the site."""


@transaction.atomic
def leave(user: User) -> str:
    """Turns the account into one that nobody can sign in to, under a name that says nothing. Returns the new name.

    Revisions, decisions and talk keep pointing at the row; address, profile, keys, tokens, sessions, drafts and notices are gone.
    """
    administrators = Q(is_superuser=True, is_active=True)
    # Everybody who leaves locks the same rows in the same order: of two last administrators one waits and then stays.
    locked = {
        each.pk: each for each in User.objects.select_for_update().filter(administrators | Q(pk=user.pk)).order_by("pk")
    }
    user = locked[user.pk]
    if user.is_superuser and len(locked) == 1:
        raise LastAdministrator(
            _("You are the only administrator. Make another one first: manage.py add_person NAME --role administrator")
        )
    for session in UserSession.objects.filter(user=user):
        session.end()
    _delete_what_is_personal(user)
    user.groups.clear()
    user.user_permissions.clear()
    user.name = f"{FORMER}{secrets.token_hex(3)}"
    while User.objects.filter(name=user.name).exists():
        user.name = f"{FORMER}{secrets.token_hex(3)}"
    user.email = f"{user.name}@removed.invalid"
    user.display_name, user.bio, user.links = DISPLAY_NAME, "", []
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = user.blocked_until = None
    user.blocked_reason = ""
    user.set_unusable_password()
    user.save()
    tell_renamed(user)
    return user.name


def _delete_what_is_personal(user: User) -> None:
    """Deletes, in every table, what would go if the person's row went: a foreign key that cascades says that it is theirs."""
    for relation in User._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and getattr(relation, "on_delete", None) is CASCADE:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
