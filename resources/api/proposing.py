"""Proposals: to send one (or to publish at once, for those who may), to amend and withdraw it, and to watch what becomes of it."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Header, Path, Query, Router
from pydantic import BaseModel, Discriminator, Field, RootModel, Tag, create_model
from pydantic import ValidationError as NotOfThisKind

from accounts.models import Token, User
from resources.api.app import answer, takes
from resources.api.bearers import has_scope, needs, person_of
from resources.api.cursors import Order, cut
from resources.api.entries import Paged, one_of
from resources.api.fields import SLUG, content_model
from resources.api.finding import present_entry
from resources.api.proposals import ProposalRead, ProposalRow, Sent, outcome, proposal_data, proposal_row
from resources.api.receipts import Done, once
from resources.api.refusing import Refusal
from resources.api.settling import amended_content, changed_content, new_content
from resources.api.shapes import NAMES, page_model
from resources.entries.content import MODELS, Content, read_content
from resources.history.models import Revision
from resources.moderation.actions import amend, submit, withdraw
from resources.moderation.pages import proposal_or_404
from resources.moderation.records import live_entry
from resources.moderation.refusals import EntryGone, NotAllowed
from resources.proposals.models import Proposal

router = Router(tags=["Proposals"])

Number = Annotated[int, Field(ge=1, lt=2**31, description="The number of a proposal.", examples=[1])]
Base = Annotated[
    int, Field(ge=1, lt=2**31, strict=True, description="The number of the revision that you edited.", examples=[1])
]
Key = Annotated[
    str | None,
    Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]*$",
          description="Any word of your own: sent twice, the same request is done once. Kept for a day."),
]  # fmt: skip


class Said(BaseModel):
    """What every change says of itself. What we do not know is ignored: nobody sets an author, a role or a state so."""

    summary: str = Field("", max_length=10_000, description="Why, for those who review and read the history.")
    significance: str = one_of(Revision.Significance.values, "content")
    ask_review: bool = Field(False, strict=True, description="Propose it, even where you may publish.")


class Removal(Said):
    """Takes an entry away."""

    act: Literal["remove"]
    type: Literal[tuple(NAMES.values())]  # type: ignore[valid-type]  # the kinds that there are
    slug: str = Field(pattern=SLUG, max_length=120)
    base: Base
    summary: str = Field(min_length=1, max_length=10_000, description="Why it goes.")


def _creation(type_: str) -> Any:
    fields: dict[str, Any] = {
        "act": (Literal["create"], ...),
        "type": (Literal[type_], ...),
        "content": (content_model(MODELS[type_], form="new"), ...),
    }
    return create_model(f"New{MODELS[type_].__name__}", __base__=Said, __doc__="Asks for a new entry.", **fields)


def _edit(type_: str) -> Any:
    fields: dict[str, Any] = {
        "act": (Literal["edit"], ...),
        "type": (Literal[type_], ...),
        "slug": (str, Field(pattern=SLUG, max_length=120)),
        "base": (Base, ...),
        "content": (
            content_model(MODELS[type_], form="changed"),
            Field(description="The fields that change; lists are sent whole. What is left out stays as in `base`."),
        ),
    }
    return create_model(f"{MODELS[type_].__name__}Edit", __base__=Said, __doc__="Asks for an edit.", **fields)


def _which(value: Any) -> str:
    """Which of the acts and kinds a body is."""
    act, type_ = (value.get(name, "") if isinstance(value, dict) else "" for name in ("act", "type"))
    return "remove:" if act == "remove" else f"{act}:{type_}"


VARIANTS: list[Any] = [
    Annotated[make(type_), Tag(f"{act}:{type_}")]
    for act, make in (("create", _creation), ("edit", _edit))
    for type_ in NAMES.values()
]
VARIANTS.append(Annotated[Removal, Tag("remove:")])
union: Any = VARIANTS[0]
for _variant in VARIANTS[1:]:
    union |= _variant
Change = create_model("Change", __base__=RootModel[Annotated[union, Discriminator(_which)]])


class Amendment(BaseModel):
    """What its author changes in a proposal."""

    version: int = Field(ge=1, lt=2**31, strict=True, description="The version that you amend.")
    base: Base | None = Field(None, description="The live revision that you settled it against, where it contradicted.")
    content: dict[str, Any] = Field(description="The fields that change, of the kind that the proposal is about.")
    summary: str | None = Field(None, max_length=10_000)
    significance: str | None = one_of(Revision.Significance.values)


class OwnQuery(Paged):
    """Which of one's proposals."""

    state: str | None = one_of(Proposal.State.values)


@router.post(
    "/proposals/", **needs(Token.Scope.PROPOSE), url_name="proposals", operation_id="propose",
    response={201: Sent, 200: Sent}, summary="Propose or publish a change",
)  # fmt: skip
@takes(asked=Change)
def propose(
    request: HttpRequest,
    asked: Any,
    idempotency_key: Annotated[Key, Header(None, alias="Idempotency-Key")] = None,
) -> HttpResponse:
    """A new entry, an edit or a removal. It goes live at once where the token has the scope “publish” and its owner may
    publish there; otherwise it waits for a moderator, as from the form.
    """
    person = person_of(request)
    publishes = has_scope(request, Token.Scope.PUBLISH)
    status, data = once(person, idempotency_key, request.body, lambda: _send(person, asked.root, publishes=publishes))
    return answer(data, status=status, headers={"Location": data["location"]})


def _send(person: User, asked: Any, *, publishes: bool) -> Done:
    """Hands a change to the doors; returns what became of it."""
    given = {
        "author": person, "summary": asked.summary, "significance": asked.significance,
        "ask_review": asked.ask_review or not publishes,
    }  # fmt: skip
    if asked.act == "create":
        content = new_content(asked.type, _content(asked.content))
        return outcome(submit(content, type=asked.type, **given), None)
    entry = present_entry(asked.type, asked.slug)
    if asked.act == "remove":
        _need_newest(entry.revision_number, asked.base)
        sent = submit(read_content(entry), entry=entry, base=asked.base, act=Revision.Act.REMOVED, **given)
        return outcome(sent, entry)
    content = changed_content(entry, asked.base, _content(asked.content))
    if asked.base == entry.revision_number and content == read_content(entry):
        return outcome(entry.revisions.select_related("author", "accepted_by").get(number=asked.base), entry)
    return outcome(submit(content, entry=entry, base=asked.base, **given), entry)


def _content(given: BaseModel) -> Content:
    return given.model_dump(exclude_unset=True) | {
        # A row is whole: what is left out of it is empty.
        name: [row.model_dump() if isinstance(row, BaseModel) else row for row in value]
        for name, value in given
        if name in given.model_fields_set and isinstance(value, list)
    }


def _need_newest(live: int, base: int) -> None:
    """Raises Refusal where the entry that is to go is not the one that was read."""
    if base != live:
        words = {"live": live}
        raise Refusal(
            409, _("It was edited meanwhile. Look at revision %(live)s, and send that as base.") % words, live=live
        )


@router.get(
    "/proposals/", **needs(Token.Scope.READ), response=page_model(ProposalRow), url_name="own_proposals",
    operation_id="list_own_proposals", summary="List your proposals",
)  # fmt: skip
def own_proposals(request: HttpRequest, asked: Query[OwnQuery]) -> HttpResponse:
    """Those of the token's owner, the newest first."""
    found = Proposal.objects.filter(author=person_of(request)).defer("content", "entry__html")
    if asked.state:
        found = found.filter(state=asked.state)
    found = found.select_related("entry", "author", "decided_by", "revision").defer("revision__content")
    page = cut(found, Order("created_at", descending=True), limit=asked.limit, cursor=asked.cursor)
    return answer(page.body(request, [proposal_row(one) for one in page.items]), headers=page.headers(request))


@router.get(
    "/proposals/{int:number}/", response=ProposalRead, url_name="proposal", operation_id="read_proposal",
    summary="Read a proposal",
)  # fmt: skip
def read_proposal(request: HttpRequest, number: Path[Number]) -> HttpResponse:
    """With its checks, how it stands to what is live, and where it contradicts that. Ask again with `If-None-Match` to see
    whether anything became of it.
    """
    return answer(proposal_data(proposal_or_404(number)))


@router.patch(
    "/proposals/{int:number}/", **needs(Token.Scope.PROPOSE), response=ProposalRead, url_name="proposal_amend",
    operation_id="amend_proposal", summary="Amend a proposal",
)  # fmt: skip
def amend_proposal(request: HttpRequest, number: Path[Number], asked: Body[Amendment]) -> HttpResponse:
    """Its checks run again. One that contradicts what is live needs `base`, the live revision it was settled against."""
    proposal, person = proposal_or_404(number), person_of(request)
    if proposal.author_id != person.pk:
        raise NotAllowed(_("Only its author amends a proposal. Propose a change of your own instead."))
    live = live_entry(proposal) if proposal.entry_id else None
    if live is not None and not live.live:
        raise EntryGone
    given = _of_kind(proposal.type, asked.content)
    content = amended_content(proposal, live, asked.base or proposal.base or 0, given)
    amended = amend(
        proposal, content, author=person, version=asked.version, base=asked.base, summary=asked.summary,
        significance=asked.significance,
    )  # fmt: skip
    return answer(proposal_data(amended))


def _of_kind(type_: str, given: Content) -> Content:
    """The fields of a kind, as they were sent. Raises ValidationError."""
    try:
        return _content(content_model(MODELS[type_], form="changed").model_validate(given))
    except NotOfThisKind as wrong:
        raise refused_fields(wrong) from None


def refused_fields(wrong: NotOfThisKind) -> Refusal:
    """What is wrong with which field of content."""
    errors = [
        {"field": ".".join(["content", *map(str, one["loc"])]), "detail": one["msg"]}
        for one in wrong.errors(include_url=False)
    ]
    return Refusal(422, _("The content is not acceptable as it is. Mend what is named."), errors=errors)


@router.post(
    "/proposals/{int:number}/withdraw/", **needs(Token.Scope.PROPOSE), response=ProposalRead,
    url_name="proposal_withdraw", operation_id="withdraw_proposal", summary="Withdraw a proposal",
)  # fmt: skip
def withdraw_proposal(request: HttpRequest, number: Path[Number]) -> HttpResponse:
    """Takes it back before it is decided."""
    return answer(proposal_data(withdraw(proposal_or_404(number), author=person_of(request))))
