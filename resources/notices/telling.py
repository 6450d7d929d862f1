"""The one door by which people are told something."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from accounts.models import User
from resources.entries.models import Entry, Placement, Tagging
from resources.history.models import Revision
from resources.notices.models import Notice, Watch


def tell(
    people: Iterable[User],
    act: str,
    *,
    actor: User | None,
    entry: Entry | None = None,
    revision: Revision | None = None,
    proposal: Any = None,
    post: Any = None,
    words: str = "",
) -> list[Notice]:
    """Writes a notice to each of the people, once each, and none to the actor; inside the caller's transaction."""
    wanted = {person.pk: person for person in people if person.is_active and (actor is None or person.pk != actor.pk)}
    about = entry or (revision.entry if revision else None) or (proposal.entry if proposal else None)
    notices = [
        Notice(
            person=person,
            act=act,
            actor=actor,
            entry=getattr(about, "entry_ptr", about),
            revision=revision,
            proposal=proposal,
            post=post,
            words=words,
        )
        for person in wanted.values()
    ]
    return Notice.objects.bulk_create(notices)


def tell_watchers(revisions: Iterable[Revision]) -> None:
    """Tells who watches the entries of these revisions, a section they sit in, or a tag they have."""
    if not Watch.objects.exists():
        return
    for revision in revisions:
        sections = Placement.objects.filter(resource=revision.entry_id).values("section")
        tags = Tagging.objects.filter(content_object=revision.entry_id).values("tag")
        watching = Watch.objects.filter(
            Q(entry=revision.entry_id) | Q(entry__in=sections) | Q(tag__in=tags)
        ).select_related("person")
        tell([watch.person for watch in watching], "published", actor=revision.author, revision=revision)
