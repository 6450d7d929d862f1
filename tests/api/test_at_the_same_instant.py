"""Two programs at the same instant, in processes of their own: one effect, and the other is told."""

import json
import time

import pytest

from tests.processes import finish, run

pytestmark = pytest.mark.django_db

PREPARE = """
import django; django.setup()
from tests.api.asking import a_secret
from tests.makers import a_person, a_resource
a_resource("Modin")
print(a_secret(a_person("cora", role="contributor")), a_secret(a_person("ed", role="editor")))
"""

ASK = """
import json, sys, time
import django; django.setup()
from tests.api.asking import ask
secret, key, start, body = sys.argv[1:]
while time.time() < float(start):
    pass
answer = ask("/proposals/", method="POST", secret=secret, body=body, **({"Idempotency_Key": key} if key else {}))
print(json.dumps([answer.status_code, answer.json()]))
"""

COUNT = """
import django; django.setup()
from resources.models import Entry, Proposal, Revision
print(Proposal.objects.count(), Revision.objects.filter(entry=Entry.objects.get(slug="modin")).count())
"""


def side_by_side(own_site, secret, key, bodies):
    """The answers to these bodies, sent by a process each at the same instant."""
    start = str(time.time() + 4)
    started = [run(ASK, own_site, secret, key, start, json.dumps(body)) for body in bodies]
    return [json.loads(finish(process).splitlines()[-1]) for process in started]


def test_one_key_makes_one_and_two_edits_of_one_place_make_one(own_site):
    contributor, editor = finish(run(PREPARE, own_site)).split()[-2:]
    new = {"act": "create", "type": "resource", "content": {"title": "RayDP", "url": "https://example.org/raydp"}}
    first, second = side_by_side(own_site, contributor, "a1", [new, new])
    assert first == second
    assert first[0] == 201
    edits = [
        {"act": "edit", "type": "resource", "slug": "modin", "base": 1, "content": {"summary": words}}
        for words in ("One thing.", "Another thing.")
    ]
    answers = side_by_side(own_site, editor, "", edits)
    assert sorted(status for status, _data in answers) == [201, 409]
    refused = next(data for status, data in answers if status == 409)
    assert {refused["conflicts"][0]["mine"], refused["conflicts"][0]["theirs"]} == {"One thing.", "Another thing."}
    assert finish(run(COUNT, own_site)).split() == ["1", "2"]
