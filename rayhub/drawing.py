"""Pages for strangers, of which everything but what differs from page to page is drawn once.

A template marks what differs with `{% each_time %}…{% end_each_time %}`; `render_page` draws the template once with holes in
those places and fills the holes for each request. What stands between the marks may use what the view gave and what context
processors give, and nothing that another tag of the template made. Everything else of the template must be the same for all
strangers, for one key. For somebody who is known by a cookie the template is drawn as a whole.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.base import NodeList, VariableNode
from django.template.context import make_context
from django.template.library import SimpleNode
from django.template.loader import get_template
from django.utils.functional import LazyObject
from django.utils.translation import get_language

from rayhub.escaping import escaped

MOST_KEPT = 500
"""Templates that a process keeps, in all their languages and keys; when there are more, it begins anew."""

_MARK = "\ue0f2"
_HOLES = "holes of the page that is drawn"

type _Page = tuple[Any, list[bytes], list[int], list[Callable[[Any], Any]]]
"""A template, its drawing cut at the holes, which of them is which, and what fills them. As bytes: most of a page is the same
each time, and need not be encoded again.
"""

_pages: dict[tuple[Any, ...], _Page] = {}


class EachTime(template.Node):
    """A place whose nodes are rendered for each request."""

    def __init__(self, nodes: NodeList) -> None:
        self.nodelist = nodes

    def render(self, context: template.Context) -> Any:
        holes: list[NodeList] | None = context.get(_HOLES)
        if holes is None:
            return self.nodelist.render(context)
        holes.append(self.nodelist)
        return f"{_MARK}{len(holes) - 1}{_MARK}"


def render_page(request: HttpRequest, name: str, given: Mapping[str, Any], *key: Any) -> HttpResponse:
    """A page of the template `name`. The template's parts outside of `each_time` may differ by `key`."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    if known or settings.DEBUG:
        return HttpResponse(get_template(name).render(dict(given), request))
    page_key = (name, get_language(), *key)
    page = _pages.get(page_key)
    if page is None:
        if len(_pages) >= MOST_KEPT:
            _pages.clear()
        page = _pages[page_key] = _drawn(request, name, given)
    whole, cut, numbers, fillers = page
    _know(request)
    context: Any = make_context(dict(given), request)
    pieces = cut.copy()
    with context.render_context.push_state(whole.template), context.bind_template(whole.template):
        # What stands in several places, as a title, is drawn once.
        filled = [fill(context).encode() for fill in fillers]
    pieces[1::2] = [filled[number] for number in numbers]
    return HttpResponse(b"".join(pieces))


def _know(request: HttpRequest) -> None:
    """Puts the stranger in place of the object that would find out who it is, and slows every question to it down."""
    person: Any = request.user
    if not person.is_authenticated and isinstance(person, LazyObject):
        request.user = vars(person)["_wrapped"]


def _drawn(request: HttpRequest, name: str, given: Mapping[str, Any]) -> _Page:
    """The page with its holes."""
    whole: Any = get_template(name)
    holes: list[NodeList] = []
    drawn: str = whole.render({**given, _HOLES: holes}, request)
    cut = drawn.split(_MARK)
    return (
        whole,
        [piece.encode() for piece in cut],
        [int(one) for one in cut[1::2]],
        [_filler(nodes) for nodes in holes],
    )


def _filler(nodes: NodeList) -> Callable[[Any], Any]:
    """What fills a hole. One that is a plain variable is looked up without the machinery of templates, as long as that finds
    what is meant: an attribute that is a text. So is a tag called that asks for nothing but the context.
    """
    alone = nodes[0] if len(nodes) == 1 else None
    if isinstance(alone, SimpleNode) and alone.takes_context and not (alone.args or alone.kwargs or alone.target_var):
        call = alone.func
        return lambda context: escaped(call(context))
    if not isinstance(alone, VariableNode) or alone.filter_expression.filters:
        return nodes.render
    lookups = getattr(alone.filter_expression.var, "lookups", None) or ()

    def fill(context: Any) -> Any:
        found = context.get(lookups[0]) if lookups else None
        for word in lookups[1:]:
            found = None if hasattr(found, "__getitem__") else getattr(found, word, None)
        return escaped(found) if isinstance(found, str) else nodes.render(context)

    return fill
