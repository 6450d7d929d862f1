"""Accounts that an administrator makes, without the way through a confirmed mail."""

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.credits import HOUSE
from accounts.models import User
from accounts.roles import Role, give_role


class BadPerson(ValueError):
    """The name, address, password or role cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Added:
    """The account, whether it is new, and the password where one was generated."""

    person: User
    is_new: bool
    generated: str


@transaction.atomic
def add_person(name: str, *, email: str, role: str, password: str = "", display_name: str = "") -> Added:
    """Makes the account with this name, or changes it: address (which counts as confirmed), role, and the password if given.

    A new account without a password gets a generated one. An account that was only credited for work, or was closed, opens.
    """
    email = email.strip().lower()
    user = User.objects.select_for_update().filter(name__iexact=name).first()
    _check(name, email, role, user)
    opens = user is None or not user.is_active or not user.has_usable_password()
    generated = secrets.token_urlsafe(12) if opens and not password else ""
    if user is None:
        user = User(name=name, display_name=display_name)
    user.email, user.is_active = email, True
    is_new = user.pk is None
    if password:
        _check_password(password, user)
    if password or generated:
        user.set_password(password or generated)
    user.save()
    _confirm(user)
    give_role(user, role)
    return Added(user, is_new, generated)


def _check(name: str, email: str, role: str, user: User | None) -> None:
    if role not in Role.values or role == Role.READER:
        raise BadPerson(_("%(role)s is no role. Use contributor, editor, moderator or administrator.") % {"role": role})
    if name.lower() in HOUSE:
        raise BadPerson(_("%(name)s is the site itself. Choose another name.") % {"name": name})
    try:
        User._meta.get_field("name").run_validators(name)
        validate_email(email)
    except ValidationError as error:
        raise BadPerson(f"{name} {email}: {' '.join(error.messages)}") from error
    own = user.pk if user else 0
    confirmed = EmailAddress.objects.filter(email=email, verified=True).exclude(user_id=own).first()
    other = User.objects.filter(email__iexact=email).exclude(pk=own).first()
    taken = confirmed.user if confirmed else other
    if taken:
        raise BadPerson(
            _("%(email)s belongs to %(name)s. Give another address, or change that account: add_person %(name)s …")
            % {"email": email, "name": taken.name}
        )


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadPerson(" ".join(error.messages)) from error


def _confirm(user: User) -> None:
    """The address is the account's one address, and confirmed."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
