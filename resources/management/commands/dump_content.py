"""manage.py dump_content DIR"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.content_files.dumping import CannotWrite, ForeignFiles, dump_folder
from resources.management.progress import Progress

EXAMPLES = """examples:
  manage.py dump_content my-content/            every live entry as a file: a folder to keep in git
  manage.py dump_content --force my-content/    files that are no entries of the site stay where they are
  manage.py dump_content --json my-content/     what was written as JSON

Files of entries that were removed or renamed are taken away; nothing outside the folders of entries is touched.
"""


class Command(BaseCommand):
    help = "Writes the whole live knowledge base as a folder of content files (Markdown with front matter)."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder; it is made where there is none")
        parser.add_argument(
            "--force", action="store_true", help="write although there are files of others, and keep those"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        stream: Any = self.stderr._out
        folder: Path = options["folder"]
        try:
            dumped = dump_folder(folder, force=options["force"], progress=Progress(stream, "Dumping"))
        except (ForeignFiles, CannotWrite) as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(dumped), ensure_ascii=False, indent=2))
        elif dumped.new or dumped.changed or dumped.removed:
            self.stdout.write(
                f"{dumped.files} files: {len(dumped.new)} new, {len(dumped.changed)} changed, "
                f"{len(dumped.removed)} taken away."
            )
        else:
            self.stdout.write(f"{dumped.files} files, all as they were.")
