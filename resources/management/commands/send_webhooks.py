"""manage.py send_webhooks"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand

from resources.webhooks.sending import send_due

EXAMPLES = """examples:
  manage.py send_webhooks           tries what is due, once
  */5 * * * * manage.py send_webhooks   from a timer; two runs at once never send the same message
"""


class Command(BaseCommand):
    help = "Tries the messages to webhooks that are due again. New ones are sent as soon as what they tell of has happened."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help='print {"tried": N}')

    def handle(self, *args: Any, **options: Any) -> None:
        tried = send_due()
        self.stdout.write(json.dumps({"tried": tried}) if options["json"] else f"{tried} messages tried.")
