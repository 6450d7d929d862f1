"""Messages to other sites: what they tell, how they are signed, and what becomes of those that are not taken."""

import hmac
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from resources.entries.content import read_content
from resources.links.models import Link
from resources.links.recording import Turned
from resources.moderation.actions import propose, withdraw
from resources.moderation.batches import Asked, propose_many
from resources.moderation.deciding import accept
from resources.notices.models import Notice
from resources.publishing import publish
from resources.webhooks import sending
from resources.webhooks.acting import make_webhook, switch_off, switch_on, try_webhook
from resources.webhooks.announcing import announce_links
from resources.webhooks.models import Delivery, Happening, Webhook
from resources.webhooks.sending import PAUSES, send, send_due
from tests.makers import a_person, a_resource
from tests.webhooks.listening import Listener, listening

pytestmark = pytest.mark.django_db

ALL = [word for word in Happening.values if word != "test"]


@pytest.fixture
def admin() -> User:
    return a_person("admin", role="administrator")


@pytest.fixture
def listener(settings: Any) -> Any:
    with listening() as one:
        settings.LINK_CHECK_ALLOW_PRIVATE = ("127.0.0.0/8",)
        settings.LINK_CHECK_PORTS = frozenset({int(one.address.split(":")[2].split("/")[0])})
        yield one


@pytest.fixture
def hook(admin: User, listener: Listener) -> Webhook:
    return make_webhook(name="Chat", address=listener.address, happenings=ALL, by=admin)


def told(listener: Listener) -> list[dict[str, Any]]:
    return [json.loads(body) for _headers, body in listener.messages]


def test_what_goes_live_is_told_after_the_act(hook, listener, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        a_resource("RayDP", author=a_person("ada"))
        assert listener.messages == []
    message = told(listener)[0]
    assert (message["happening"], message["data"]["count"]) == ("published", 1)
    assert message["data"]["revisions"][0] | {"page": ""} == {
        "type": "resource", "slug": "raydp", "title": "RayDP", "page": "", "revision": 1, "act": "created",
        "author": "ada", "summary": "",
    }  # fmt: skip
    assert Delivery.objects.get().state == "sent"


def test_acts_on_proposals_are_told(hook, listener, django_capture_on_commit_callbacks):
    entry, cora = a_resource("RayDP"), a_person("cora", role="contributor")
    Delivery.objects.all().delete()
    mo = a_person("mo", role="moderator")
    with django_capture_on_commit_callbacks(execute=True):
        first = propose(read_content(entry) | {"summary": "Better."}, author=cora, entry=entry, base=1)
        withdraw(propose(read_content(entry) | {"year": 2021}, author=cora, entry=entry, base=1), author=cora)
        accept(first, moderator=mo, version=1, seen=1)
    said = [(one["happening"], one["data"].get("act"), one["data"].get("by")) for one in told(listener)]
    assert ("proposed", "proposed", "cora") in said
    assert ("decided", "withdrawn", "cora") in said
    assert ("decided", "accepted", "mo") in said
    assert "published" in [one[0] for one in said]


def test_batches_are_told_one_by_one_and_what_went_live_otherwise_is_decided(
    hook, listener, django_capture_on_commit_callbacks
):
    entry, cora = a_resource("RayDP"), a_person("cora", role="contributor")
    Delivery.objects.all().delete()
    better = read_content(entry) | {"summary": "Better."}
    dated = read_content(entry) | {"year": 2021}
    with django_capture_on_commit_callbacks(execute=True):
        propose_many([Asked(one, "resource", cora, "Two.", entry=entry) for one in (better, dated)], batch="two")
        publish(better, entry=entry, author=a_person("ed", role="editor"), base=1)
    said = [(one["data"].get("act"), one["data"].get("by")) for one in told(listener)]
    assert said.count(("proposed", "cora")) == 2
    assert said.count(("superseded", "ed")) == 1


def test_links_that_break_and_work_again_are_told(hook, listener, django_capture_on_commit_callbacks):
    a_resource("RayDP")
    link = Link.objects.get()
    link.state = Link.State.BROKEN
    with django_capture_on_commit_callbacks(execute=True):
        announce_links([Turned(link, "ok")])
        link.state = Link.State.OK
        announce_links([Turned(link, "broken"), Turned(link, "untested")])
    assert [one["happening"] for one in told(listener)] == ["link_broken", "link_works"]
    assert told(listener)[0]["data"]["links"][0]["address"] == "https://example.org/raydp"


def test_only_what_was_asked_for_is_told(hook, listener, django_capture_on_commit_callbacks):
    Webhook.objects.update(happenings=["decided"])
    with django_capture_on_commit_callbacks(execute=True):
        a_resource("RayDP")
    assert not Delivery.objects.exists()


def test_what_was_undone_is_not_told(hook, listener, django_capture_on_commit_callbacks):
    entry = a_resource("RayDP")
    Delivery.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Exception, match="url"):
        publish(read_content(entry) | {"url": "nonsense"}, entry=entry, author=a_person(), base=1)
    assert not listener.messages
    assert not Delivery.objects.exists()


def test_messages_are_signed_with_the_moment(hook, listener, admin, monkeypatch):
    monkeypatch.setattr(sending, "time", lambda: 1_800_000_000.5)
    send(try_webhook(hook, by=admin).pk)
    headers, body = listener.messages[0]
    expected = hmac.new(hook.secret.encode(), b"1800000000." + body, sha256).hexdigest()
    assert headers["RayHub-Signature"] == f"t=1800000000,v1={expected}"
    assert headers["Content-Type"] == "application/json"
    assert headers["RayHub-Happening"] == "test"
    assert hook.secret not in body.decode()


@pytest.mark.parametrize("status", [500, 404, 301])
def test_what_is_not_taken_is_tried_again_and_given_up_in_the_end(hook, listener, admin, status):
    listener.status = status
    delivery = try_webhook(hook, by=admin)
    for tries in range(1, len(PAUSES) + 2):
        assert send_due() == 1
        delivery.refresh_from_db()
        assert (delivery.attempts, delivery.status) == (tries, status)
        assert send_due() == 0
        if tries <= len(PAUSES):
            assert timedelta(0) <= timezone.now() + PAUSES[tries - 1] - delivery.due_at < timedelta(minutes=1)
        Delivery.objects.update(due_at=timezone.now())
    assert delivery.state == "given_up"
    assert delivery.note
    assert len(listener.messages) == len(PAUSES) + 1
    assert listener.messages[0][1] == listener.messages[-1][1]


def test_after_too_many_failures_it_is_switched_off_and_administrators_are_told(hook, listener, admin, client):
    listener.status = 500
    Webhook.objects.update(failures=sending.MOST_FAILURES - 1)
    send(try_webhook(hook, by=admin).pk)
    hook.refresh_from_db()
    assert hook.state == "failed"
    notice = Notice.objects.get(person=admin)
    assert (notice.act, notice.words) == ("webhook_failed", "Chat")
    client.force_login(admin)
    assert "The webhook “Chat” failed too often" in client.get("/notices/").content.decode()
    assert send_due() == 0
    switch_on(hook, by=admin)
    listener.status = 200
    Delivery.objects.update(due_at=timezone.now())
    assert send_due() == 1
    hook.refresh_from_db()
    assert (hook.state, hook.failures) == ("on", 0)


def test_one_that_is_switched_off_hears_nothing(hook, listener, admin, django_capture_on_commit_callbacks):
    switch_off(hook, by=admin)
    with django_capture_on_commit_callbacks(execute=True):
        a_resource("RayDP")
    assert not Delivery.objects.exists()


def test_a_message_is_sent_once_however_many_try(hook, listener, admin):
    delivery = try_webhook(hook, by=admin)
    Delivery.objects.update(due_at=timezone.now() + timedelta(minutes=2))
    assert not send(delivery.pk)
    Delivery.objects.update(due_at=timezone.now())
    assert send(delivery.pk)
    assert not send(delivery.pk)
    assert len(listener.messages) == 1


def test_no_private_network_is_reached(hook, listener, admin, settings):
    settings.LINK_CHECK_ALLOW_PRIVATE = ()
    delivery = try_webhook(hook, by=admin)
    send(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.state) == (0, "waiting")
    assert "private network" in delivery.note
    assert not listener.messages


def test_a_site_that_is_not_there_is_told_in_words(hook, listener, admin, settings):
    settings.LINK_CHECK_PORTS = frozenset({1})
    Webhook.objects.update(address="http://127.0.0.1:1/")
    delivery = try_webhook(hook, by=admin)
    send(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.status == 0
    assert delivery.note


def test_the_command_tries_what_is_due_and_forgets_what_is_old(hook, listener, admin, capsys):
    old = try_webhook(hook, by=admin)
    Delivery.objects.filter(pk=old.pk).update(state="sent", created_at=timezone.now() - timedelta(days=31))
    try_webhook(hook, by=admin)
    call_command("send_webhooks", "--json")
    assert json.loads(capsys.readouterr().out) == {"tried": 1}
    assert not Delivery.objects.filter(pk=old.pk).exists()
