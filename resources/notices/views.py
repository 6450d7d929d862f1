"""A person's notices, what they watch, and how often mails come."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from taggit.models import Tag

from accounts.views.guards import MemberRequest, members
from rayhub.methods import read_only
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.notices import choices
from resources.notices.differences import sides_of
from resources.notices.forms import RhythmForm
from resources.notices.models import Notice, Watch
from resources.notices.tokens import feed_path, rhythm_of, unsubscriber_or_404
from resources.notices.watching import unwatch, watch
from resources.notices.wording import path_of, quoted, sentence

PER_PAGE = 25


@never_cache
@read_only
@members
def notices(request: MemberRequest) -> HttpResponse:
    """What a person was told: the unread first, the newest of them on top."""
    seen = Case(When(read_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    mine = (
        Notice.objects.filter(person=request.user).for_rows().annotate(seen=seen).order_by("seen", "-created_at", "-pk")
    )
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    sides = sides_of(page)
    rows = [
        {
            "notice": notice, "sentence": sentence(notice), "path": path_of(notice),
            "quoted": quoted(notice), "sides": sides.get(notice.pk, []),
        }
        for notice in page
    ]  # fmt: skip
    unread = Notice.objects.unread().filter(person=request.user).count()
    return render(request, "notices/notices.html", {"page": page, "rows": rows, "unread": unread})


@require_POST
@members
def read(request: MemberRequest) -> HttpResponse:
    """Marks one notice as read (`notice`), or all."""
    key = request.POST.get("notice", "")
    if key and not Notice.objects.filter(person=request.user, pk=_number_or_404(key)).exists():
        raise Http404(_("There is no such notice."))
    choices.mark_read(request.user, key=_number_or_404(key) if key else None)
    return redirect(_back(request, reverse("notices")))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members
def watching(request: MemberRequest) -> HttpResponse:
    """What a person watches; a POST with `watch` ends one."""
    if request.method == "POST":
        found = get_object_or_404(Watch, pk=_number_or_404(request.POST.get("watch", "")), person=request.user)
        found.delete()
        messages.success(request, _("You watch it no more."))
        return redirect("watching")
    mine = Watch.objects.filter(person=request.user).select_related("entry", "tag").defer("entry__html")
    page = Paginator(mine.order_by("-created_at", "-pk"), 2 * PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/watching.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members
def notice_settings(request: MemberRequest) -> HttpResponse:
    """How often mails come; the address of the feed."""
    form = RhythmForm(request.POST if request.method == "POST" else None, instance=rhythm_of(request.user))
    if form.is_bound and form.is_valid():
        choices.choose(request.user, **form.cleaned_data)
        messages.success(request, _("Your choices are kept."))
        return redirect("notice_settings")
    context = {"form": form, "feed": request.build_absolute_uri(feed_path(request.user))}
    return render(request, "notices/settings.html", context, status=422 if form.errors else 200)


@require_POST
@members
def new_feed(request: MemberRequest) -> HttpResponse:
    """Another address for the feed; the one before is dead."""
    choices.replace_feed(request.user)
    messages.success(request, _("Your feed has a new address. The one before no longer works."))
    return redirect("notice_settings")


@csrf_exempt  # a mail program sends the POST, as RFC 8058 has it; the signed token says for whom
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ends the mails, without a sign-in: GET asks, POST does it."""
    person = unsubscriber_or_404(token)
    if request.method == "POST":
        choices.unsubscribe(person)
    return render(request, "notices/unsubscribe.html", {"done": request.method == "POST"})


@require_POST
@entry_page()
def watch_entry(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Watches an entry, or ends that with watch=0."""
    return _watch(request, entry.get_absolute_url(), entry=entry)


@require_POST
def watch_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Watches a tag, or ends that with watch=0."""
    tag = get_object_or_404(Tag, slug=slug)
    return _watch(request, reverse("tag", args=[tag.slug]), tag=tag)


def _watch(request: HttpRequest, page: str, *, entry: Entry | None = None, tag: Tag | None = None) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(f"{reverse('login')}?next={page}")
    if request.POST.get("watch") == "0":
        unwatch(request.user, entry=entry, tag=tag)
        messages.success(request, _("You watch this no more."))
    else:
        watch(request.user, entry=entry, tag=tag)
        messages.success(request, _("You watch this now: when it changes, you get a notice."))
    return redirect(page)


def _number_or_404(word: str) -> int:
    if not word.isdecimal() or len(word) > 18:
        raise Http404(_("There is nothing with this number."))
    return int(word)


def _back(request: HttpRequest, otherwise: str) -> str:
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and own else otherwise
