"""People's own pages: the way in, the settings, and what administrators read. Views of allauth keep allauth's names.

The list is written out, so that nothing is reachable that is not here, and every address names its methods.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as connected
from allauth.socialaccount.providers.github import views as github
from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import administering, entrance, giving, passkeys, settings, tokens
from accounts.views.entrance import only_with_github
from rayhub.methods import read_only

type View = Callable[..., Any]


def form(route: str, view: View, name: str) -> URLPattern:
    """A page with a form."""
    return path(route, never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)), name=name)


def page(route: str, view: View, name: str) -> URLPattern:
    """A page to read."""
    return path(route, never_cache(read_only(view)), name=name)


def act(route: str, view: View, name: str) -> URLPattern:
    """A button."""
    return path(route, never_cache(require_POST(view)), name=name)


WAY_IN = [
    form("login/", entrance.login, "login"),
    form("login/", entrance.login, "account_login"),
    act("logout/", account.logout, "logout"),
    act("logout/", account.logout, "account_logout"),
    form("signup/", entrance.signup, "account_signup"),
    form("inactive/", account.account_inactive, "account_inactive"),
    form("confirm-email/", account.email_verification_sent, "account_email_verification_sent"),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]{1,200})/$",
        never_cache(require_http_methods(["GET", "HEAD", "POST"])(entrance.confirm_email)),
        name="account_confirm_email",
    ),
    form("password/reset/", account.password_reset, "account_reset_password"),
    form("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    form("password/reset/key/done/", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[-\w]{1,200})/$",
        never_cache(require_http_methods(["GET", "HEAD", "POST"])(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    form("2fa/authenticate/", mfa.authenticate, "mfa_authenticate"),
    form("passkeys/login/", webauthn.login_webauthn, "mfa_login_webauthn"),
    form("github/login/", only_with_github(github.oauth2_login), "github_login"),
    form("github/login/callback/", only_with_github(github.oauth2_callback), "github_callback"),
    form("connected/signup/", only_with_github(entrance.connected_signup), "socialaccount_signup"),
    form("connected/cancelled/", only_with_github(connected.login_cancelled), "socialaccount_login_cancelled"),
    form("connected/error/", only_with_github(connected.login_error), "socialaccount_login_error"),
]

ONCE_MORE = [
    form("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    form("reauthenticate/code/", mfa.reauthenticate, "mfa_reauthenticate"),
    form("reauthenticate/passkey/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
]

SETTINGS = [
    form("", settings.profile, "account_settings"),
    form("email/", entrance.email, "account_email"),
    form("password/change/", account.password_change, "account_change_password"),
    form("password/set/", account.password_set, "account_set_password"),
    form("2fa/", mfa.index, "mfa_index"),
    form("2fa/app/add/", totp.activate_totp, "mfa_activate_totp"),
    form("2fa/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    form("2fa/recovery-codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    form("2fa/recovery-codes/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    form("passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    form("passkeys/add/", passkeys.add, "mfa_add_webauthn"),
    form("passkeys/<int:pk>/edit/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    form("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    form("sessions/", settings.sessions, "usersessions_list"),
    act("sessions/<int:pk>/end/", settings.end_session, "account_end_session"),
    form("connected/", only_with_github(connected.connections), "socialaccount_connections"),
    form("tokens/", tokens.token_list, "account_tokens"),
    act("tokens/<int:pk>/revoke/", tokens.revoke, "account_revoke_token"),
    page("yours/", giving.yours, "account_yours"),
    page("data/", giving.data, "account_data"),
    page("unsent/", giving.unsent, "account_unsent"),
    form("leave/", giving.leaving, "account_leave"),
]

ADMINISTERING = [
    page("mails/", administering.mails, "account_mails"),
    page("mails/<slug:name>/", administering.mail, "account_mail"),
]

urlpatterns = [*SETTINGS, *WAY_IN, *ONCE_MORE, *ADMINISTERING]
