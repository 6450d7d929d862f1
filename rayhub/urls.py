"""The map of the site: the operator's pages, people, then everything that is the knowledge base."""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin
from django.urls import include, path

from rayhub.operations import healthz, readyz

for model in apps.get_models():
    # What packages register would write past the doors: groups, addresses, keys of the second step.
    if model._meta.app_label not in ("accounts", "resources") and admin.site.is_registered(model):
        admin.site.unregister(model)
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
