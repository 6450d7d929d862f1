"""The front page and the pages for when something went wrong."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from accounts.models import User
from rayhub.methods import read_only
from rayhub.problems import is_for_programs, problem
from resources.entries.knowledge import WikiPage
from resources.entries.models import Resource, Section
from resources.entries.pages import NotWritten
from resources.history.models import Revision
from resources.home.context import kept_tree
from resources.home.needing import asks
from resources.links.wanting import missing
from resources.text.markdown import plain

LEAD = 280
"""Characters of the list's introduction under its title on the front page."""

WORDS_OF_A_LEAD = 40
"""Characters from which on a paragraph of the introduction is more than the name of a picture."""

GUIDES = 8
"""Guides that the front page names: the first of those that stand under no other."""

THIN = 3
"""A section with fewer resources than this asks for help on the front page."""


@read_only
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the guides, the sections, what changed, what needs help, who helps."""
    tree = kept_tree()
    root = Section.objects.live().in_order().filter(parent=None).first()
    context = {
        "root": root,
        "lead": _lead(root.introduction) if root else "",
        "tree": tree,
        "section_tree": tree,
        "resource_count": Resource.objects.live().count(),
        "changes": Revision.objects.newest().for_rows()[:8],
        "guides": WikiPage.objects.pages().filter(parent=None).for_rows().in_order()[:GUIDES],
        "asks": asks(),
        "thin": [branch for branch in _all(tree) if branch.count < THIN and not branch.lists_others][:8],
        "people": User.objects.filter(revisions__isnull=False).distinct().order_by("joined_at")[:12],
    }
    return render(request, "home/home.html", context)


def _lead(introduction: str) -> str:
    """The first paragraph of words: a list often begins with badges and a picture."""
    paragraphs = (plain(paragraph).strip() for paragraph in introduction.split("\n\n"))
    return Truncator(next((words for words in paragraphs if len(words) >= WORDS_OF_A_LEAD), "")).chars(LEAD)


def _all(tree: list[Any]) -> list[Any]:
    return [one for branch in tree for one in (branch, *_all(branch.children))]


@read_only
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the comparisons, which are endless, and the forms."""
    closed = ("/*/history/", "/*/edit/", "/*/remove/", "/*/restore/", "/*/new/", "/drafts/", "/accounts/", "/admin/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join([*lines, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]), content_type="text/plain")


def _error(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    if is_for_programs(request):
        return problem(status, reason)
    return render(request, f"errors/{status}.html", {"reason": reason}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this person; says what our own refusals say."""
    return _error(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: with a search and the ways on; for an entry that nobody wrote yet, with the offer to write it."""
    if isinstance(exception, NotWritten):
        context = {"missing": missing(exception.type, exception.slug)}
        return render(request, "links/missing.html", context, status=404)
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without the database, which may be what failed."""
    if is_for_programs(request):
        return problem(500, _("Something went wrong here, and it is written down. Try again in a while."))
    return render(request, "errors/500.html", {"section_tree": []}, status=500)
