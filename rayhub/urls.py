"""The map of the site: the operator's pages, people, then everything that is the knowledge base."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from rayhub.operations import healthz, readyz

# One way in for all: with its limits and its second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

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
