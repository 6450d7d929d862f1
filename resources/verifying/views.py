"""The releases, the verifications of one page, and the list of what should be looked at again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.unsent import sent_again, signed_in_first, to_sign_in
from rayhub.methods import read_only
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.entries.refusals import PublishRefused
from resources.permissions import may_administer, may_unverify, may_verify
from resources.verifying.actions import add_release, take_back, verify
from resources.verifying.forms import LookAgainFilter, ReleaseForm, VerifyForm
from resources.verifying.models import RayRelease, Verification
from resources.verifying.reading import of_person, releases_with_counts, standing_of, to_look_at
from resources.verifying.refusals import MovedMeanwhile

PER_PAGE = 50

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@never_cache
def releases(request: HttpRequest) -> HttpResponse:
    """Every release with the number of pages that were tried with it; administrators enter new ones."""
    if request.method == "POST" and not request.user.is_authenticated:
        return to_sign_in(request, request.path)
    may = may_administer(request.user)
    if request.method == "POST" and not may:
        raise PermissionDenied(_("Only administrators enter releases."))
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _entered(request, form):
        return redirect("releases")
    context = {"rows": releases_with_counts(), "form": form if may else None}
    return render(request, "verifying/releases.html", context, status=422 if form.errors else 200)


def _entered(request: HttpRequest, form: ReleaseForm) -> bool:
    """Enters the release; False where it is refused, which the form says."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101  # administrators are signed in
    try:
        release = add_release(form.cleaned_data["version"], released_on=form.cleaned_data["released_on"], by=person)
    except PublishRefused as refusal:
        form.add_error("version", str(refusal))
        return False
    said = _("Ray %(version)s is listed. Whoever verified or wrote pages for older ones is told.")
    messages.success(request, said % {"version": release.version})
    return True


@form_page
@never_cache
@entry_page()
def verifications(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Who tried the page with what; a form for those who may say so themselves."""
    if request.method == "POST" and not request.user.is_authenticated:
        return to_sign_in(request, request.path)
    may = may_verify(request.user, entry.protection_level)
    if request.method == "POST" and not may:
        raise PermissionDenied(_("Only editors verify pages. Say in the talk what you tried."))
    sent_again(request)
    newest = RayRelease.objects.newest().first()
    initial = {"revision": entry.revision_number, "release": newest.version if newest else None}
    form = VerifyForm(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"entry": entry, "form": form if may else None}
    if form.is_valid() and _verified(request, entry, form, context):
        return redirect(entry)
    context |= {"standing": standing_of(entry), "rows": _rows(request, entry)}
    return render(request, "verifying/verifications.html", context, status=422 if form.errors else 200)


def _rows(request: HttpRequest, entry: Entry) -> list[tuple[Verification, bool]]:
    """The verifications of a page, the last one first, and whether this person may take each back."""
    found = entry.verifications.newest().select_related("release", "person")[:PER_PAGE]
    return [(one, may_unverify(request.user, one.person_id)) for one in found]


def _verified(request: HttpRequest, entry: Entry, form: VerifyForm, context: dict[str, Any]) -> bool:
    """Verifies; False where it is refused, which the form says, with what changed."""
    person, given = request.user, form.cleaned_data
    assert isinstance(person, User)  # noqa: S101  # who may verify is signed in
    try:
        verify(
            entry, release=given["release"], person=person, note=given["note"], revision_number=given["revision"]
        )  # fmt: skip
    except MovedMeanwhile as refusal:
        form.add_error(None, str(refusal))
        # What is shown now is what the next press of the button is about.
        form.data = request.POST.dict() | {"revision": str(refusal.entry.revision_number)}
        context["changed"] = refusal.comparison if refusal.seen < refusal.entry.revision_number else ""
        return False
    except PublishRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    words = _("Thank you. Readers see that you tried this page with Ray %(version)s.")
    messages.success(request, words % {"version": given["release"].version})
    return True


@require_POST
@never_cache
@signed_in_first
@entry_page()
def unverify(request: HttpRequest, entry: Entry, pk: int) -> HttpResponse:
    """Takes a verification back."""
    found = get_object_or_404(Verification, pk=pk, entry=entry.pk)
    person = request.user
    if not isinstance(person, User) or not may_unverify(person, found.person_id):
        raise PermissionDenied(_("Whoever verified a page takes that back, and so do moderators."))
    take_back(found, by=person)
    messages.success(request, _("Taken back. The log keeps that it was there."))
    return redirect(f"{entry.get_absolute_url()}verify/")


@read_only
def look_again(request: HttpRequest) -> HttpResponse:
    """The pages that nobody tried, or only with an older line, or that changed since; narrowed by the query."""
    form = LookAgainFilter(request.GET)
    wanted = form.wanted
    newest = RayRelease.objects.newest().first()
    pages = to_look_at(newest.order if newest else 0)
    if release := wanted.get("release"):
        pages = pages.filter(tried_order=release.order)
    elif "state" not in wanted:
        pages = pages.exclude(state="")
    if "state" in wanted:
        pages = pages.filter(state=wanted["state"])
    if "mine" in wanted:
        if not isinstance(request.user, User):
            return to_sign_in(request, request.get_full_path())
        pages = of_person(pages, request.user)
    page = Paginator(pages.order_by("place", "title", "pk").defer("html"), PER_PAGE).get_page(request.GET.get("page"))
    keys = {entry.pk: getattr(entry, "tried", None) for entry in page}
    tried = Verification.objects.select_related("release", "person").in_bulk([key for key in keys.values() if key])
    rows = [(entry, tried.get(keys[entry.pk])) for entry in page]
    return render(request, "verifying/look_again.html", {"form": form, "page": page, "rows": rows, "newest": newest})
