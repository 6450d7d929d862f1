"""manage.py review_trust"""

from typing import Any

from django.core.management.base import BaseCommand

from resources.moderation.trust import review_all


class Command(BaseCommand):
    help = "Looks at everybody's trust by TRUST_RULE: promotes, warns, demotes. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = review_all()
        for person, word in changed:
            self.stdout.write(f"{word}: {person.name}")
        self.stderr.write(f"{len(changed)} changed.", style_func=str)
