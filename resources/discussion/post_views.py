"""One post: edit it, delete it, bring it back, and read what it said before."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rayhub.methods import read_only
from resources.discussion.actions import delete_post, edit_post, restore_post
from resources.discussion.forms import DeleteForm, EditForm
from resources.discussion.hearing import Heard, hear, member
from resources.discussion.reading import post_or_404
from resources.discussion.refusals import TalkRefused
from resources.permissions import may_hide, may_review, may_reword

reads_and_hears = require_http_methods(["GET", "HEAD", "POST"])


@reads_and_hears
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for one's own post."""
    post = post_or_404(pk)
    if request.user.is_authenticated and not may_reword(request.user, post.author_id):
        raise PermissionDenied(_("You can edit what you said yourself."))
    form, heard = EditForm(initial={"text": post.text, "seen": post.versions.count()}), Heard()
    if request.method == "POST":
        form = EditForm(request.POST)
        heard = hear(request, form, lambda: edit_post(post, author=member(request), **form.cleaned_data))
        if heard.post:
            return redirect(post)
    elif not request.user.is_authenticated:
        return redirect(post)
    context = {"post": post, "thread": post.thread, "form": form, "preview": heard.preview}
    return render(request, "discussion/edit_post.html", context, status=heard.status)


@reads_and_hears
@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether, and why; a POST takes the post out of sight."""
    post = post_or_404(pk)
    if not may_hide(request.user, post.author_id):
        raise PermissionDenied(_("You can delete what you said yourself; a moderator can hide the rest."))
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            delete_post(post, actor=member(request), reason=form.cleaned_data["reason"])
        except TalkRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The post is out of sight. A moderator can bring it back."))
            return redirect(post)
    context = {"post": post, "thread": post.thread, "form": form, "own": request.user.pk == post.author_id}
    return render(request, "discussion/delete_post.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings a hidden post back."""
    post = post_or_404(pk)
    try:
        restore_post(post, moderator=member(request))
    except TalkRefused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("The post can be read again."))
    return redirect(post)


@read_only
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said before; of a hidden one only moderators see it."""
    post = post_or_404(pk)
    if post.removed_at is not None and not may_review(request.user):
        raise Http404(_("This post was deleted."))
    found = post.versions.order_by("-created_at", "-pk")
    return render(request, "discussion/versions.html", {"post": post, "thread": post.thread, "versions": found})
