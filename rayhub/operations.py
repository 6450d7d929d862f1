"""What operators' tools ask: is the process up, and can it serve?"""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from rayhub.methods import read_only
from resources.working.models import Worker

log = logging.getLogger(__name__)


@never_cache
@read_only
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@read_only
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated; else 503 with what to do."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        log.exception("The database does not answer.")
        return HttpResponse("The database does not answer. Look at DATABASE_URL.\n", "text/plain", status=503)
    if missing:
        return HttpResponse("The database is behind. Run: manage.py migrate\n", "text/plain", status=503)
    return HttpResponse(f"ready\n{_worker()}\n", content_type="text/plain")


def _worker() -> str:
    """Whether somebody works beside the site: it serves without, but links go untested and mails wait."""
    heard = Worker.objects.heard(timezone.now()).order_by("-seen_at")
    if not heard:
        return "no worker: links are not tested and mails wait. Run: manage.py worker"
    ago = (timezone.now() - heard[0].seen_at).total_seconds()
    return f"worker: {len(heard)} at work, heard {max(ago, 0):.0f} s ago"
