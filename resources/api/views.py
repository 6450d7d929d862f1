"""What stands beside the operations: the document, its page for people, and what no operation answers to."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from ninja import Router

from rayhub.drawing import render_page
from rayhub.methods import read_only
from rayhub.problems import problem
from resources.api.app import answer
from resources.api.describing import groups
from resources.api.document import document

router = Router()


@read_only
def documentation(request: HttpRequest) -> HttpResponse:
    """Every operation, for people."""
    context = {"groups": groups(), "first": f"curl {settings.SITE_URL}/api/v1/resources/?limit=2"}
    return render_page(request, "api/documentation.html", context)


@router.get("/openapi.json", include_in_schema=False, url_name="openapi")
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return answer(document())


def no_such_operation(request: HttpRequest, rest: str) -> HttpResponse:
    """404; an address without its last slash, or with one too many, leads to the right one."""
    other = request.path[:-1] if request.path.endswith("/") else f"{request.path}/"
    try:
        found = resolve(other)
    except (Resolver404, Http404):
        found = None
    if found is not None and found.func.__name__ != no_such_operation.__name__:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponse(status=308, headers={"Location": f"{other}?{query}" if query else other})
    return problem(404, _("There is nothing at this address. What there is stands in /api/v1/openapi.json."))
