"""Sign-in and sign-out."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

login = never_cache(
    require_http_methods(["GET", "HEAD", "POST"])(
        LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)
    )
)
logout = require_POST(LogoutView.as_view())

urlpatterns = [
    path("login/", login, name="login"),
    path("logout/", logout, name="logout"),
]
