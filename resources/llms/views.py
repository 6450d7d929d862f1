"""Markdown for reading, and the lists that lead to it."""

from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import sha256

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response, patch_cache_control

from rayhub.methods import read_only
from resources.content_files.views import source
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.freshness import kept, sign_of_life
from resources.llms.index import MOST_BYTES, index, whole
from resources.llms.reading import FORM, reading_of

MARKDOWN = "text/markdown"


@read_only
@entry_page()
def reading(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The entry as Markdown that reads well by itself; a guide that leads on does so here too."""
    target = entry.redirect if isinstance(entry, WikiPage) else None
    if target is not None and target.live and target.redirect_id is None and request.GET.get("redirect") != "no":
        return HttpResponsePermanentRedirect(f"{target.source_address}{FORM}", headers={"Cache-Control": "no-cache"})
    return _answer(request, reading_of(entry), f"{MARKDOWN}; charset=utf-8")


def source_or_reading(request: HttpRequest, type: str, slug: str) -> HttpResponse:  # noqa: A002  # the address map's word
    """The source of an entry, or with ?form=reading the form for reading."""
    return (reading if request.GET.get("form") == "reading" else source)(request, type=type, slug=slug)


def or_markdown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page of an entry, which answers with its form for reading to those who rather have Markdown."""

    @wraps(view)
    def answer(request: HttpRequest, type: str, slug: str) -> HttpResponse:  # noqa: A002  # the address map's word
        # A browser never names it: its requests cost a look into one header.
        asked = request.META.get("HTTP_ACCEPT", "")
        wanted = MARKDOWN in asked and request.get_preferred_type([MARKDOWN, "text/html"]) == MARKDOWN
        response = (reading if wanted else view)(request, type=type, slug=slug)
        known = response.headers.get("Vary")
        response.headers["Vary"] = f"{known}, Accept" if known else "Accept"
        return response

    return answer


@read_only
def llms(request: HttpRequest) -> HttpResponse:
    """/llms.txt: made anew after each publication."""
    return _answer(request, kept("llms", index), "text/plain; charset=utf-8", seconds=60)


@read_only
def llms_full(request: HttpRequest) -> HttpResponseBase:
    """/llms-full.txt, streamed: the same for as long as nothing is published."""
    sign = sha256(f"{sign_of_life()} {MOST_BYTES}".encode()).hexdigest()[:32]
    texts: Iterator[str] = iter(()) if request.method == "HEAD" else whole()
    response = StreamingHttpResponse(texts, content_type="text/plain; charset=utf-8", headers={"ETag": f'"{sign}"'})
    patch_cache_control(response, public=True, max_age=60)
    found: HttpResponseBase | None = get_conditional_response(request, etag=f'"{sign}"', response=response)  # type: ignore[arg-type]  # streams are answers too
    return found or response


def _answer(request: HttpRequest, text: str, kind: str, *, seconds: int | None = None) -> HttpResponse:
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type=kind, headers={"ETag": etag})
    if seconds:
        patch_cache_control(response, public=True, max_age=seconds)
    return get_conditional_response(request, etag=etag, response=response) or response
