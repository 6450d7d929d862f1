"""The source of an entry at its address with .md: the file that the content folder would hold."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from rayhub.methods import read_only
from resources.content_files.form import to_file
from resources.entries.content import read_content
from resources.entries.models import Entry, Section
from resources.entries.pages import entry_page


@read_only
@entry_page()
def source(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The entry as Markdown with front matter."""
    content = read_content(entry)
    wanted = [row["section"] for row in content.get("placements", [])] + [content.get("parent")]
    slugs = dict(Section.objects.filter(pk__in=[pk for pk in wanted if pk]).values_list("pk", "slug"))
    text = to_file(entry, content, slugs)
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response
