"""manage.py send_notices"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from resources.notices.mailing import send_notices


class Command(BaseCommand):
    help = (
        "Mails the notices that are due: daily digests, and what no mail server took before. For a timer, every 15 minutes; "
        "safe to repeat. Exit 1 when a mail could not be sent. Example: manage.py send_notices --json"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_notices()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(sent)))
        elif sent.mails or sent.failed:
            self.stdout.write(f"{sent.mails} mails sent, with {sent.notices} notices; {sent.failed} could not be sent.")
        else:
            self.stdout.write("Nothing to send.")
        if sent.failed:
            raise SystemExit(1)
