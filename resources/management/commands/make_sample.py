"""manage.py make_sample"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.credits import house_account
from resources.content_files.sampling import Sample, make_sample
from resources.management.progress import Progress

EXAMPLES = """examples:
  manage.py make_sample --pages 1000                      a thousand guides with three revisions each
  manage.py make_sample --pages 10000 --revisions 3 --seed 7

Run it on a database of its own (RAYHUB_DATA, DATABASE_URL): what it publishes stays in the history.
"""


class Command(BaseCommand):
    help = "Fills the site with made-up guides and resources, for load tests."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pages", type=int, required=True, metavar="N", help="guides of about 4 KB")
        parser.add_argument("--revisions", type=int, default=3, metavar="R", help="revisions of each guide (3)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed makes the same content (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        sample = Sample(options["pages"], options["revisions"], options["seed"])
        if not (1 <= sample.pages <= 999_999 and 1 <= sample.revisions <= 100):
            raise CommandError("--pages takes 1 to 999999, --revisions 1 to 100.", returncode=2)
        stream: Any = self.stderr
        written = make_sample(sample, author=house_account(), progress=Progress(stream, "Sample"))
        self.stdout.write(f"{written} revisions written." if written else "Nothing to change.")
