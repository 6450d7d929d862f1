"""Two people who decide at the same instant, in real parallel processes: one wins, the other is told."""

import subprocess

import pytest

from tests.processes import finish, run

TURNS = 12

SETUP = """
import sys
import django; django.setup()
from tests.makers import a_resource
from tests.moderation.conftest import somebody
from tests.moderation.proposing import a_new_one, an_edit
cora = somebody("cora", "contributor"); somebody("mo", "moderator"); somebody("moira", "moderator")
entry = a_resource()
for turn in range(int(sys.argv[1])):
    if turn % 2: a_new_one(cora, f"New {turn}")
    else: an_edit(cora, entry, tags=[f"tag {turn}"])
"""

DECIDER = """
import sys
import django; django.setup()
from accounts.models import User
from resources.moderation.actions import withdraw
from resources.moderation.deciding import accept, reject
from resources.moderation.refusals import StaleProposal
from resources.proposals.models import Proposal
name, act = sys.argv[1:]
person = User.objects.get(name=name)
doors = {
    "accept": lambda p: accept(p, moderator=person, version=1, seen=p.entry and p.entry.revision_number),
    "reject": lambda p: reject(p, moderator=person, version=1, reason="No."),
    "withdraw": lambda p: withdraw(p, author=person),
}
keys = list(Proposal.objects.order_by("pk").values_list("pk", flat=True))
print("ready", flush=True)
for key in keys:
    sys.stdin.readline()
    proposal = Proposal.objects.select_related("entry").get(pk=key)
    try:
        doors[act](proposal)
        print("won", flush=True)
    except StaleProposal as refusal:
        assert "meanwhile" in str(refusal)
        print("told", flush=True)
"""

REPORT = """
import django; django.setup()
from resources.history.models import Event, Revision
from resources.proposals.models import Proposal
states = dict(Proposal.objects.values_list("pk", "state"))
decisions = Event.objects.filter(act__in=["accepted", "rejected", "withdrawn"])
live = Revision.objects.exclude(accepted_by=None).count()
accepted = sum(state == "accepted" for state in states.values())
print(sorted(set(states.values())), decisions.count() == len(states), live == accepted)
numbers = list(Revision.objects.filter(entry__slug="raydp").order_by("number").values_list("number", flat=True))
print(numbers == list(range(1, len(numbers) + 1)))
"""


def heard(process: "subprocess.Popen[str]") -> str:
    """The next line that a process says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [(("mo", "accept"), ("moira", "accept")), (("mo", "accept"), ("moira", "reject")),
     (("mo", "accept"), ("cora", "withdraw"))],
)  # fmt: skip
def test_one_wins_and_the_other_is_told(own_site, one, other):
    finish(run(SETUP, own_site, str(TURNS)))
    deciders = [run(DECIDER, own_site, *one), run(DECIDER, own_site, *other)]
    assert [heard(decider) for decider in deciders] == ["ready", "ready"]
    said = []
    for _turn in range(TURNS):
        for decider in deciders:
            assert decider.stdin is not None
            decider.stdin.write("\n")
            decider.stdin.flush()
        said.append([heard(decider) for decider in deciders])
    for decider in deciders:
        finish(decider)
    assert all(sorted(pair) == ["told", "won"] for pair in said), said
    states, gapless = finish(run(REPORT, own_site)).splitlines()
    assert states.endswith("True True")
    assert gapless == "True"
