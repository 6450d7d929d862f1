"""Two people in one instant: each scene holds two transactions open side by side where the database lets it."""

import pytest

from tests.processes import finish, run

SCENE = """
import sys, threading
import django; django.setup()
from django.db import connection, transaction
from resources.entries.content import read_content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.links.models import Mention
from resources.entries.surroundings import Surroundings, Unsettled
from resources.publishing import PublishRefused, publish, remove
from resources.reading.around import look_around, read, write
from resources.reading.gathering import gather, gather_all
from tests.makers import a_guide, a_person

def is_true(page):
    # Whether what was gathered around a guide is so, or will not be used.
    page = WikiPage.objects.get(pk=page.pk)
    kept = Surroundings.objects.filter(pk=page.pk, guide__unsettled=None).first()
    return kept is None or read(kept.gathered)._replace(related=None) == read(write(look_around(page)[0]))

ada = a_person("ada")
together = threading.Barrier(2, timeout=2 if connection.vendor == "postgresql" else 0.2)
said = {}

def change(page, **content):
    page = WikiPage.objects.get(pk=page.pk)
    publish(read_content(page) | content, entry=page, base=page.revision_number, author=ada)

def one(name, act):
    try:
        with transaction.atomic():
            act()
            try:
                together.wait()
            except threading.BrokenBarrierError:
                pass  # the other one waits for this one to end
        said[name] = "done"
    except PublishRefused as refusal:
        said[name] = "refused"
        together.abort()
    except Exception as error:
        said[name] = repr(error)
        together.abort()
    finally:
        connection.close()

def both(first, second):
    said.clear()
    together.reset()
    acts = [threading.Thread(target=one, args=pair) for pair in (("first", first), ("second", second))]
    for act in acts: act.start()
    for act in acts: act.join(30)
    print(sorted(said.values()))
"""

SCENES = """
a, b = a_guide("A1", author=ada), a_guide("B1", author=ada)
both(lambda: change(a, body="[[B1]]"), lambda: change(b, body="[[A1]]"))
print("mention one another", sorted(Mention.objects.values_list("source__title", "target__title")))

s = a_guide("S2", author=ada)
both(lambda: change(s, body="See [[Fresh 2]]."), lambda: a_guide("Fresh 2", author=ada))
s.refresh_from_db()
print("appear", s.mentions.get().target.title, "wanted" in s.html)

s, x = a_guide("S3", author=ada), a_guide("X3", author=ada)
both(lambda: change(s, body="See [[Fresh 3]]."), lambda: change(x, title="Fresh 3"))
s.refresh_from_db()
print("rename", s.mentions.get().target.title, "wanted" in s.html)

x = a_guide("X4", author=ada)
s = a_guide("S4", author=ada, body="Old, with [[X4]].")
both(lambda: change(s, body="New."), lambda: remove(x, author=ada, reason="It is wrong."))
s.refresh_from_db()
print("draw again", s.html)

a, b = a_guide("A5", author=ada), a_guide("B5", author=ada)
both(lambda: change(a, redirect=b.pk), lambda: change(b, redirect=a.pk))
print("lead on to one another", WikiPage.objects.exclude(redirect=None).count())

a, b = a_guide("A6", author=ada), a_guide("B6", author=ada)
both(lambda: change(a, parent=b.pk), lambda: change(b, parent=a.pk))
print("stand under one another", WikiPage.objects.exclude(parent=None).count())

a, b = a_guide("A7", author=ada), a_guide("B7", author=ada)
both(lambda: remove(a, author=ada, reason="It is wrong."), lambda: change(b, redirect=a.pk))
print("lead on to a removed one", WikiPage.objects.filter(redirect__removed_at__isnull=False).count())

a = a_guide("A8", author=ada)
b = a_guide("B8", author=ada, parent=a)
both(lambda: change(a, title="C8"), lambda: gather(b.pk))
print("gathered beside a rename", is_true(b))

top = a_guide("T9", author=ada)
for title in ("A9", "Z9"):
    a_guide(title, author=ada, parent=top)
made = []
def make_and_gather():
    made.append(a_guide("M9", author=ada, parent=top))
    gather(made[0].pk)
both(make_and_gather, lambda: a_guide("N9", author=ada, parent=top))
print("gathered beside a new one", is_true(made[0]))

for title in ("Odd \\u200bone\\u0301 10", "Odd \\u00adtwo 10"):
    a_guide(title, author=ada, tags=["odd"])
gather_all()
print("left to gather", Unsettled.objects.count())
"""

LINES = """
['done', 'done']
mention one another [('A1', 'B1'), ('B1', 'A1')]
['done', 'done']
appear Fresh 2 False
['done', 'done']
rename Fresh 3 False
['done', 'done']
draw again <p>New.</p>
['done', 'refused']
lead on to one another 1
['done', 'refused']
stand under one another 1
['done', 'refused']
lead on to a removed one 0
['done', 'done']
gathered beside a rename True
['done', 'done']
gathered beside a new one True
left to gather 0
"""


@pytest.mark.django_db
def test_both_acts_end_well(own_site):
    said = finish(run(SCENE + SCENES, own_site)).splitlines()
    assert said == LINES.split("\n")[1:-1]
