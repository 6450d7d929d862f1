"""Signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST


class SignIn(LoginView):
    """Sign-in; afterwards the reader goes on to ?next=, unless that leads back to these pages."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        target = super().get_redirect_url(request)
        own = (reverse("login"), reverse("logout"))
        return "" if target.startswith(own) else target


login = never_cache(require_http_methods(["GET", "HEAD", "POST"])(SignIn.as_view()))
logout = require_POST(LogoutView.as_view())
