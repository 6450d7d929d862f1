"""From what a program sends to content that the doors can take: whole, pointing only at what is there, and in order."""

from typing import Any

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

from resources.api.refusing import Refusal
from resources.entries.checking import check_content
from resources.entries.content import MODELS, Content, complete, content_fields, content_kinds, fill, read_content
from resources.entries.models import Entry
from resources.entries.refusals import EditConflict
from resources.entries.slugs import free_slug
from resources.proposals.models import Proposal
from resources.text.merge import merge_fields


def new_content(type_: str, given: Content) -> Content:
    """The content of a new entry; its slug comes from the title where none is given. Raises Invalid or ValidationError."""
    model = MODELS[type_]
    if not given.get("slug"):
        base = slugify(str(given["title"]))[:100]
        taken = set(Entry.objects.filter(type=type_, slug__startswith=base[:90]).values_list("slug", flat=True))
        given = given | {"slug": free_slug(str(given["title"]), type_, taken)}
    content = complete(model, given)
    _check(model(type=type_), content, {})
    return content


def changed_content(entry: Any, base: int, given: Content) -> Content:
    """The content that an edit of revision `base` asks for. Raises EditConflict, Invalid, ValidationError or Refusal."""
    model: type[Entry] = type(entry)
    started = base_content(entry, base)
    mine = complete(model, started | given)
    merge = merge_fields(content_kinds(model), started, mine, read_content(entry))
    if merge.conflicts:
        raise EditConflict(entry, merge)
    _check(model.objects.get(pk=entry.pk), complete(model, merge.content), started)
    return mine


def amended_content(proposal: Proposal, live: Any, base: int, given: Content) -> Content:
    """What a proposal asks for after its author changed it, settled against revision `base`. Raises as changed_content()."""
    model = MODELS[proposal.type]
    mine = complete(model, proposal.content | given)
    if live is None:
        _check(model(type=proposal.type), mine, proposal.content)
        return mine
    merge = merge_fields(content_kinds(model), base_content(live, base), mine, read_content(live))
    if merge.conflicts:
        raise EditConflict(live, merge)
    _check(live, complete(model, merge.content), proposal.content)
    return mine


def base_content(entry: Any, base: int) -> Content:
    """The content of the revision that somebody started from. Raises Refusal where there is none of this number."""
    found = entry.revisions.filter(number=base).first()
    if found is None:
        words = {"base": base, "live": entry.revision_number}
        refused = _("There is no revision %(base)s. The live one is %(live)s: read the entry again.") % words
        raise Refusal(409, refused, live=entry.revision_number)
    return complete(type(entry), found.content)


def _check(entry: Entry, content: Content, before: Content) -> None:
    _need_pointed(type(entry), content, before)
    fill(entry, content)
    check_content(entry, content)


def _need_pointed(model: type[Entry], content: Content, before: Content) -> None:
    """Raises ValidationError for numbers of entries that are not there; those that stood there before may stay."""
    known = set(_pointers(model, before))
    errors = []
    for type_, number, place in set(_pointers(model, content)) - known:
        owner: type[Model] = MODELS[type_]
        if number < 1 or not owner._default_manager.filter(pk=number).exists():
            words = {"number": number, "type": type_}
            errors.append(
                {"loc": ("content", place), "msg": _("There is no %(type)s of the number %(number)s.") % words}
            )
    if errors:
        raise ValidationError(sorted(errors, key=lambda one: one["msg"]))


def _pointers(model: type[Entry], content: Content) -> list[tuple[str, int, str]]:
    """The entries that content names by number: type, number, field."""
    found = []
    for item in content_fields(model):
        for column, type_ in item.pointers.items():
            value = content.get(item.name)
            rows = [value] if not column else [row.get(column) for row in value or ()]
            found += [(str(type_), number, item.name) for number in rows if number is not None]
    return found
