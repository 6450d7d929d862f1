"""What allauth tells us: a verified address makes a contributor."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_signed_up
from django.dispatch import receiver

from accounts.models import User
from accounts.roles import Role, give_role, role_of


@receiver(email_confirmed)
def welcome_confirmed(email_address: EmailAddress, **_given: Any) -> None:
    """The link in the mail was followed."""
    _welcome(User.objects.get(pk=email_address.user_id))


@receiver(user_signed_up)
def welcome_verified(user: User, **_given: Any) -> None:
    """Another site vouched for the address already."""
    if EmailAddress.objects.filter(user=user, verified=True).exists():
        _welcome(user)


def _welcome(user: User) -> None:
    if user.is_active and role_of(user) == Role.READER:
        give_role(user, Role.CONTRIBUTOR)
