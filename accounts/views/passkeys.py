"""Passkeys: keys that sign in by themselves."""

from typing import Any

from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth.decorators import login_required


class AddPasskey(AddWebAuthnView):
    """Every key that is added here can sign in without a password, so it must know its owner by a PIN or a finger."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser needs to make the key."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": begin_registration(self.request.user, True)}}


add = login_required(AddPasskey.as_view())
