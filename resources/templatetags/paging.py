"""The pages of a list."""

from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resources.templatetags.once import part

register = template.Library()


@register.simple_tag(takes_context=True)
def pager(context: template.Context, page: Any) -> SafeString:
    """Links to the pages of a list, far ones left out; nothing where there is but one. `page`: a paginator's page."""
    if not page.has_other_pages():
        return SafeString("")
    query = context["request"].GET
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return part(
        "components/pager_links.html",
        {"has_previous": page.has_previous(), "has_next": page.has_next()},
        previous=_address(query, page.number - 1),
        next=_address(query, page.number + 1),
        numbers=SafeString("".join([_number(query, one, page) for one in numbers])),
    )


def _address(query: QueryDict, number: int) -> str:
    """The present query with another number of a page."""
    if not query.keys() - {"page"}:
        return f"?page={number}"
    wanted = query.copy()
    wanted["page"] = str(number)
    return f"?{wanted.urlencode()}"


def _number(query: QueryDict, number: Any, page: Any) -> str:
    if number == page.number:
        return f'<span aria-current="page">{number}</span>'
    if number == page.paginator.ELLIPSIS:
        return f'<span class="muted">{number}</span>'
    label = _("Page %(number)s") % {"number": number}
    return f'<a href="{escape(_address(query, number))}" aria-label="{escape(label)}">{number}</a>'
