"""The settings: profile and sessions."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.logout import logout
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.forms import ProfileForm
from accounts.names import tell_renamed
from accounts.sessions import live_sessions
from accounts.unsent import signed_in_first
from accounts.views.guards import MemberRequest, members


@signed_in_first
def profile(request: MemberRequest) -> HttpResponse:
    """What stands on one's page."""
    user = request.user
    kept = {"display_name": user.display_name, "bio": user.bio, "links": "\n".join(user.links)}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=kept, user=user)
    if form.is_valid():
        user.display_name, user.bio = form.cleaned_data["display_name"], form.cleaned_data["bio"]
        user.links = form.cleaned_data["links"]
        with transaction.atomic():
            user.save(update_fields=["display_name", "bio", "links"])
            tell_renamed(user)
        messages.success(request, _("Your profile is saved."))
        return redirect("account_settings")
    return render(request, "account/profile.html", {"form": form})


@members
def sessions(request: MemberRequest) -> HttpResponse:
    """Where one is signed in; a button ends all others."""
    if request.method == "POST":
        end_other_sessions(request, request.user)
        messages.success(request, _("Everywhere else you are signed out."))
        return redirect("usersessions_list")
    return render(request, "account/sessions.html", {"sessions": live_sessions(request.user)})


@members
def end_session(request: MemberRequest, pk: int) -> HttpResponse:
    """Signs one browser out."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        logout(request)
        return redirect(get_adapter().get_logout_redirect_url(request))
    session.end()
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")
