"""Who asks: a person's token, in the Authorization header and nowhere else. Cookies say nothing here, so no page of
another site can write in somebody's name.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase

from accounts.models import Token, User
from accounts.tokens import token_of
from resources.api.refusing import Refusal


class ProgramRequest(HttpRequest):
    """A request of a program, and the token that it shows, if any."""

    token: Token | None


def token_in(request: HttpRequest) -> Token | None:
    """The token of a request; None where it shows none. Raises Refusal where it shows one that does not work."""
    shown = request.headers.get("Authorization", "")
    if not shown:
        return None
    word, _space, secret = shown.partition(" ")
    token = token_of(secret.strip()) if word.lower() == "bearer" else None
    if token is None:
        raise Refusal(
            401,
            _(
                "This token does not work. Send one that does as “Authorization: Bearer rh_…”; make one at /accounts/tokens/."
            ),
            {"WWW-Authenticate": 'Bearer realm="RayHub", error="invalid_token"'},
        )
    return token


class PersonalToken(AuthBase):
    """For whoever shows a token with this scope."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_bearerFormat = "rh_…"  # noqa: N815  # the document's own word
    openapi_description = "A personal access token, made at /accounts/tokens/."

    def __init__(self, scope: Token.Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        token: Token | None = getattr(request, "token", None)
        if token is None:
            raise Refusal(
                401,
                _("This needs a token. Make one at /accounts/tokens/ and send it as “Authorization: Bearer rh_…”."),
                {"WWW-Authenticate": 'Bearer realm="RayHub"'},
            )
        if self.scope not in token.scopes:
            words = {"scope": self.scope.value}
            raise Refusal(
                403,
                _("Your token does not have the scope “%(scope)s”. Make one that has it at /accounts/tokens/.") % words,
                {"WWW-Authenticate": f'Bearer realm="RayHub", error="insufficient_scope", scope="{self.scope}"'},
            )
        return token


def needs(scope: Token.Scope) -> dict[str, Any]:
    """What an operation is given that asks for a token with this scope."""
    return {"auth": PersonalToken(scope), "openapi_extra": {"x-scope": scope.value}}


def person_of(request: HttpRequest) -> User:
    """Whose token it is, behind PersonalToken."""
    token: Token = request.auth  # type: ignore[attr-defined]  # PersonalToken gave it
    return token.owner


def has_scope(request: HttpRequest, scope: Token.Scope) -> bool:
    """Whether the token of a request may be used for this."""
    token: Token | None = getattr(request, "token", None)
    return token is not None and scope in token.scopes
