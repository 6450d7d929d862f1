"""What concerns the owner of a token: who they are here, and what they watch."""

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import Field

from accounts.models import Token
from accounts.roles import Role, role_of
from resources.api.app import answer
from resources.api.bearers import needs, person_of
from resources.api.fields import Loose, Slug
from resources.api.finding import entry_or_404
from resources.api.revisions import Kind
from resources.api.shapes import Someone, someone
from resources.notices.watching import unwatch, watch

router = Router(tags=["Yours"])


class Me(Loose):
    """Whose token it is, and what it may be used for."""

    person: Someone
    role: str = Field(json_schema_extra={"enum": list(Role.values)})
    token: str = Field(description="The name that you gave it.")
    scopes: list[str]
    expires_at: str = Field(json_schema_extra={"format": "date-time"})


@router.get(
    "/me/", **needs(Token.Scope.READ), response=Me, url_name="me", operation_id="read_me",
    summary="Read whose token it is",
)  # fmt: skip
def me(request: HttpRequest) -> HttpResponse:
    """The token's owner, their role, and the token's scopes."""
    token: Token = request.auth  # type: ignore[attr-defined]  # PersonalToken gave it
    person = person_of(request)
    about = {"token": token.name, "scopes": token.scopes, "expires_at": token.expires_at}
    return answer({"person": someone(person), "role": role_of(person)} | about)


@router.put(
    "/{kind}/{slug:slug}/watch/", **needs(Token.Scope.PROPOSE), response={204: None}, url_name="watch",
    operation_id="watch_entry", summary="Watch an entry",
)  # fmt: skip
def watch_entry(request: HttpRequest, kind: Path[Kind], slug: Path[Slug]) -> HttpResponse:
    """Its owner hears of changes from now on, as from the button on its page."""
    watch(person_of(request), entry=entry_or_404(kind, slug))
    return HttpResponse(status=204)


@router.delete(
    "/{kind}/{slug:slug}/watch/", **needs(Token.Scope.PROPOSE), response={204: None}, url_name="unwatch",
    operation_id="unwatch_entry", summary="Watch an entry no more",
)  # fmt: skip
def unwatch_entry(request: HttpRequest, kind: Path[Kind], slug: Path[Slug]) -> HttpResponse:
    """Who did not watch it stays so."""
    unwatch(person_of(request), entry=entry_or_404(kind, slug, also_removed=True))
    return HttpResponse(status=204)
