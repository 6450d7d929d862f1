"""The page of a guide: one query for its text, for what stands around it and for what is said of it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control
from django.utils.text import Truncator

from rayhub.drawing import render_page
from rayhub.methods import read_only
from resources.entries.health import AT_EASE, DRIFTED
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.entries.surroundings import settled
from resources.history.freshness import know_sign, with_sign
from resources.links.models import Use
from resources.proposals.models import Proposal
from resources.reading.around import VERSION, look_around, read
from resources.verifying.models import Verification

LONGEST = 200
"""Signs of a summary that describes a guide to machines."""


def _with_all(guides: QuerySet[Any]) -> Any:
    """With what was gathered around each, and whether it has proposals that nobody decided, verifications, and links in doubt."""
    here: Any = OuterRef("pk")
    doubtful = ~Q(link__state__in=AT_EASE) | Q(link__cause=DRIFTED)
    return with_sign(guides).annotate(
        gathered=settled(VERSION),
        is_discussed=Exists(Proposal.objects.unfinished().filter(entry=here)),
        is_verified=Exists(Verification.objects.filter(entry=here)),
        is_doubtful=Exists(Use.objects.filter(doubtful, entry=here)),
    )


@read_only
@entry_page(unread=("body", "key", "renderer", "embeds"), asked=_with_all)
def guide(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One guide, where it stands, and who wrote it; one that leads on does so, but for ?redirect=no."""
    assert isinstance(entry, WikiPage)  # noqa: S101  # the address map gives this view guides only
    target = entry.redirect if entry.redirect_id else None
    # One that itself leads on could lead back here.
    if target is not None and target.live and target.redirect_id is None and request.GET.get("redirect") != "no":
        return _led_on(entry, target)
    know_sign(request, entry)
    kept: str | None = vars(entry)["gathered"]
    description = entry.summary or entry.title
    context = {
        "entry": entry,
        "description": description if len(description) <= LONGEST else Truncator(description).chars(LONGEST),
        "around": read(kept) if kept else look_around(entry)[0],
    }
    return render_page(request, "entries/wikipage.html", context)


def _led_on(page: WikiPage, target: WikiPage) -> HttpResponse:
    """To the guide that this one leads on to. A redirect can be ended, so that no browser may keep it unasked."""
    answer = HttpResponsePermanentRedirect(f"{target.get_absolute_url()}?from={page.slug}")
    patch_cache_control(answer, no_cache=True)
    return answer
