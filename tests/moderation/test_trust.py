"""Trust: its arithmetic, who rises and falls by it, locks, roles, appeals, and a rule tried on the past."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import give_role, role_of
from rayhub import environment
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.history.models import Event
from resources.moderation.actions import propose
from resources.moderation.deciding import accept, reject
from resources.moderation.models import Trust
from resources.moderation.refusals import NotAllowed
from resources.moderation.taking_back import undo
from resources.moderation.trust import (
    TrustRefused,
    answer_appeal,
    appeal,
    lock_trust,
    review,
    review_all,
    set_role,
    unlock_trust,
)
from resources.moderation.trust_records import Rule, reckon_person
from tests.makers import a_person, a_resource
from tests.moderation.conftest import somebody

pytestmark = pytest.mark.django_db

SMALL = {"accepted": 2, "days": 1, "rejected": 0.34, "standing": 0}
RULE = Rule(**SMALL)


@pytest.fixture(autouse=True)
def _a_small_rule(settings):
    settings.TRUST_RULE = SMALL


@pytest.fixture
def cora():
    person = somebody("cora", "contributor")
    User.objects.filter(pk=person.pk).update(joined_at=timezone.now() - timedelta(days=9))
    return User.objects.get(pk=person.pk)


def asked(person, year, slug="raydp"):
    entry = Resource.objects.filter(slug=slug).first() or a_resource(slug, slug=slug)
    return propose(read_content(entry) | {"year": year}, author=person, entry=entry)


def accepted(person, mo, *years):
    return [accept(asked(person, year), moderator=mo, version=1) for year in years]


def fresh(person):
    return User.objects.get(pk=person.pk)


def test_the_arithmetic_is_said_in_words(cora, mo):
    accepted(cora, mo, 2001)
    reckoning = reckon_person(cora, Rule(accepted=5, days=7, rejected=0.1, standing=3))
    assert reckoning.words == (
        "0 of 5 accepted edits (that stand after 3 days), 9 of 7 days, 0 of 1 rejected or taken back (at most 10 %)"
    )
    in_a_week = timezone.now() + timedelta(days=7)
    assert reckon_person(cora, Rule(1, 7, 0.1, 3), in_a_week).holds
    assert not reckoning.holds
    assert reckoning.missing.startswith("0 of 5 accepted edits")


def test_the_decision_that_meets_the_rule_promotes(cora, mo):
    accepted(cora, mo, 2001)
    assert role_of(fresh(cora)) == "contributor"
    accepted(cora, mo, 2002)
    assert role_of(fresh(cora)) == "editor"
    assert Event.objects.get(act="promoted").person == cora
    assert cora.notices.filter(act="trust_promoted").count() == 1
    assert Trust.objects.get().promoted_at is not None


@pytest.mark.parametrize("how", ["rejected", "undone", "days", "blocked", "locked", "off"])
def test_what_keeps_from_rising(cora, mo, settings, how):
    if how == "rejected":
        for year in (1, 2):
            reject(asked(cora, year), moderator=mo, version=1, reason="No.")
    elif how == "days":
        User.objects.filter(pk=cora.pk).update(joined_at=timezone.now())
    elif how == "blocked":
        User.objects.filter(pk=cora.pk).update(
            blocked_until=timezone.now() + timedelta(days=1), blocked_reason="A pause."
        )
    elif how == "locked":
        lock_trust(cora, by=mo, reason="A second account.")
    elif how == "off":
        settings.TRUST_RULE = None
    if how != "blocked":
        revisions = accepted(fresh(cora), mo, 2001)
        if how == "undone":
            undo(revisions[0], by=mo)
        accepted(fresh(cora), mo, 2002)
    assert review(fresh(cora)) == ""
    assert role_of(fresh(cora)) == "contributor"


def test_who_falls_below_is_warned_and_falls_after_the_grace(cora, mo):
    revisions = accepted(cora, mo, 2001, 2002)
    undo(revisions[1], by=mo)
    assert review_all() == [(cora, "falling")]
    assert review_all() == []
    assert "1 of 2 accepted edits" in cora.notices.get(act="trust_falls").words
    Trust.objects.update(falls_at=timezone.now() - timedelta(minutes=1))
    assert review_all() == [(cora, "demoted")]
    assert role_of(fresh(cora)) == "contributor"
    assert Event.objects.filter(act="demoted", person=cora).count() == 1


def test_who_meets_the_rule_again_in_time_stays(cora, mo):
    revisions = accepted(cora, mo, 2001, 2002)
    undo(revisions[1], by=mo)
    review(fresh(cora))
    give_role(cora, "contributor")
    accepted(cora, mo, 2003)
    give_role(cora, "editor")
    Trust.objects.update(promoted_at=timezone.now(), falls_at=timezone.now() + timedelta(days=3))
    assert review(fresh(cora)) == "kept"
    assert Trust.objects.get().falls_at is None


def test_only_who_rose_by_the_rule_falls_by_it(mo):
    ed = somebody("ed", "editor")
    assert review(ed) == ""
    assert review(mo) == ""
    assert (role_of(ed), role_of(mo)) == ("editor", "moderator")


def test_a_locked_role_stays_until_it_is_unlocked(cora, mo, ed):
    accepted(cora, mo, 2001)
    lock_trust(cora, by=mo, reason="Let us wait.")
    accepted(cora, mo, 2002)
    assert role_of(fresh(cora)) == "contributor"
    unlock_trust(fresh(cora), by=mo)
    assert role_of(fresh(cora)) == "editor"
    for wrong in (ed, cora):
        with pytest.raises(NotAllowed):
            lock_trust(cora, by=wrong, reason="Mine.")
    with pytest.raises(TrustRefused):
        lock_trust(cora, by=mo, reason=" ")


def test_administrators_give_roles_and_not_to_themselves(cora, mo):
    ann = somebody("ann", "administrator")
    set_role(cora, "moderator", by=ann, reason="Knows the field.")
    assert role_of(fresh(cora)) == "moderator"
    assert Event.objects.get(act="role_given").details == {"role": "moderator"}
    with pytest.raises(NotAllowed):
        set_role(cora, "editor", by=mo, reason="No.")
    with pytest.raises(TrustRefused):
        set_role(ann, "editor", by=ann, reason="Tired.")


def test_an_appeal_is_made_once_and_answered(cora, mo, moira):
    appeal(cora, words="Why was I blocked?")
    with pytest.raises(TrustRefused, match="asked already"):
        appeal(cora, words="Hello?")
    with pytest.raises(NotAllowed):
        answer_appeal(cora, by=cora, words="Yes.")
    answer_appeal(cora, by=mo, words="It was a mistake.")
    assert cora.notices.get(act="appeal_answered").words == "It was a mistake."
    with pytest.raises(TrustRefused, match="meanwhile"):
        answer_appeal(cora, by=moira, words="Late.")
    appeal(cora, words="One more thing.")


def test_another_rule_is_tried_on_the_past(cora, mo):
    give_role(cora, "contributor")
    revisions = accepted(cora, mo, 2001)
    accept(asked(cora, 2002, "other"), moderator=mo, version=1)
    undo(revisions[0], by=mo)
    before = Event.objects.count(), Trust.objects.count()
    out = StringIO()
    rule = "accepted=1 days=0 standing=0 rejected=0.6"
    call_command("replay_trust", "--rule", rule, "--json", stdout=out, stderr=StringIO())
    (one,) = json.loads(out.getvalue())
    assert (one["name"], one["later"]) == ("cora", 2)
    assert [edit["revision"] for edit in one["taken_back"]] == [revisions[0].number]
    out = StringIO()
    call_command("replay_trust", "--rule", rule, stdout=out, stderr=StringIO())
    assert "taken back: RayDP (revision" in out.getvalue() or "taken back: raydp (revision" in out.getvalue()
    out = StringIO()
    call_command("replay_trust", "--rule", "accepted=9", "--json", stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue()) == []
    assert before == (Event.objects.count(), Trust.objects.count())
    for wrong in ("accepted=many", "rejected=7", "something=1"):
        with pytest.raises(CommandError, match="use numbers"):
            call_command("replay_trust", "--rule", wrong)


def test_the_daily_command_says_whom_it_changed(cora, mo, settings):
    settings.TRUST_RULE = None
    accepted(cora, mo, 2001, 2002)
    settings.TRUST_RULE = SMALL
    out = StringIO()
    call_command("review_trust", stdout=out, stderr=StringIO())
    assert out.getvalue() == "promoted: cora\n"


def test_a_wrong_setting_stops_the_start(monkeypatch):
    monkeypatch.setenv("TRUST_RULE", "accepted=3")
    rule = environment.trust_rule()
    assert rule == {"accepted": 3, "days": 7, "rejected": 0.1, "standing": 3}
    monkeypatch.setenv("TRUST_RULE", "off")
    assert environment.trust_rule() is None
    monkeypatch.setenv("TRUST_RULE", "a lot")
    with pytest.raises(ImproperlyConfigured, match="use numbers"):
        environment.trust_rule()


def test_the_arithmetic_costs_the_same_for_few_edits_and_many(cora, mo, settings):
    settings.TRUST_RULE = None
    counts = []
    for years in (range(1900, 1903), range(1903, 1920)):
        accepted(cora, mo, *years)
        with CaptureQueriesContext(connection) as queries:
            reckon_person(cora, RULE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4
    assert a_person("cora").proposals.count() == 20


def test_the_page_says_what_came_of_each_act(client, cora, mo):
    def said(person, **given):
        client.force_login(person)
        page = client.post("/people/cora/trust/", given, follow=True)
        return str(next(iter(page.context["messages"])))

    assert said(cora, act="appeal", words="Please look again.").startswith("Sent.")
    assert said(mo, act="answer", words="Soon.").startswith("Answered.")
    assert "until somebody unlocks it" in said(mo, act="lock", words="Wait for the next release.")
    assert "follows the rule again" in said(mo, act="unlock")
