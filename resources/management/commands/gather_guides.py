"""manage.py gather_guides"""

from typing import Any

from django.core.management.base import BaseCommand

from resources.management.progress import Progress
from resources.reading.gathering import gather_all


class Command(BaseCommand):
    help = (
        "Gathers what stands around each guide (its neighbours, writers, what is related) where it changed, rather than "
        "leaving it to the worker: pages are quicker afterwards, and the same. Safe to repeat and to interrupt."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stream: Any = self.stderr._out
        count = gather_all(Progress(stream, "Gathering"))
        self.stdout.write(f"Gathered around {count} pages.")
