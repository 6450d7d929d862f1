"""The map of the site: the operator's pages, people, then everything that is the knowledge base."""

from contextlib import suppress
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin
from django.urls import Resolver404, ResolverMatch, URLResolver, include, path
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property

from rayhub.operations import healthz, readyz

for model in apps.get_models():
    # What packages register would write past the doors: groups, addresses, keys of the second step.
    if model._meta.app_label not in ("accounts", "resources") and admin.site.is_registered(model):
        admin.site.unregister(model)
# One way in for all: with its limits and its second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class ByFirstWord(URLResolver):
    """Addresses of which only those are tried that begin with the same word as what is asked for: there are many, and
    each costs.
    """

    @cached_property
    def groups(self) -> dict[str, list[Any]]:
        """The first word of an address → all that begin with it, in their order."""
        found: dict[str, list[Any]] = {}
        for one in self.url_patterns:
            found.setdefault(str(one.pattern).partition("/")[0], []).append(one)
        return found

    def resolve(self, path: Any) -> ResolverMatch:
        """The view of an address. This resolver adds nothing to what one of its patterns finds."""
        asked = str(path)
        for one in self.groups.get(asked.partition("/")[0], ()):
            with suppress(Resolver404):
                match: ResolverMatch | None = one.resolve(asked)
                if match:
                    return match
        return super().resolve(path)


urlpatterns = [
    ByFirstWord(RoutePattern(""), "resources.urls"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
]

handler400 = "resources.home.views.bad_request"
handler403 = "resources.home.views.forbidden"
handler404 = "resources.home.views.not_found"
handler500 = "resources.home.views.server_error"
