"""/README.md: the artifact."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from rayhub.methods import read_only
from resources.history.freshness import kept
from resources.readme.exporting import export_classic


@read_only
def readme(request: HttpRequest) -> HttpResponse:
    """The list as export_readme writes it, with an ETag of its bytes."""
    text = kept("readme", export_classic)
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8", headers={"ETag": etag})
    patch_cache_control(response, public=True, max_age=60)
    return get_conditional_response(request, etag=etag, response=response) or response
