"""A guide that only leads on to another one, and the end of that."""

from accounts.models import User
from resources.editing.together import Becoming, send_together
from resources.entries.content import Content, read_content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.naming import Names, name_of
from resources.history.models import Revision
from resources.proposals.models import Proposal


def guide_named(words: str) -> WikiPage | None:
    """The live guide that a title, an address or a path names."""
    path = words.strip().rstrip("/")
    name = name_of(path.rpartition("/wiki/")[2] if "/wiki/" in path else path)
    found = Names().entry(name) if name.type == Entry.Type.WIKIPAGE and name.key else None
    page: WikiPage | None = WikiPage.objects.select_related("protection").get(pk=found.pk) if found else None
    return page


def leading_on(page: WikiPage, target: WikiPage, content: Content | None = None) -> list[Becoming]:
    """What becomes of the guides when `page` leads on to `target`, in the order in which it can stand.

    What stood under the page stands under the target then, and what led on to the page leads on to the target. `content`
    is what the target shall say meanwhile.
    """
    contents: dict[int, Becoming] = {}
    if content is not None:
        contents[target.pk] = Becoming(target, content, {"with": page.title})
    leaning = WikiPage.objects.leaning_on(page.pk).select_related("protection").order_by("pk")
    above = _above(target)
    for one in leaning:
        held = contents.setdefault(one.pk, Becoming(target if one.pk == target.pk else one, read_content(one)))
        if one.parent_id == page.pk:
            # What the target itself stands under cannot stand under the target.
            held.content = held.content | {"parent": page.parent_id if one.pk in above else target.pk}
        if one.redirect_id == page.pk:
            held.content = held.content | {"redirect": target.pk}
    last = Becoming(page, read_content(page) | {"redirect": target.pk}, {"with": target.title})
    return [*contents.values(), last]


def _above(page: WikiPage) -> set[int]:
    """The guide and all that it stands under."""
    found: set[int] = set()
    here: WikiPage | None = page
    while here is not None and here.pk not in found:
        found.add(here.pk)
        here = here.parent
    return found


def redirect_guide(
    page: WikiPage, target: WikiPage, *, by: User, reason: str, seen: int
) -> list[Revision] | list[Proposal]:
    """Lets a guide lead on to another; its text and history stay. Raises as send_together() does."""
    return send_together(
        leading_on(page, target), by=by, summary=reason, name=f"redirect-{page.pk}", seen={page.pk: seen}
    )


def end_redirect(page: WikiPage, *, by: User, reason: str, seen: int) -> list[Revision] | list[Proposal]:
    """Lets a guide say again what it said before it led on. Raises as send_together() does."""
    change = Becoming(page, read_content(page) | {"redirect": None})
    return send_together([change], by=by, summary=reason, name=f"redirect-{page.pk}", seen={page.pk: seen})
