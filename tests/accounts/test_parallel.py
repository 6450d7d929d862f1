"""Two processes at once: one name, one limit, one last administrator."""

import pytest

from tests.processes import finish, own_database, run

SETUP = """
import django; django.setup()
from tests.makers import a_person
for name in ("first", "second"):
    a_person(name, role="administrator")
print("ready")
"""

ACT = """
import sys
import django; django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["*"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
act, number = sys.argv[1:]
client = Client()
print("ready", flush=True)
sys.stdin.readline()
if act == "sign up":
    data = {"username": "grace", "email": f"g{number}@example.org", "password1": "correct horse"}
    answer = client.post("/accounts/signup/", data)
    print(answer.status_code, "taken" in answer.content.decode() or "has this name" in answer.content.decode())
if act == "guess":
    stopped = [
        "tried too often" in client.post("/accounts/login/", {"login": "first", "password": "wrong"}).content.decode()
        for _attempt in range(5)
    ]
    print(stopped.count(False))
if act == "leave":
    from accounts.leaving import LastAdministrator, leave
    from accounts.models import User
    try:
        leave(User.objects.get(name=["first", "second"][int(number)]))
        print("left")
    except LastAdministrator:
        print("stays")
"""


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["sign up", "guess", "leave"])
def test_two_processes_at_once_have_one_effect(tmp_path, act):
    with own_database(tmp_path) as environment:
        assert "ready" in finish(run(SETUP, environment))
        pair = [run(ACT, environment, act, str(number)) for number in range(2)]
        for process in pair:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in pair:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        results = sorted(finish(process).strip() for process in pair)
    if act == "sign up":
        assert results == ["200 True", "302 False"]
    if act == "guess":
        assert sum(map(int, results)) == 5
    if act == "leave":
        assert results == ["left", "stays"]
