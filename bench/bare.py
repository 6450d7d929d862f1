"""The floor that pages are measured against: a Django view without middleware that answers with 10 KB."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"<p>" + b"x" * 10_233 + b"</p>"


def bare(request: HttpRequest) -> HttpResponse:
    """10 KB, and nothing else."""
    return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})


urlpatterns = [path("", bare)]

if not settings.configured:
    settings.configure(ROOT_URLCONF="bench.bare", ALLOWED_HOSTS=["*"], MIDDLEWARE=[], SECRET_KEY="bench")
    django.setup()
application = WSGIHandler()
