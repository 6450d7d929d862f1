"""manage.py check_links"""

import signal
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from resources.fetching.visits import Manners, Verdict
from resources.links.checking import Checked, Reported, check, due_links, make_due
from resources.links.engines import Engine, EngineMissing, engine_named
from resources.links.manners import CONCURRENCY, manners, with_own_pace
from resources.links.models import Host, Link
from resources.links.watching import catch_up
from resources.management.link_report import JsonReport, LinkReport, PlainReport
from resources.management.progress import Progress
from resources.management.readme_links import UnreadableFile, check_readme, read_text
from resources.webhooks.announcing import announce_links

EXAMPLES = """examples:
  manage.py check_links                            tests the links that are due
  manage.py check_links --all --host github.com    tests every link to one site, due or not
  manage.py check_links --limit 500 --json         500 links, as JSON: {"links": […], "summary": {…}}
  manage.py check_links --engine ray               on all processors, or on a cluster: RAY_ADDRESS=ray-head:6379
  manage.py check_links --readme README.md         the addresses of any README, without a database; prints Markdown
  manage.py check_links --readme README.md --exclude 'https://intranet.example/*' --exclude '*.onion/*'

Exit 0: no broken link was found; 1: some were; 2: wrong usage, or nothing can be told from this machine.
Ctrl-C stops it; what was tested is kept, and the rest stays due.
"""


class Command(BaseCommand):
    requires_system_checks = ()  # some of them ask the database, which --readme must not
    help = "Tests the links that are due, politely: each site is asked at its own pace, whatever --concurrency says."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="test all links, also those that are not due")
        parser.add_argument("--limit", type=_count, metavar="N", help="test N links at most")
        parser.add_argument("--host", default="", metavar="H", help="test the links to this site alone, as github.com")
        parser.add_argument(
            "--concurrency",
            type=_count,
            default=CONCURRENCY,
            metavar="N",
            help="requests in flight to all sites together (%(default)s)",
        )
        parser.add_argument(
            "--engine",
            choices=["local", "ray"],
            default="local",
            help="ray: on the machines of a Ray cluster (RAY_ADDRESS), or on all processors of this one; for lists of millions",
        )
        parser.add_argument(
            "--readme", type=Path, metavar="PATH", help="test the addresses of a README, without a database"
        )
        parser.add_argument(
            "--exclude",
            action="append",
            default=[],
            metavar="PATTERN",
            help="with --readme: addresses that are not tested, * for anything; again for more",
        )
        parser.add_argument("--json", action="store_true", help="print every visit and the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["readme"]:
            self._check_readme(options)
            return
        if options["exclude"]:
            raise CommandError(
                "--exclude goes with --readme. For the site's links set LINK_CHECK_EXCLUDE.", returncode=2
            )
        host = options["host"].strip().lower().removeprefix("www.")
        try:
            engine = engine_named(options["engine"])
        except EngineMissing as error:
            raise CommandError(str(error), returncode=2) from error
        catch_up()
        if host and not Host.objects.filter(name=host).exists():
            raise CommandError(
                f"No link leads to {host!r}. Write the name as in its links, as github.com or wiki.example:8000.",
                returncode=2,
            )
        if options["all"]:
            make_due(host=host, limit=options["limit"])
        due = partial(due_links, at=timezone.now(), host=host)
        out: Any = self.stdout._out
        report: LinkReport = JsonReport(out) if options["json"] else PlainReport(out)
        checked = self._check(due, report, limit=options["limit"], concurrency=options["concurrency"], engine=engine)
        report.end(checked)
        self._say_what_is_left(checked)
        self._end(checked)

    def _check_readme(self, options: dict[str, Any]) -> None:
        if options["all"] or options["host"] or options["limit"] or options["engine"] != "local":
            raise CommandError(
                "--readme tests the whole file here: leave out --all, --host, --limit, --engine.", returncode=2
            )
        path: Path = options["readme"]
        stream: Any = self.stderr._out
        try:
            text = read_text(path, settings.README_LIMIT)
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=2) from error
        with _interrupts() as stop:
            found = check_readme(
                path,
                text,
                exclude=tuple(options["exclude"]),
                concurrency=options["concurrency"],
                stop=stop,
                progress=Progress(stream, "Testing"),
            )
        self.stdout.write(found.as_json() if options["json"] else found.as_markdown())
        if stop.is_set():
            self._say(f"Stopped. {found.checked.left:,} addresses were not tested.")
        self._end(found.checked)

    def _end(self, checked: Checked) -> None:
        """The exit code."""
        if checked.given_up:
            raise CommandError(
                "Nothing can be told from here: is this machine off the network? Try again.", returncode=2
            )
        if checked.verdicts[Verdict.BROKEN]:
            raise SystemExit(1)

    def _check(
        self,
        due: partial[QuerySet[Link]],
        report: LinkReport,
        *,
        limit: int | None,
        concurrency: int,
        engine: Callable[[Manners], Engine],
    ) -> Checked:
        total = due().count() if limit is None else min(due().count(), limit)
        stream: Any = self.stderr._out
        progress = Progress(stream, "Testing")
        done = 0

        def tell(reported: list[Reported]) -> None:
            nonlocal done
            done += len(reported)
            progress.clear()
            report.visits(one.visit for one in reported)
            announce_links(reported)
            progress(min(done, total), total)

        visitor = engine(manners(with_own_pace(), concurrency=concurrency))
        with _interrupts() as stop:
            checked = check(visitor, due=due, limit=limit, report=tell, stop=stop)
        progress.clear()
        if stop.is_set():
            noun = "link was" if checked.links == 1 else "links were"
            self._say(f"Stopped. {checked.links:,} {noun} tested, and that is kept.")
        return checked

    def _say_what_is_left(self, checked: Checked) -> None:
        if checked.void:
            self._say(
                f"{checked.void:,} visits said nothing: this machine was short of time, or off the network. They come again soon."
            )
        if checked.left:
            self._say(
                f"{checked.left:,} links are still due: their sites asked for a rest, others test them, or this run stopped."
            )

    def _say(self, words: str) -> None:
        self.stderr.write(words, style_func=str)


@contextmanager
def _interrupts() -> Iterator[Event]:
    """An event that the first Ctrl-C or SIGTERM sets; the second interrupts at once."""
    stop = Event()

    def ask(_signal: int, _frame: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {one: signal.signal(one, ask) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _count(word: str) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= 10**9:
        raise ArgumentTypeError(f"{word!r} is not a whole number from 1 up.")
    return int(word)
