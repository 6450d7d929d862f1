"""manage.py propose_repairs"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from resources.repairs.proposing import Round, plan_repairs, propose_repairs


class Command(BaseCommand):
    help = (
        "Lets the link keeper go a round: what visits tell becomes proposals, those whose reason is gone are taken back. "
        "The worker does this by itself; safe to repeat and beside another run. Example: manage.py propose_repairs --dry-run"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=100, help="new repairs at most (100)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be proposed")
        parser.add_argument("--json", action="store_true", help="the same as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            planned = plan_repairs(options["limit"])
            rows = [{"cause": one.cause, "old": one.old, "new": one.new} for one in planned]
            lines = [f"{row['cause']}: {row['old']} → {row['new']}" for row in rows]
            said = "\n".join([*lines, f"{len(rows)} repairs would be proposed."])
            self.stdout.write(json.dumps(rows) if options["json"] else said)
            return
        done = propose_repairs(options["limit"])
        self.stdout.write(json.dumps(asdict(done)) if options["json"] else _words(done))


def _words(done: Round) -> str:
    if not (done.proposed or done.renewed or done.withdrawn):
        return "Nothing to propose."
    return (
        f"{len(done.proposed)} repairs proposed on {done.pages} pages, {len(done.renewed)} renewed, "
        f"{len(done.withdrawn)} taken back."
    )
