"""A run tests what is due, each link once, and writes down what it reports before it does."""

from datetime import timedelta
from functools import partial
from threading import Event

import pytest
from django.utils import timezone

from rayhub.alive import Alive
from resources.fetching.visits import Asked, Cause, Verdict, Visit
from resources.links.checking import check, due_links, make_due
from resources.links.engines import LocalEngine
from resources.links.holding import HOLD, hold_hosts
from resources.links.manners import manners, with_own_pace
from resources.links.models import Check, Host, Link, Tally
from tests.makers import a_guide

pytestmark = pytest.mark.django_db


def watch(*addresses: str) -> None:
    a_guide(body="\n\n".join(f"[x]({address})" for address in addresses))
    Host.objects.filter(at_once=None).update(at_once=4, a_second=1000)


def run(**options):
    options = {"due": partial(due_links, at=timezone.now())} | options
    return check(LocalEngine(manners(with_own_pace())), **options)


def states() -> dict[str, str]:
    return {link.address.partition("/127")[2].partition("/")[2]: link.state for link in Link.objects.all()}


def test_what_is_due_is_tested_and_what_is_not_is_left_alone(web):
    watch(web.address("ok/1"), web.address("missing/1"), web.address("moved/1", 2), web.address("ok/later", 2))
    Link.objects.filter(address__endswith="later").update(due_at=timezone.now() + timedelta(days=3))
    checked = run()
    assert states() == {"ok/1": "ok", "missing/1": "failing", "moved/1": "moved", "ok/later": "untested"}
    assert (dict(checked.verdicts), checked.links, checked.left) == ({"ok": 1, "broken": 1, "moved": 1}, 3, 0)
    assert checked.requests >= 4
    assert web.asked("ok/later") == 0
    assert Tally.objects.get().counts["untested"] == 1
    assert not Host.objects.exclude(held_by="").exists()
    assert run().links == 0


def test_what_is_reported_is_written_down_already(web):
    watch(*(web.address(f"ok/{number}", number % 3 + 1) for number in range(30)))
    seen = []

    def report(reported):
        for one in reported:
            assert Link.objects.get(pk=one.link.pk).checked_at == one.visit.at
            assert one.link.checks.count() == 1
            assert (one.before, one.link.state) == ("untested", "ok")
            seen.append(one.visit.address)

    run(report=report)
    assert sorted(seen) == sorted(Link.objects.values_list("address", flat=True))
    assert len(set(seen)) == 30


def test_a_host_with_many_links_is_asked_portion_by_portion_and_at_its_pace(web):
    Host.objects.create(name=f"127.0.0.1:{web.port}", at_once=3, a_second=1000)
    watch(*(web.address(f"ok/{number}") for number in range(160)))
    assert run().links == 160
    assert max(web.paths.values()) == 1
    assert web.most_at_once["127.0.0.1"] <= 3


def test_a_run_ends_at_its_limit_and_the_next_goes_on(web):
    watch(*(web.address(f"ok/{number}", number % 3 + 1) for number in range(12)))
    first = run(limit=5)
    assert (first.links, first.left) == (5, 7)
    assert run().links == 7
    assert {web.asked(f"ok/{number}") for number in range(12)} == {1}


def test_one_host_alone(web):
    watch(web.address("ok/1", 1), web.address("ok/2", 2))
    name = f"127.0.0.2:{web.port}"
    assert run(due=partial(due_links, host=name)).links == 1
    assert states() == {"ok/1": "untested", "ok/2": "ok"}
    make_due(host=name)
    assert run().links == 2
    make_due(limit=1)
    assert run().links == 1


def test_nobody_waits_for_the_slowest_host(web):
    slow = [web.address(f"slow/{number}") for number in range(8)]
    quick = [web.address(f"ok/{number}", 2) for number in range(12)]
    watch(*slow, *quick)
    order: list[str] = []
    run(report=lambda reported: order.extend(one.visit.address for one in reported))
    assert set(order[:12]) == set(quick)
    assert len(order) == 20


def test_hosts_that_rest_or_that_others_hold_are_passed_over(web):
    watch(web.address("ok/1", 1), web.address("ok/2", 2), web.address("ok/3", 3))
    now = timezone.now()
    Host.objects.filter(name__startswith="127.0.0.1").update(rests_until=now + timedelta(hours=1))
    others = Alive("links")
    due = Link.objects.filter(host__name__startswith="127.0.0.2").order_by("pk")
    hold_hosts(others.name, at=now, most=1, due=due)
    checked = run()
    others.end()
    assert (checked.links, checked.left) == (1, 2)
    assert states() == {"ok/1": "untested", "ok/2": "untested", "ok/3": "ok"}


def test_what_a_dead_process_of_this_machine_held_is_free_at_once(web):
    watch(web.address("ok/1"))
    dead = Alive("links")
    hold_hosts(dead.name, at=timezone.now(), most=1)
    assert run().links == 0
    dead.die()
    assert run().links == 1


def test_what_was_held_on_another_machine_is_free_after_a_while(web):
    watch(web.address("ok/1"))
    hold_hosts("elsewhere-1-ab", at=timezone.now() - HOLD - timedelta(seconds=1), most=1)
    assert run().links == 1


def test_a_run_that_is_stopped_keeps_what_it_tested_and_lets_go(web):
    watch(web.address("ok/1"), web.address("hang/1", 2), web.address("hang/2", 2))
    stop = Event()
    checked = run(stop=stop, report=lambda _reported: stop.set())
    assert (checked.links, checked.left) == (1, 2)
    assert not Host.objects.exclude(held_by="").exists()
    assert Check.objects.count() == 1


class Offline:
    """An engine on a machine that is off the network."""

    hosts, portion, rest = 50, 50, 25

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.closed = False

    def ask(self, host, asked, memory, *, last):
        self.asked += asked

    def finish(self):
        pass

    def leave(self, host):
        pass

    def told(self, wait):
        told, self.asked = self.asked[:50], self.asked[50:]
        return [Visit(one.address, Verdict.BROKEN, Cause.VOID) for one in told]

    def close(self):
        self.closed = True


def test_when_nothing_can_be_told_from_here_a_run_gives_up_and_blames_nobody():
    watch(*(f"https://host-{number}.example/{page}" for number in range(30) for page in range(10)))
    engine = Offline()
    checked = check(engine, due=partial(due_links, at=timezone.now()))
    assert (checked.given_up, checked.links, engine.closed) == (True, 0, True)
    assert 200 <= checked.void < 300
    assert {link.state for link in Link.objects.all()} == {"untested"}
    assert not Check.objects.exists()
    assert not Tally.objects.exists()
    assert not Host.objects.exclude(held_by="").exists()
