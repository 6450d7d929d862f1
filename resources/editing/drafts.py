"""Drafts: what a person has typed and not yet sent, kept on the server."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.editing.models import Draft
from resources.entries.models import Entry
from resources.proposals.models import Proposal

type Fields = dict[str, list[str]]

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "act", "draft_version", "take_over"})
"""Names that belong to one sending of a form, not to what was typed."""

MOST_DRAFTS = 200
"""Drafts that one person may keep."""


class OlderTab(Exception):
    """Another tab has saved since, or the draft was sent or discarded; the message says what to do."""


def key_of(type_: str, entry: Entry | None) -> str:
    """The name of a form: of an entry's, or of that for a new one."""
    return f"entry:{entry.pk}" if entry else f"new:{type_}"


def proposal_key(proposal: Proposal) -> str:
    """The name of the form that amends a proposal."""
    return f"proposal:{proposal.pk}"


def typed(data: QueryDict) -> Fields:
    """A form as it was typed, but for the zero byte, which no keyboard has and PostgreSQL cannot keep."""
    return {
        name.replace("\0", ""): [str(value).replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in NOT_KEPT
    }


def as_data(fields: Mapping[str, list[str]]) -> QueryDict:
    """The form's data again."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, list(values))
    return data


def draft_of(person: User, key: str) -> Draft | None:
    """A person's draft of one form."""
    return Draft.objects.filter(person=person, key=key).first()


def own_draft_or_404(person: User, pk: int) -> Draft:
    """A draft of this person; those of others do not exist."""
    found = Draft.objects.filter(person=person, pk=pk).select_related("entry").first()
    if found is None:
        raise Http404(_("You have no such draft."))
    return found


def save_draft(
    fields: Fields,
    *,
    person: User,
    key: str,
    entry: Entry | None,
    base: int | None,
    version: int,
    take_over: bool = False,
) -> Draft:
    """Keeps what was typed. `version` is the one that this tab knows, 0 for none; `take_over` goes over any other.

    Raises OlderTab where the draft has another version, or is gone.
    """
    with transaction.atomic():
        found = Draft.objects.select_for_update().filter(person=person, key=key).first()
        if not take_over and version != (found.version if found else 0):
            raise OlderTab(
                _("Another window has saved this form since, or its draft was sent. Choose which one to keep.")
            )
        if found is None:
            return _first(fields, person, key, entry, base)
        if found.fields == fields and found.base == base and not take_over:
            return found
        found.fields, found.base, found.version, found.saved_at = fields, base, found.version + 1, timezone.now()
        found.save(update_fields=["fields", "base", "version", "saved_at"])
        return found


def _first(fields: Fields, person: User, key: str, entry: Entry | None, base: int | None) -> Draft:
    if Draft.objects.filter(person=person).count() >= MOST_DRAFTS:
        raise OlderTab(
            _("You keep %(most)s drafts already. Discard some on the page of your drafts.") % {"most": MOST_DRAFTS}
        )
    plain = getattr(entry, "entry_ptr", entry)
    try:
        with transaction.atomic():
            return Draft.objects.create(person=person, key=key, entry=plain, fields=fields, base=base)
    except IntegrityError:
        raise OlderTab(_("Another window has just begun a draft of this form. Choose which one to keep.")) from None


def forget_draft(person: User, key: str) -> None:
    """The draft was sent or discarded."""
    Draft.objects.filter(person=person, key=key).delete()
