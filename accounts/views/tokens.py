"""Personal access tokens."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.forms import TokenForm
from accounts.models import Token
from accounts.tokens import TooManyTokens, make_token, revoke_token
from accounts.views.guards import MemberRequest, members


@members
@reauthentication_required
def token_list(request: MemberRequest) -> HttpResponse:
    """One's tokens, and the form for a new one; its secret is on the page that answers, and nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    made, secret = None, ""
    if form.is_valid():
        try:
            made, secret = make_token(request.user, **form.cleaned_data)
            form = TokenForm()
        except TooManyTokens as error:
            form.add_error(None, str(error))
    tokens = request.user.tokens.filter(revoked_at=None)[:200]
    return render(request, "account/tokens.html", {"form": form, "tokens": tokens, "made": made, "secret": secret})


@members
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Ends a token."""
    token = get_object_or_404(Token, pk=pk, owner=request.user)
    revoke_token(token)
    messages.success(request, _("The token “%(name)s” no longer works.") % {"name": token.name})
    return redirect("account_tokens")
