"""Proposals for tests, made as everybody makes them."""

from typing import Any

from accounts.models import User
from resources.entries.content import read_content
from resources.entries.models import Entry, Resource
from resources.moderation.actions import propose
from resources.proposals.models import Proposal


def an_edit(author: User, entry: Entry, **fields: Any) -> Proposal:
    """A proposal to change these fields of a live entry."""
    content = read_content(entry) | fields
    return propose(content, author=author, entry=entry, base=entry.revision_number, summary="Say it better.")


def a_removal(author: User, entry: Entry) -> Proposal:
    """A proposal to take an entry away."""
    return propose(read_content(entry), author=author, entry=entry, summary="It is gone.", remove_it=True)


def a_new_one(author: User, title: str = "Modin", **fields: Any) -> Proposal:
    """A proposal of a new resource."""
    slug = title.lower().replace(" ", "-")
    content = {"title": title, "slug": slug, "url": f"https://example.org/{slug}", "summary": "Scales pandas."} | fields
    return propose(content, author=author, type=Entry.Type.RESOURCE, summary="A new one.")


def fresh(entry: Entry) -> Resource:
    """The resource as it is now."""
    return Resource.objects.get(pk=entry.pk)
