"""One's data: taking it along, and leaving."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.data import data_of
from accounts.forms import LeaveForm
from accounts.leaving import LastAdministrator, leave
from accounts.unsent import unsent_form
from accounts.views.guards import MemberRequest, members


@members
def yours(request: MemberRequest) -> HttpResponse:
    """What one can do with one's data."""
    return render(request, "account/yours.html")


@members
def unsent(request: MemberRequest) -> HttpResponse:
    """The form that was sent after its writer had been signed out."""
    kept = unsent_form(request)
    if kept is None:
        raise Http404(_("No form waits here: it was sent, or this is another browser."))
    return render(request, "account/unsent.html", {"target": kept[0], "fields": kept[1]})


@members
@reauthentication_required
def data(request: MemberRequest) -> HttpResponse:
    """Everything that the site keeps about the person, as a file."""
    file = JsonResponse(data_of(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    file["Content-Disposition"] = f'attachment; filename="rayhub-{request.user.pk}.json"'
    return file


@sensitive_post_parameters()
@members
@reauthentication_required
def leaving(request: MemberRequest) -> HttpResponse:
    """Deletes the account: what was written stays, under a pseudonym."""
    form = LeaveForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            pseudonym = leave(request.user)
        except LastAdministrator as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            messages.success(
                request, _("Your account is gone. What you wrote stays under the name %(name)s.") % {"name": pseudonym}
            )
            return redirect("home")
    return render(request, "account/leave.html", {"form": form})
