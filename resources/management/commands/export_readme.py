"""manage.py export_readme"""

import difflib
import os
import sys
import tempfile
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.readme.exporting import export_classic, export_csv, export_faithful, export_json

EXAMPLES = """examples:
  manage.py export_readme > README.md
  manage.py export_readme --output README.md           replaces the file in one step
  manage.py export_readme --check --output README.md   exit 1 and the difference where the file is out of date
  manage.py export_readme --style faithful             as it was imported, but for what was edited since
  manage.py export_readme --format csv                 the resources as a table
"""


class Command(BaseCommand):
    help = "Writes the list as the classic README, or as data."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, metavar="PATH", help="the file to write, or with --check to compare")
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the file differs")
        parser.add_argument("--style", choices=["classic", "faithful"], default="classic")
        parser.add_argument("--format", choices=["markdown", "json", "csv"], default="markdown")

    def handle(self, *args: Any, **options: Any) -> None:
        writers = {"json": export_json, "csv": export_csv}
        classic_or_faithful = export_faithful if options["style"] == "faithful" else export_classic
        data = writers.get(options["format"], classic_or_faithful)().encode()
        path: Path | None = options["output"]
        if not data:
            raise CommandError("There is no list yet. Run: manage.py import_readme PATH", returncode=2)
        if options["check"]:
            self._check(path, data)
        elif path is None:
            self._print(data)
        else:
            _replace(path, data)
            self.stderr.write(f"Wrote {path}.", style_func=str)

    def _print(self, data: bytes) -> None:
        """To the terminal or the pipe as bytes, so that line ends stay as they are; to a caller's stream as text."""
        stream: Any = self.stdout._out
        if stream is sys.stdout and hasattr(stream, "buffer"):
            stream.buffer.write(data)
            stream.flush()
        else:
            self.stdout.write(data.decode(), ending="")

    def _check(self, path: Path | None, data: bytes) -> None:
        if path is None:
            raise CommandError("--check needs --output PATH, the file to compare with.", returncode=2)
        try:
            present = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}. Write it with --output alone.", returncode=2) from error
        if present != data:
            old, new = (text.decode("utf-8", "replace").splitlines(keepends=True) for text in (present, data))
            self.stdout.writelines(difflib.unified_diff(old, new, str(path), "export"))
            sys.exit(1)


def _replace(path: Path, data: bytes) -> None:
    """Writes beside the file and then takes its place: a reader sees the old file or the new one, never half."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Choose a place that can be written.", returncode=2) from error
