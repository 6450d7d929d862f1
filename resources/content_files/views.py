"""The source of an entry, now or at a revision, at its address with .md: the file that the content folder would hold."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from rayhub.methods import read_only
from resources.content_files.form import to_file
from resources.entries.content import Content, empty_content, pointed, read_content
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.views import revision_or_404


@read_only
@entry_page()
def source(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The entry as Markdown with front matter."""
    return _file(request, entry, read_content(entry))


@read_only
@entry_page(also_removed=True)
def revision_source(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    """The entry as it was, as Markdown with front matter."""
    # A revision lacks the fields that came after it.
    return _file(request, entry, empty_content(type(entry)) | revision_or_404(entry, number).content)


def _file(request: HttpRequest, entry: Entry, content: Content) -> HttpResponse:
    # Whatever an old revision names is answered for, as its pages do.
    slugs = {pk: f"#{pk}" for pk in pointed(type(entry), [content])}
    slugs |= Entry.objects.filter(pk__in=slugs).values_list("pk", "slug") if slugs else ()
    text = to_file(entry, content, slugs)
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response
