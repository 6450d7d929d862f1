"""What the frame around every page needs."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from resources.entries.tree import Branch, section_tree
from resources.history.freshness import kept
from resources.permissions import may_review
from resources.proposals.models import Proposal


def frame(request: HttpRequest) -> dict[str, Any]:
    """The section tree, and for moderators how many proposals wait, and where to go on after signing in;
    each read only when a template asks for it.
    """

    def to_review() -> int | None:
        return Proposal.objects.waiting().as_items() if may_review(request.user) else None

    def sign_in_next() -> str:
        on_the_way = request.resolver_match is not None and request.resolver_match.url_name == "login"
        return "" if on_the_way else f"?next={quote(request.get_full_path())}"

    return {"section_tree": kept_tree, "to_review": to_review, "sign_in_next": sign_in_next, "searched": ""}


def kept_tree() -> list[Branch]:
    """The section tree of this moment."""
    return kept("section-tree", section_tree)
