"""What administrators read: mails that no server took."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.mails import kept_mails, read_mail
from accounts.views.guards import MemberRequest, administrators

PER_PAGE = 50


@administrators
def mails(request: MemberRequest) -> HttpResponse:
    """The files, the newest first."""
    page = Paginator(kept_mails(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(name, read_mail(name) or []) for name in page]
    context = {"page": page, "rows": rows, "kept": settings.MAIL_FOLDER is not None}
    return render(request, "account/mails.html", context)


@administrators
def mail(request: MemberRequest, name: str) -> HttpResponse:
    """One file's messages."""
    messages = read_mail(name)
    if messages is None:
        raise Http404
    return render(request, "account/mail.html", {"name": name, "mails": messages})
