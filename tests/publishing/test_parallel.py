"""publish() from real parallel processes, on the database that the suite runs on."""

from tests.processes import finish, run

SETUP = """
import django; django.setup()
from tests.makers import a_person, a_resource
a_person("ada"); a_person("bob")
a_resource()
"""

WRITER = """
import sys
import django; django.setup()
from accounts.models import User
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.publishing import publish
name, field, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
author = User.objects.get(name=name)
for count in range(times):
    entry = Resource.objects.get()
    content = entry.revisions.get(number=entry.revision_number).content
    publish(content | {field: f"{name} {count}"}, entry=entry, base=content and entry.revision_number, author=author)
"""

REPORT = """
import django; django.setup()
from resources.entries.models import Resource
from resources.history.models import Event, Revision
entry = Resource.objects.get()
numbers = list(entry.revisions.order_by("number").values_list("number", flat=True))
print(numbers == list(range(1, 402)), entry.revision_number, entry.language, entry.licence, Event.objects.count())
lines = [(r.content["language"], r.content["licence"]) for r in entry.revisions.order_by("number")]
print(len({a for a, b in lines}), len({b for a, b in lines}))
"""


def test_two_processes_of_200_publishes_make_400_revisions_without_gap_or_twin(own_site):
    finish(run(SETUP, own_site))
    writers = [run(WRITER, own_site, "ada", "language", "200"), run(WRITER, own_site, "bob", "licence", "200")]
    for writer in writers:
        finish(writer)
    first, second = finish(run(REPORT, own_site)).splitlines()
    assert first == "True 401 ada 199 bob 199 401"
    # Every text that either wrote was live at some time: 200 and the empty one.
    assert second == "201 201"
