"""The page addresses of new entries."""

from collections.abc import Container

from django.utils.text import slugify

RESERVED = frozenset({"new", "wanted", "orphans", "dead-ends", "look-again", "claims"})
"""Slugs that no entry can have: beside the entries, pages of the site have these addresses."""


def free_slug(title: str, otherwise: str, taken: Container[str]) -> str:
    """A slug from the title, from `otherwise` where the title has no Latin letter, with a number where it is taken."""
    base = (slugify(title)[:100].strip("-") or slugify(otherwise)[:100].strip("-") or "entry").strip("_")
    slug, number = base, 2
    while slug in taken or slug in RESERVED:
        slug, number = f"{base}-{number}", number + 1
    return slug
