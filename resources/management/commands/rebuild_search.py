"""manage.py rebuild_search"""

from typing import Any

from django.core.management.base import BaseCommand

from resources.management.progress import Progress
from resources.search.index import rebuild


class Command(BaseCommand):
    help = (
        "Takes every page into the search anew, a few at a time: readers and writers go on meanwhile. Safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stream: Any = self.stderr._out
        count = rebuild(Progress(stream, "Indexing"))
        self.stdout.write(f"{count} pages are in the search.")
