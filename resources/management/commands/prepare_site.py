"""manage.py prepare_site"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.credits import house_account
from accounts.joining import add_person
from accounts.models import User
from accounts.roles import Role
from resources.content_files.loading import load_folder
from resources.entries.models import Entry
from resources.links import watching
from resources.search import index

STARTER = Path(__file__).resolve().parents[2] / "starter"
ORIGIN = (
    "Starter content: names and addresses from the awesome-ray list by Jimmy Yao and contributors (MIT); "
    "summaries are RayHub's own."
)


class Command(BaseCommand):
    help = (
        "Makes a site ready to serve: tables and static files up to date; on the first run the starter content and the "
        "administrator “admin”. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--without-content", action="store_true", help="leave the knowledge base empty")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        with transaction.atomic():
            if not options["without_content"] and not Entry.objects.exists():
                count = load_folder(STARTER, author=house_account(), summary=ORIGIN).revisions
                self.stdout.write(f"Loaded the starter content: {count} entries.")
            watching.catch_up()
            index.catch_up()
            if not User.objects.filter(is_superuser=True).exists():
                added = add_person(
                    "admin", email="admin@localhost.invalid", role=Role.ADMINISTRATOR, display_name="Administrator"
                )
                self.stdout.write("\n  The administrator's account, shown only this once:")
                self.stdout.write(f"    name      admin\n    password  {added.generated}\n")
