"""What RayHub asks of allauth's pages: our names, our words, and who becomes a contributor when."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import clean_name, is_taken

WRONG = _("The name or address and the password do not match. Try again, or set a new password.")


class AccountAdapter(DefaultAccountAdapter):
    """One answer for every failed sign-in, our rules for names, and addresses of this site alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": _(
            "That was tried too often. Wait five minutes and try again, or set a new password."
        ),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your present password. Try again."),
        "username_taken": _("Somebody has this name already. Choose another."),
        "duplicate_email": _("This is your address already."),
        "invalid_password_reset": _("This link is used up or too old. Ask for a new one."),
        "rate_limited": _("That was tried too often. Wait a few minutes and try again."),
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages answer with pages; only our passkey script asks for JSON, and says so."""
        return request.headers.get("Accept") == "application/json"

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The name in its kept form; `shallow` leaves the question whether it is taken."""
        name = clean_name(username)
        if not shallow and is_taken(name):
            raise ValidationError(self.error_messages["username_taken"])
        return name

    def clean_email(self, email: str) -> str:
        """Addresses that end in .invalid stand for people without one."""
        if email.endswith(".invalid"):
            raise ValidationError(_("Mail cannot be delivered to this address. Give another."))
        return email

    def is_safe_url(self, url: str) -> bool:
        """Whether people may be sent on there: a page of this site, but not the ways in and out themselves."""
        entrances = (reverse("login"), reverse("logout"), reverse("account_signup"))
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None) and not url.startswith(entrances)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keeps the name as it was typed for display, where that differs."""
        typed = " ".join(str(form.data.get("username", "")).split())
        if typed.lower() == form.cleaned_data.get("username") and typed != typed.lower():
            user.display_name = typed
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def send_account_already_exists_mail(self, email: str) -> None:
        """To the owner of an address who signs up again; credited authors have no password that could be set."""
        if any(user.is_credited_only for user in User.objects.filter(email__iexact=email)):
            self.send_mail("account/email/account_credited", email, {})
        else:
            super().send_account_already_exists_mail(email)
