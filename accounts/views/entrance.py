"""The way in: allauth's views, where they need more care."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import ConfirmEmailView, EmailView, LoginView, SignupView
from allauth.socialaccount.views import SignupView as ConnectedSignupView
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TAKEN = gettext_lazy("This name was taken a moment ago. Choose another.")


def only_with_github(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page that exists only where the site has GitHub's keys."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.GITHUB_SIGN_IN:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class SignIn(LoginView):
    """Sign-in; whoever is signed in already goes on to where they wanted to be."""


class SignUp(SignupView):
    """Sign-up; of two people who take one name at the same instant, one is told."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The account, and the mail with the link."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except IntegrityError:
            form.add_error("username", TAKEN)
            answer = self.form_invalid(form)
        return answer


class ConnectedSignUp(ConnectedSignupView):
    """Sign-up of somebody who comes from GitHub."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The account; who loses a race for the name keeps what GitHub said and chooses another."""
        kept = self.sociallogin.serialize()
        try:
            answer: HttpResponse = super().form_valid(form)
        except IntegrityError:
            self.request.session["socialaccount_sociallogin"] = kept
            form.add_error("username", TAKEN)
            answer = self.form_invalid(form)
        return answer


class ConfirmEmail(ConfirmEmailView):
    """The link in the mail: a page with a button, since programs follow links."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Confirms, unless the address belongs to an account without a password of its own."""
        try:
            with transaction.atomic():
                answer: HttpResponseBase = super().post(*args, **kwargs)
        except IntegrityError:
            messages.error(
                self.request,
                _(
                    "This address already belongs to somebody's work here. Ask an administrator to join the two accounts."
                ),
            )
            answer = HttpResponseRedirect(reverse("home"))
        return answer


login = SignIn.as_view()
signup = SignUp.as_view()
connected_signup = ConnectedSignUp.as_view()
confirm_email = ConfirmEmail.as_view()
email = EmailView.as_view()
