"""The door of /mcp: which methods, from where, how often and how much; then the protocol."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from rayhub.problems import problem
from resources.api.rates import take_ticket

MOST_BYTES = 100_000
"""How long a request may be; the longest question has a few hundred signs."""

EXCHANGE = "resources.mcp.serving.exchange"
"""What speaks the protocol, named and not imported: it costs 50 MB and a second, which only a process pays that is asked."""


@csrf_exempt
def mcp(request: HttpRequest) -> HttpResponse:
    """One exchange of the protocol. It reads, whoever asks, and looks at no cookie: a form of another site gains nothing.

    There are no sessions, and nothing is sent unasked: GET and DELETE are answered with 405, as the protocol has it.
    """
    if request.method != "POST":
        refused = problem(405, _("Programs that speak the Model Context Protocol ask here, by POST."))
        refused.headers["Allow"] = "POST"
        return refused
    if not _is_ours(request):
        return problem(403, _("Pages of other sites may not ask here. Programs send no Origin."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return problem(413, _("The question is too long. Ask for less at once."))
    rate = take_ticket(request, None)
    if rate is not None and not rate.allowed:
        words = {"limit": rate.limit, "seconds": rate.seconds}
        response: HttpResponse = problem(
            429, _("That is more than %(limit)s requests a minute. Go on in %(seconds)s seconds.") % words
        )
    else:
        exchange: Callable[[HttpRequest], HttpResponse] = import_string(EXCHANGE)
        response = exchange(request)
    for name, value in (rate.headers() if rate else {}).items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_ours(request: HttpRequest) -> bool:
    """Whether a browser that asks shows a page of ours; programs name no page. A name that was made to lead here is none
    of ours.
    """
    origin = request.headers.get("Origin")
    if not origin:
        return True
    site = urlsplit(settings.SITE_URL)
    return origin in {f"{site.scheme}://{site.netloc}", f"{request.scheme}://{request.get_host()}"}
