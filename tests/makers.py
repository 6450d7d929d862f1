"""A small cast, and entries made the way everybody makes them: through publish()."""

from datetime import UTC, date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.text import slugify

from accounts.models import User
from accounts.roles import give_role
from resources.entries.knowledge import CaseStudy, Comparison, WikiPage
from resources.entries.models import Entry, Resource, Section
from resources.publishing import publish
from resources.verifying.models import RayRelease, Verification, order_of


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


def a_guide(title: str = "Ray Core", *, author: User | None = None, **content: Any) -> WikiPage:
    """A live guide; `parent` and `redirect` are guides."""
    content = {"slug": slugify(title)} | content | {"title": title}
    content |= {name: content[name].pk for name in ("parent", "redirect") if content.get(name)}
    revision = publish(content, type=Entry.Type.WIKIPAGE, author=author or a_person())
    return WikiPage.objects.get(pk=revision.entry_id)


def a_claim(key: str = "c1", **columns: Any) -> dict[str, Any]:
    """A claim as a row of content."""
    return {"key": key, "position": 10, "statement": f"Claim {key}."} | columns


def a_case_study(
    organisation: str = "Uber", *, author: User | None = None, claims: tuple[dict[str, Any], ...] = (), **content: Any
) -> CaseStudy:
    """A live case study."""
    blank = {"title": f"{organisation} on Ray", "slug": slugify(organisation), "use_case": "It computes."}
    content = blank | content | {"organisation": organisation, "claims": list(claims)}
    revision = publish(content, type=Entry.Type.CASESTUDY, author=author or a_person())
    return CaseStudy.objects.get(pk=revision.entry_id)


def a_comparison(
    title: str = "Engines", *, author: User | None = None, cells: dict[str, Any] | None = None, **content: Any
) -> Comparison:
    """A live comparison of Ray and Dask by cost and speed. `cells` maps "ray/cost" to a text or to columns."""
    subjects = [{"key": name.lower(), "position": place, "name": name} for place, name in enumerate(("Ray", "Dask"))]
    criteria = [{"key": name.lower(), "position": place, "name": name} for place, name in enumerate(("Cost", "Speed"))]
    given = [
        {"key": key, **(columns if isinstance(columns, dict) else {"text": columns})}
        for key, columns in (cells or {}).items()
    ]
    content = {"slug": slugify(title), "subjects": subjects, "criteria": criteria, "cells": given} | content
    revision = publish(content | {"title": title}, type=Entry.Type.COMPARISON, author=author or a_person())
    return Comparison.objects.get(pk=revision.entry_id)


def a_release(version: str = "2.60.0", day: str = "2026-11-04") -> RayRelease:
    """A release of Ray, entered by nobody: whoever is concerned is not told."""
    found = RayRelease.objects.filter(version=version).first()
    return found or RayRelease.objects.create(
        version=version, released_on=date.fromisoformat(day), order=order_of(version)
    )


def a_verification(entry: Entry, version: str = "2.60.0", *, person: User | None = None, **fields: Any) -> Verification:
    """Somebody tried an entry as it is live now, on 12 November 2026."""
    fields = {"revision_number": entry.revision_number, "at": datetime(2026, 11, 12, 12, tzinfo=UTC)} | fields
    base = Entry.objects.get(pk=entry.pk)
    return Verification.objects.create(entry=base, release=a_release(version), person=person or a_person(), **fields)
