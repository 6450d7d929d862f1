"""manage.py load_content DIR"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.credits import house_account
from resources.content_files.form import BadFile
from resources.content_files.loading import Loaded, load_folder
from resources.management.progress import Progress

EXAMPLES = """examples:
  manage.py load_content my-content/              every file becomes its entry, or brings it up to date
  manage.py load_content --dry-run my-content/    only says what would be new or changed
  manage.py load_content --json my-content/       the same as JSON

Entries that the folder lacks stay as they are. docs/content-files.md describes the files.
"""


class Command(BaseCommand):
    help = "Loads a folder of content files (Markdown with front matter), all or nothing."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that holds sections/, resources/, wiki/ and so on")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would be written")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        stream: Any = self.stderr._out
        try:
            loaded = load_folder(
                folder,
                author=house_account(),
                summary=f"Loaded from {folder.resolve().name}",
                dry_run=options["dry_run"],
                progress=Progress(stream, "Loading"),
            )
        except BadFile as error:
            raise CommandError(f"{error}\nNothing was written.", returncode=2) from error
        if options["json"]:
            report = asdict(loaded) | {"dry_run": options["dry_run"]}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_words(loaded, dry_run=options["dry_run"]))


def _words(loaded: Loaded, *, dry_run: bool) -> str:
    if not loaded.anything:
        return "Nothing to change."
    written = "would be written" if dry_run else "written"
    lines = [f"{loaded.revisions} revisions {written}: {len(loaded.new)} new, {len(loaded.changed)} changed."]
    if loaded.addresses:
        lines.append(f"{len(loaded.addresses)} entries got earlier addresses.")
    if loaded.releases or loaded.verifications:
        lines.append(f"{loaded.releases} releases of Ray and {loaded.verifications} verifications {written}.")
    return "\n".join(lines)
