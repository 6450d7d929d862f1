"""The map of the site: the operator's pages, people, then everything that is the knowledge base."""

from django.contrib import admin
from django.urls import include, path

from rayhub.operations import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("", include("resources.urls")),
]

handler400 = "resources.home.views.bad_request"
handler403 = "resources.home.views.forbidden"
handler404 = "resources.home.views.not_found"
handler500 = "resources.home.views.server_error"
