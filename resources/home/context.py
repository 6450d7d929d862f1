"""What the frame around every page needs."""

from typing import Any

from django.http import HttpRequest

from resources.entries.tree import Branch, section_tree
from resources.history.freshness import kept


def frame(request: HttpRequest) -> dict[str, Any]:
    """The section tree, read only when a template asks for it."""
    return {"section_tree": kept_tree}


def kept_tree() -> list[Branch]:
    """The section tree of this moment."""
    return kept("section-tree", section_tree)
