"""A small cast, and entries made the way everybody makes them: through publish()."""

from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.roles import give_role
from resources.entries.models import Entry, Resource, Section
from resources.publishing import publish


def a_person(name: str = "ada", *, role: str = "", **fields: Any) -> User:
    """An account with the password "correct horse" and a confirmed address; a reader, unless a role is named."""
    found = User.objects.filter(name=name).first()
    if found:
        return found
    person = User.objects.create_user(name, f"{name}@example.org", "correct horse", **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if role:
        give_role(person, role)
    return person


def a_section(title: str = "Libraries", *, author: User | None = None, **content: Any) -> Section:
    """A live section."""
    slug = content.pop("slug", title.lower().replace(" ", "-"))
    parent = content.pop("parent", None)
    content |= {"title": title, "slug": slug, "parent": parent.pk if parent else None}
    revision = publish(content, type=Entry.Type.SECTION, author=author or a_person())
    return Section.objects.get(pk=revision.entry_id)


def a_resource(
    title: str = "RayDP", *, author: User | None = None, sections: tuple[Section, ...] = (), **content: Any
) -> Resource:
    """A live resource, seated at the end of each section."""
    slug = content.pop("slug", title.lower().replace(" ", "-"))
    seats = [{"section": section.pk, "position": 1000 + section.placements.count()} for section in sections]
    content = {"url": f"https://example.org/{slug}", "summary": f"{title} in one sentence."} | content
    content |= {"title": title, "slug": slug, "placements": seats}
    revision = publish(content, type=Entry.Type.RESOURCE, author=author or a_person())
    return Resource.objects.get(pk=revision.entry_id)
