"""What the pages of the way in and of the settings need."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Role, role_of

register = template.Library()

WITHIN = {
    "mfa_activate_totp": "mfa_index",
    "mfa_deactivate_totp": "mfa_index",
    "mfa_view_recovery_codes": "mfa_index",
    "mfa_generate_recovery_codes": "mfa_index",
    "mfa_add_webauthn": "mfa_list_webauthn",
    "mfa_edit_webauthn": "mfa_list_webauthn",
    "mfa_remove_webauthn": "mfa_list_webauthn",
    "account_leave": "account_yours",
    "account_mail": "account_mails",
    "webhook": "webhooks",
    "webhook_secret": "webhooks",
}
"""The page of the menu that a page without a line of its own belongs to."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the settings' menu."""

    label: str
    url: str
    current: bool


@register.inclusion_tag("account/menu.html", takes_context=True)
def settings_menu(context: template.Context) -> dict[str, Any]:
    """The pages of the settings, the present one marked."""
    request = context["request"]
    pages = [
        (_("Profile"), "account_settings"),
        (_("E-mail"), "account_email"),
        (_("Password"), "account_change_password" if request.user.has_usable_password() else "account_set_password"),
        (_("Two-factor"), "mfa_index"),
        (_("Passkeys"), "mfa_list_webauthn"),
        (_("Sessions"), "usersessions_list"),
        (_("Notices"), "notice_settings"),
        (_("Tokens"), "account_tokens"),
        (_("Your data"), "account_yours"),
    ]
    if settings.GITHUB_SIGN_IN:
        pages.insert(7, (_("Connected accounts"), "socialaccount_connections"))
    if role_of(request.user) == Role.ADMINISTRATOR:
        pages += [(_("Mails"), "account_mails"), (_("Webhooks"), "webhooks")]
    here = WITHIN.get(request.resolver_match.url_name) or request.resolver_match.url_name
    return {"items": [Item(label, reverse(name), name == here) for label, name in pages]}


@register.simple_tag
def mails_are_kept() -> bool:
    """Whether the site has no mail server, so that an administrator reads its mails."""
    return settings.MAIL_FOLDER is not None


@register.simple_tag
def github_sign_in() -> bool:
    """Whether the site has GitHub's keys."""
    return bool(settings.GITHUB_SIGN_IN)


@register.filter
def browser(agent: str) -> str:
    """A browser and its system in two words, from what it says of itself."""
    names = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS"}
    name = next((word for mark, word in names.items() if mark in agent), agent[:40] or _("Unknown browser"))
    system = next((word for mark, word in (systems | {"Linux": "Linux"}).items() if mark in agent), "")
    return f"{name}, {system}" if system else name
