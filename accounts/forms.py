"""The forms of people's pages: allauth's with our words, and our own for the profile, tokens and leaving."""

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.socialaccount import forms as connected
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Token, User
from accounts.names import imitates
from accounts.tokens import LIFETIMES

PASSWORD_HELP = _("At least 8 characters; no very common one. A sentence is good, and pasting works.")
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their class that nobody sees."""

LINKS = 5
"""How many links a profile has at most."""


class Plain:
    """Our labels and hints, no placeholders, and the new password once: people can look at what they typed or paste it."""

    words: dict[str, tuple[Any, Any]] = {
        "username": (_("Name"), _("Letters, digits, dots, hyphens and underscores. It stands in your page's address.")),
        "email": (_("E-mail"), ""),
        "password": (_("Password"), ""),
        "oldpassword": (_("Present password"), ""),
        "password1": (_("New password"), PASSWORD_HELP),
        "code": (_("Code"), ""),
    }
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignInForm(Plain, account.LoginForm):
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("Name or e-mail")
        login.widget.attrs = {
            "autocomplete": "username webauthn",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": "254",
        }

    def clean_login(self) -> str:
        """The name as names are kept; control characters, which no name has, would upset the database."""
        typed = unicodedata.normalize("NFKC", str(self.cleaned_data["login"])).strip()
        return "".join(letter for letter in typed if unicodedata.category(letter)[0] != "C")

    def user_credentials(self) -> dict[str, str]:
        """What was typed is a name or an address, never both: the password is tried once, whether or not there is an account."""
        typed = self.cleaned_data["login"]
        return {"email" if "@" in typed else "username": typed, "password": self.cleaned_data["password"]}


class SignUpForm(Plain, account.SignupForm):
    """A name, an address, a password."""

    words = Plain.words | {
        "password1": (_("Password"), PASSWORD_HELP),
        "email": (_("E-mail"), _("Nobody sees it. We send a link there that you open to confirm it.")),
    }

    def try_save(self, request: HttpRequest) -> Any:
        """As allauth, and as slow where the address is taken: otherwise the missing hash would tell."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ConnectedSignUpForm(Plain, connected.SignupForm):
    """A name and an address for somebody who comes from GitHub."""


class NewEmailForm(Plain, account.AddEmailForm):
    """The address that takes the present one's place."""

    words = Plain.words | {
        "email": (_("New e-mail"), _("It takes the old one's place when you open the link in the mail."))
    }


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """The present password and the new one."""


class SetPasswordForm(Plain, account.SetPasswordForm):
    """A first password, for somebody who came from GitHub."""


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    """The address that the link is sent to."""


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    """The new password, after the link in the mail."""


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    """The password once more, before something weighty."""


class SecondStepForm(Plain, mfa.AuthenticateForm):
    """A code of the app or a recovery code, at sign-in."""


class SecondStepAgainForm(Plain, mfa.ReauthenticateForm):
    """A code, before something weighty."""


class AppForm(Plain, totp.ActivateTOTPForm):
    """The first code that the new app shows."""


class ProfileForm(forms.Form):
    """What stands on a person's page."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=100,
        required=False,
        help_text=_("How you are called here. Empty: your name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    bio = forms.CharField(
        label=_("About you"),
        max_length=500,
        required=False,
        help_text=_("Up to 500 characters, plain text."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    links = forms.CharField(
        label=_("Links"),
        max_length=2500,
        required=False,
        help_text=_("Up to 5 addresses that begin with https://, one in a line."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Nobody who is blocked puts words on a page that everybody reads."""
        if self.user.is_blocked:
            raise ValidationError(
                _("You are blocked for now, so this stays as it is. Your page says why, and until when.")
            )
        return super().clean() or {}

    def clean_display_name(self) -> str:
        """One line of text that is seen, and that is not another's name."""
        name = " ".join(_seen(self.cleaned_data["display_name"]).split())
        if name and name != self.user.display_name and imitates(name, self.user):
            raise ValidationError(_("This looks like the name of somebody else, or of the site. Choose another."))
        return name

    def clean_bio(self) -> str:
        """Text that is seen, in lines."""
        return "\n".join(_seen(line).strip() for line in self.cleaned_data["bio"].splitlines()).strip()

    def clean_links(self) -> list[str]:
        """The addresses in their order, each once."""
        links = list(dict.fromkeys(self.cleaned_data["links"].split()))
        if len(links) > LINKS:
            raise ValidationError(
                _("These are %(count)s links. Keep the best %(most)s."), params={"count": len(links), "most": LINKS}
            )
        for link in links:
            _check_link(link)
        return links


class TokenForm(forms.Form):
    """What a program may do in one's name, and until when."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=60, help_text=_("For instance: the script that proposes new papers.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=Token.Scope.choices, initial=[Token.Scope.READ], widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("It ends after"), choices=LIFETIMES, coerce=int, initial=90)

    def clean_name(self) -> str:
        """One line of text that is seen."""
        return " ".join(_seen(self.cleaned_data["name"]).split())


class LeaveForm(forms.Form):
    """One's own name, typed, so that nobody leaves by a slip."""

    name = forms.CharField(
        label=_("Type your name to leave"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        """The name, exactly."""
        name: str = self.cleaned_data["name"].strip()
        if name != self.user.name:
            raise ValidationError(_("This is not your name. Yours is %(name)s."), params={"name": self.user.name})
        return name


def _seen(text: str) -> str:
    """Without control characters and those that turn the direction of the text."""
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "C" and letter not in BLANK)


def _check_link(link: str) -> None:
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    sane = re.fullmatch(r"https://[^\s@\\<>\"'`]{3,200}", link) and "." in host.strip(".")
    if not sane:
        raise ValidationError(
            _("“%(link)s” is no address that begins with https://. Write it in full."), params={"link": link[:80]}
        )
