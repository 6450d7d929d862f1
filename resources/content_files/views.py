"""The source of an entry, now or at a revision, at its address with .md: the file that the content folder would hold."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from rayhub.methods import read_only
from resources.content_files.beside import read_beside
from resources.content_files.form import Beside, to_file
from resources.entries.content import empty_content, pointed, read_content
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.views import revision_or_404


@read_only
@entry_page()
def source(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The entry as Markdown with front matter."""
    content = read_content(entry)
    pks = pointed(type(entry), [content])
    slugs = dict(Entry.objects.live().filter(pk__in=pks).values_list("pk", "slug")) if pks else {}
    return _answer(request, to_file(entry, content, slugs, read_beside([entry])[entry.pk]))


@read_only
@entry_page(also_removed=True)
def revision_source(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    """The entry as it was, as Markdown with front matter."""
    # A revision lacks the fields that came after it.
    content = empty_content(type(entry)) | revision_or_404(entry, number).content
    # Whatever an old revision names is answered for, as its pages do.
    slugs = {pk: f"#{pk}" for pk in pointed(type(entry), [content])}
    slugs |= Entry.objects.filter(pk__in=slugs).values_list("pk", "slug") if slugs else ()
    return _answer(request, to_file(entry, content, slugs, Beside()))


def _answer(request: HttpRequest, text: str) -> HttpResponse:
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response
