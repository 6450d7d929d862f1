"""Talk beside an entry or a proposal, and one thread."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resources.discussion.actions import answer, open_thread, reopen, resolve
from resources.discussion.forms import AnswerForm, ThreadForm
from resources.discussion.hearing import Heard, back, hear, member, place_of
from resources.discussion.models import Thread
from resources.discussion.reading import one_thread, proposal_or_404, talk_url, thread_or_404, threads_of
from resources.discussion.refusals import NotYours, TalkRefused
from resources.entries.models import Entry
from resources.entries.pages import entry_page

reads_and_hears = require_http_methods(["GET", "HEAD", "POST"])


@reads_and_hears
@entry_page(also_removed=True)
def entry_talk(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The threads on an entry; a POST begins one."""
    return _talk(request, entry=entry)


@reads_and_hears
def proposal_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """The threads on a proposal; a POST begins one."""
    return _talk(request, proposal=proposal_or_404(pk))


def _talk(request: HttpRequest, **about: Any) -> HttpResponse:
    form, heard = ThreadForm(), Heard()
    if request.method == "POST":
        form = ThreadForm(request.POST)
        heard = hear(request, form, lambda: open_thread(author=member(request), **form.cleaned_data, **about))
        if heard.post:
            return redirect(place_of(request, heard.post))
    talk = threads_of(viewer=request.user, number=request.GET.get("page"), **about)
    context = {"talk": talk, "page": talk.page, "talk_form": form, "talk_preview": heard.preview, **about}
    return render(request, "discussion/talk.html", context, status=heard.status)


@reads_and_hears
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """One thread with all its posts; a POST answers in it. ?post=12 shows the page with that post."""
    found = thread_or_404(pk)
    form, heard = AnswerForm(), Heard()
    if request.method == "POST":
        form = AnswerForm(request.POST)
        heard = hear(request, form, lambda: answer(found, author=member(request), text=form.cleaned_data["text"]))
        if heard.post:
            return redirect(place_of(request, heard.post))
    page, row = one_thread(found, viewer=request.user, number=request.GET.get("page"), post=request.GET.get("post", ""))
    context = {
        "thread": found, "row": row, "page": page, "form": form, "preview": heard.preview,
        "entry": found.entry, "proposal": found.proposal,
        "talk_url": talk_url(entry=found.entry, proposal=found.proposal),
    }  # fmt: skip
    return render(request, "discussion/thread.html", context, status=heard.status)


@require_POST
@login_required
def settle(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Resolves or reopens a thread."""
    found = thread_or_404(pk)
    try:
        if act == "resolve":
            resolve(found, actor=member(request))
            messages.success(request, _("The thread is resolved, and folded from now on."))
        else:
            reopen(found, actor=member(request))
            messages.success(request, _("The thread is open again."))
    except NotYours as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except TalkRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(back(request, Thread.get_absolute_url(found)))
