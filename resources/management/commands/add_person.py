"""manage.py add_person NAME --email E --role ROLE"""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.joining import BadPerson, add_person
from accounts.roles import Role

EXAMPLES = """examples:
  manage.py add_person mo --email mo@example.org --role moderator       a password is generated and printed once
  manage.py add_person mo --email mo@example.org --role moderator --password-stdin < password.txt
  manage.py add_person mo --email new@example.org --role editor         changes the address and the role
"""


class Command(BaseCommand):
    help = "Makes an account, or changes its address, role and password. The address counts as confirmed."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": EXAMPLES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the person signs in with")
        parser.add_argument("--email", required=True)
        parser.add_argument("--role", required=True, choices=[role for role in Role.values if role != Role.READER])
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password's line from standard input"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else ""
        if options["password_stdin"] and not password:
            raise CommandError("--password-stdin needs one line with the password on standard input.", returncode=2)
        try:
            added = add_person(options["name"], email=options["email"], role=options["role"], password=password)
        except BadPerson as error:
            raise CommandError(str(error), returncode=2) from error
        person = added.person
        if options["json"]:
            result = {"name": person.name, "email": person.email, "role": options["role"], "new": added.is_new}
            result |= {"password": added.generated} if added.generated else {}
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        self.stdout.write(f"{'Made' if added.is_new else 'Changed'} {person.name} ({person.email}), {options['role']}.")
        if added.generated:
            self.stdout.write(f"The password, shown only this once: {added.generated}")
