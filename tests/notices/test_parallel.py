"""Two runs of send_notices at once, in processes of their own, on the database that the suite runs on."""

import json
from pathlib import Path

from tests.processes import finish, run

PEOPLE, NOTICES = 12, 5

SETUP = f"""
import django; django.setup()
from resources.notices.telling import tell
from tests.makers import a_person
from django.db import transaction
people = [a_person(f"p{{nr}}") for nr in range({PEOPLE})]
from resources.notices.models import Notice
Notice.objects.bulk_create(Notice(person=one, act="unblocked") for one in people for nr in range({NOTICES}))
"""

SEND = """
import sys
import django; django.setup()
from django.core.management import call_command
sys.stdin.readline()
call_command("send_notices", "--json")
"""


def test_two_runs_at_once_mail_each_notice_once(own_site: dict[str, str]) -> None:
    finish(run(SETUP, own_site))
    runs = [run(SEND, own_site) for _process in range(2)]
    for process in runs:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    sent = [json.loads(finish(process)) for process in runs]
    assert sum(one["notices"] for one in sent) == PEOPLE * NOTICES
    assert sum(one["failed"] for one in sent) == 0
    mails = "".join(file.read_text() for file in Path(own_site["RAYHUB_DATA"], "mail").iterdir())
    assert mails.count("\nTo: ") == PEOPLE
    assert mails.count("RayHub ended your block. You can write again.\n") == PEOPLE * NOTICES
