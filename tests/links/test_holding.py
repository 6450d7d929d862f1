"""Several test side by side, and no host is asked by two of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources.links.holding import HOLD, hold_hosts, keep_holding, let_go
from resources.links.models import Host, Link
from tests.makers import a_guide

pytestmark = pytest.mark.django_db


def hosts(*names: str):
    a_guide(body=" ".join(f"[x](https://{name}/a)" for name in names))
    return timezone.now() + timedelta(seconds=1)


def test_what_one_holds_no_other_gets_until_it_is_let_go():
    now = hosts("a.example.org", "b.example.org", "c.example.org")
    mine = hold_hosts("one", at=now, most=2)
    assert len(mine) == 2
    others = hold_hosts("two", at=now, most=5)
    assert {host.pk for host in mine} | {host.pk for host in others} == set(Host.objects.values_list("pk", flat=True))
    assert hold_hosts("three", at=now, most=5) == []
    let_go("one", [host.pk for host in mine])
    assert {host.pk for host in hold_hosts("three", at=now, most=5)} == {host.pk for host in mine}


def test_a_holder_that_is_heard_no_more_loses_its_hosts():
    now = hosts("a.example.org")
    mine = [host.pk for host in hold_hosts("one", at=now, most=1)]
    assert keep_holding("one", mine, at=now + HOLD / 2) == 1
    assert hold_hosts("two", at=now + HOLD + timedelta(seconds=1), most=1) == []
    assert len(hold_hosts("two", at=now + 2 * HOLD, most=1)) == 1
    assert keep_holding("one", mine, at=now + 2 * HOLD) == 0


def test_hosts_without_anything_due_or_at_rest_are_passed_over():
    now = hosts("a.example.org", "b.example.org")
    Link.objects.filter(host__name="a.example.org").update(due_at=now + timedelta(days=1))
    Host.objects.filter(name="b.example.org").update(rests_until=now + timedelta(minutes=5))
    assert hold_hosts("one", at=now, most=5) == []
    assert [host.name for host in hold_hosts("one", at=now + timedelta(minutes=6), most=5)] == ["b.example.org"]
