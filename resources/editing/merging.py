"""Two guides made into one: one keeps its address with both texts, the other leads on to it. Both histories stay."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from resources.editing.redirecting import leading_on
from resources.editing.together import send_together
from resources.entries.content import Content, complete, content_kinds, read_content
from resources.entries.knowledge import WikiPage
from resources.history.models import Revision
from resources.proposals.models import Proposal
from resources.publishing import EditConflict, PublishRefused, StaleRead
from resources.text.merge import merge_fields


def first_text(page: WikiPage, other: WikiPage) -> Content:
    """What the form begins with: the page's own text, a heading, the other's text; the tags of both."""
    content = read_content(page)
    theirs = read_content(other)
    parts = [content["body"].rstrip(), f"## {other.title}", theirs["body"].strip()]
    tags = [*content["tags"], *(tag for tag in theirs["tags"] if tag not in content["tags"])]
    return content | {
        "summary": content["summary"] or theirs["summary"],
        "body": "\n\n".join(part for part in parts if part) + "\n",
        "tags": tags,
    }


def merge_guides(
    page: WikiPage, other: WikiPage, fields: dict[str, Any], *, by: User, reason: str, base: int, other_base: int
) -> list[Revision] | list[Proposal]:
    """Publishes both changes as one act, or proposes them as one batch. `fields` were typed over revision `base` of the page.

    What others did to the page since is merged in. Raises EditConflict where that is at the same place, StaleRead where
    the other page moved, and what send_together() raises.
    """
    if page.pk == other.pk or page.redirect_id is not None or other.redirect_id is not None:
        raise PublishRefused(_("Choose another guide, one that does not itself lead on."))
    if other.revision_number != other_base:
        words = _("“%(title)s” changed while you were merging. Take over what is new, then send again.")
        raise StaleRead(words % {"title": other.title})
    content = _onto_live(page, fields, base)
    summary = _("Merge “%(other)s” into “%(page)s”: %(reason)s") % {
        "other": other.title, "page": page.title, "reason": reason,
    }  # fmt: skip
    return send_together(leading_on(other, page, content), by=by, summary=summary, name=f"merge-{page.pk}-{other.pk}")


def _onto_live(page: WikiPage, fields: dict[str, Any], base: int) -> Content:
    """The typed fields together with what is live now."""
    found = page.revisions.filter(number=base).first()
    if found is None:
        raise PublishRefused(_("This form started from a revision that does not exist. Open the page again."))
    origin = complete(WikiPage, found.content)
    merge = merge_fields(content_kinds(WikiPage), origin, origin | fields, read_content(page))
    if merge.conflicts:
        raise EditConflict(page, merge)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in merge.content.items()}
