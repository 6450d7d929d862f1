"""manage.py render_pages"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.links.redrawing import redraw
from resources.management.progress import Progress


class Command(BaseCommand):
    help = "Draws entries again whose HTML is of an older renderer, or that mention what came or went since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every entry, not only those that need it")

    def handle(self, *args: Any, **options: Any) -> None:
        stream: Any = self.stderr._out
        found = redraw(everything=options["all"], progress=Progress(stream, "Drawing"))
        if not found.drawn and not found.left:
            self.stdout.write("Nothing to draw: every page is of the present renderer.")
            return
        self.stdout.write(f"{found.drawn} pages drawn.")
        if found.left:
            shown = ", ".join(found.left[:10]) + (f" and {len(found.left) - 10} more" if len(found.left) > 10 else "")
            raise CommandError(f"{len(found.left)} pages stayed as they were; run it again, or edit them: {shown}")
