"""manage.py load_content DIR"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.credits import house_account
from resources.content_files.form import BadFile
from resources.content_files.loading import load_folder


class Command(BaseCommand):
    help = "Loads a folder of content files (Markdown with front matter). Example: manage.py load_content my-content/"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that holds sections/ and resources/")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            with transaction.atomic():
                revisions = load_folder(folder, author=house_account(), summary=f"Loaded from {folder.name}")
        except BadFile as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{len(revisions)} revisions written." if revisions else "Nothing to change.")
