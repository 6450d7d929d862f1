"""manage.py import_readme PATH"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from accounts.credits import house_account
from resources.management.progress import Progress
from resources.publishing import PublishRefused
from resources.readme.git import BadRepository
from resources.readme.importing import import_outline
from resources.readme.outline import UnreadableReadme
from resources.readme.parsing import parse_bytes
from resources.readme.proposing import propose_import
from resources.readme.replaying import is_repository, read_commits, replay
from resources.readme.report import Report
from resources.text.render_limits import TextTooComplex, TextTooLarge

EXAMPLES = """examples:
  manage.py import_readme README.md              the list becomes the site, or merges with what is there
  manage.py import_readme --dry-run README.md    only says what would be added, changed, moved, kept as prose
  manage.py import_readme --propose README.md    changes nothing live: each change waits in the review queue
  manage.py import_readme awesome-ray.bundle     replays every commit with its author, date and message
"""


class Command(BaseCommand):
    help = "Imports a README, or the history of one from a git repository (a folder or a bundle)."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a README file, a git repository or a git bundle")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would be written")
        parser.add_argument("--propose", action="store_true", help="into the review queue instead of live")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            report = self._import(path, dry_run=options["dry_run"], propose=options["propose"])
        except OSError as error:
            raise CommandError(
                f"{path}: {error.strerror}. Name a README file or a git repository.", returncode=2
            ) from error
        except (UnreadableReadme, BadRepository, TextTooLarge, TextTooComplex) as error:
            raise CommandError(str(error), returncode=2) from error
        except PublishRefused as error:
            raise CommandError(f"{path}: {error}", returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=2, default=str))
        else:
            self.stdout.write("\n".join(report.lines(dry_run=options["dry_run"])))

    def _import(self, path: Path, *, dry_run: bool, propose: bool) -> Report:
        if not propose:
            return self._reader(path, dry_run=dry_run)()
        run_import = self._reader(path, dry_run=False)
        return propose_import(run_import, batch=_batch_name(path), dry_run=dry_run)

    def _reader(self, path: Path, *, dry_run: bool) -> Callable[[], Report]:
        """The import of what lies at the path, read and ready to run."""
        stream: Any = self.stderr._out
        progress = Progress(stream, "Importing")
        if is_repository(path):
            return partial(replay, read_commits(path), dry_run=dry_run, progress=progress)
        if path.is_dir():
            raise BadRepository(f"{path} is a folder without a git repository. Name the README file in it.")
        if not path.is_file():
            raise UnreadableReadme(f"{path} is no file. Name a README or a git repository.")
        if path.stat().st_size > settings.README_LIMIT:
            raise UnreadableReadme(
                f"{path.name} is larger than {settings.README_LIMIT:,} bytes. Name the list's README, or raise README_LIMIT."
            )
        outline = parse_bytes(path.read_bytes(), path.name, largest=settings.README_LIMIT)
        message = f"Imported from {path.name}"
        return partial(
            import_outline, outline, author=house_account(), message=message, dry_run=dry_run, progress=progress
        )


def _batch_name(path: Path) -> str:
    """A short name for the proposals of one file or repository: its own name and a digest of what it holds."""
    held = path.read_bytes() if path.is_file() else str(path.resolve()).encode()
    name = slugify(path.resolve().stem)[:40] or "readme"
    return f"{name}-{sha256(held).hexdigest()[:8]}"
