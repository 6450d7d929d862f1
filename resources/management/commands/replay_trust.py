"""manage.py replay_trust"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rayhub.environment import TRUST_RULE, parse_trust_rule
from resources.moderation.trust_records import Rule
from resources.moderation.trust_replay import Promotion, replay


class Command(BaseCommand):
    help = "Tells whom a rule of trust would have made an editor, when, and what of theirs was later taken back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rule", default=TRUST_RULE, help=f'what differs from "{TRUST_RULE}"')
        parser.add_argument("--json", action="store_true", help="the same as data")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rule = Rule(**parse_trust_rule(options["rule"]))
        except ValueError as error:
            raise CommandError(f"--rule {options['rule']!r}: {error}", returncode=2) from error
        found = replay(rule)
        if options["json"]:
            self.stdout.write(json.dumps([_as_data(one) for one in found], ensure_ascii=False, indent=2))
            return
        for one in found:
            bad = "; ".join(f"{edit.title} (revision {edit.number})" for edit in one.reverted)
            self.stdout.write(f"{one.at:%Y-%m-%d} {one.name}: {one.words}. {len(one.later)} edits later{_taken(bad)}")
        self.stderr.write(f"{len(found)} people would have become editors.", style_func=str)


def _taken(words: str) -> str:
    return f", taken back: {words}" if words else ", none taken back"


def _as_data(one: Promotion) -> dict[str, Any]:
    return {
        "name": one.name,
        "at": one.at.isoformat(),
        "arithmetic": one.words,
        "later": len(one.later),
        "taken_back": [{"title": edit.title, "revision": edit.number} for edit in one.reverted],
    }
