"""What the frame around every page needs."""

from typing import Any

from django.http import HttpRequest

from resources.entries.tree import section_tree


def frame(request: HttpRequest) -> dict[str, Any]:
    """The section tree, read only when a template asks for it."""
    return {"section_tree": section_tree}
