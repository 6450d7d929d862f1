"""manage.py worker"""

import os
import signal
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from contextlib import suppress
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from resources.working.models import Worker
from resources.working.worker import work

EXAMPLES = """examples:
  manage.py worker                  until Ctrl-C or SIGTERM; `manage.py serve` starts one beside the site
  LINK_CHECKS=off manage.py worker  mails and chores, but no links

Several may run side by side, on one machine or on many, and each may be killed at any moment.
"""


class Command(BaseCommand):
    help = "Works beside the site: tests the links that are due, sends mails and runs other tasks, and does what comes round."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="end when the process PID, which started this one, has ended"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            Worker.objects.heard(timezone.now()).exists()
        except DatabaseError as error:
            raise CommandError("The database is not ready. Run: manage.py migrate", returncode=2) from error
        stop = Event()

        def ask(_signal: int, _frame: Any) -> None:
            if stop.is_set():
                os._exit(1)  # the second time: at once, which loses nothing
            stop.set()

        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, ask)
        if options["beside"]:
            Thread(target=_watch, args=(options["beside"], stop), daemon=True).start()
        self.stderr.write("The worker works. Ctrl-C stops it.", style_func=str)
        work(stop)


def _watch(parent: int, stop: Event) -> None:
    """Sets `stop` when this process has another parent than it was started by."""
    with suppress(OSError):
        while not stop.wait(1.0) and os.getppid() == parent:
            pass
    stop.set()
