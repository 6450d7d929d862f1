"""manage.py export_site DIR"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.management.progress import Progress
from resources.offline.exporting import CannotExport, export_site

EXAMPLES = """examples:
  manage.py export_site copy/      then open copy/index.html; run it again to bring the copy up to date
"""


class Command(BaseCommand):
    help = (
        "Writes the whole site as static files, with a search that works from disk; a second run writes what changed."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="an empty folder, or one with an earlier copy")
        parser.add_argument("--force", action="store_true", help="keep files that are no copy of the site")
        parser.add_argument("--json", action="store_true", help="print what was written as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        stream: Any = self.stderr._out
        try:
            done = export_site(options["folder"], force=options["force"], progress=Progress(stream, "Exporting"))
        except CannotExport as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(done)))
        else:
            self.stdout.write(
                f"{done.files} files in {options['folder']}: {done.new} new, {done.changed} changed, {done.removed} taken away."
            )
