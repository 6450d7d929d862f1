"""manage.py sync_readme REPO"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.readme.git import BadRepository
from resources.readme.outline import UnreadableReadme
from resources.readme.syncing import sync_readme
from resources.text.render_limits import TextTooComplex, TextTooLarge

EXAMPLES = """examples:
  manage.py sync_readme ../awesome-ray            a working copy: proposals come in, a commit goes out
  manage.py sync_readme --dry-run ../awesome-ray  only says what would be proposed and committed
  manage.py sync_readme awesome-ray.bundle        only in: nothing is committed to a bundle

every hour, with a README on a forge:
  git -C ../awesome-ray pull --rebase && manage.py sync_readme ../awesome-ray && git -C ../awesome-ray push
"""


class Command(BaseCommand):
    help = (
        "Keeps a README in a git repository and the site in step: what was committed there becomes proposals in the name "
        "of who wrote it, and what went live here is committed there, with its contributors named."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="REPO", help="a working copy, a bare repository or a bundle")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would be written")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = sync_readme(options["path"], dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"{options['path']}: {error.strerror}. Name a git repository.", returncode=2) from error
        except (BadRepository, UnreadableReadme, TextTooLarge, TextTooComplex) as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=2, default=str))
        else:
            self.stdout.write("\n".join(report.lines(dry_run=options["dry_run"])))
