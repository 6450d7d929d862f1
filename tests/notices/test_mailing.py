"""Mails: after the act and never inside it, at once or as a digest, with the difference inside; none is lost or sent twice."""

import email.policy
import io
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from resources.discussion.actions import open_thread
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.notices import mailing
from resources.notices.choices import unsubscribe
from resources.notices.differences import unified
from resources.notices.mailing import send_notices
from resources.notices.models import MailRhythm, Notice
from resources.notices.telling import tell
from resources.notices.tokens import feed_path
from resources.notices.watching import watch
from resources.publishing import publish
from resources.text.diff import diff_words
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db

type Committed = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def wanda() -> User:
    return a_person("wanda", role=Role.CONTRIBUTOR)


@pytest.fixture
def ed() -> User:
    return a_person("ed", role=Role.EDITOR, display_name="Ed Marsh")


def an_entry(**content: Any) -> Resource:
    """By somebody who hears nothing."""
    return a_resource(author=a_person("house", is_active=False), **content)


def an_edit(author: User, summary: str) -> None:
    live = Resource.objects.get()
    publish(read_content(live) | {"summary": summary}, entry=live, author=author, summary="Said it shorter")


def body(letter: Any, kind: str = "plain") -> str:
    assert isinstance(letter, EmailMultiAlternatives)
    return str(letter.body) if kind == "plain" else str(letter.alternatives[0][0])


def outbox() -> list[Any]:
    return mail.outbox


def test_what_concerns_somebody_is_mailed_after_the_commit(
    django_capture_on_commit_callbacks: Committed, wanda: User, ed: User
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post = open_thread(author=ed, title="T", text="What do you say, @wanda?", entry=an_entry())
        assert outbox() == []
    (letter,) = outbox()
    assert letter.to == ["wanda@example.org"]
    assert letter.subject == "RayHub: Ed Marsh named you in the talk about RayDP"
    assert "> What do you say, @wanda?" in body(letter)
    assert f"http://127.0.0.1:8000{post.get_absolute_url()}" in body(letter)
    assert Notice.objects.get(person=wanda).mailed_at is not None
    assert send_notices().mails == 0


def test_an_act_that_is_taken_back_mails_nothing(
    django_capture_on_commit_callbacks: Committed, wanda: User, ed: User
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tell([wanda], "blocked", actor=ed)
        transaction.set_rollback(True)
    assert outbox() == []


def test_watched_changes_come_daily_with_the_difference_inside(
    django_capture_on_commit_callbacks: Committed, wanda: User, ed: User
) -> None:
    watch(wanda, entry=an_entry(summary="Runs Spark on Ray."))
    with django_capture_on_commit_callbacks(execute=True):
        an_edit(ed, "Runs <Spark> & more on Ray.")
    assert outbox() == []
    sent = send_notices()
    assert (sent.mails, sent.notices, sent.failed) == (1, 1, 0)
    (letter,) = outbox()
    assert letter.subject == "RayHub: Ed Marsh changed RayDP"
    assert "Runs [-Spark-]{+<Spark> & more+} on Ray." in body(letter)
    assert "> Said it shorter" in body(letter)
    assert "Runs <del>Spark</del><ins>&lt;Spark&gt; &amp; more</ins> on Ray." in body(letter, "html")
    assert "/resources/raydp/history/1..2/" in body(letter)
    assert send_notices().mails == 0


def test_a_digest_comes_once_a_day(wanda: User, ed: User) -> None:
    watch(wanda, entry=an_entry())
    an_edit(ed, "First.")
    assert send_notices().mails == 1
    an_edit(ed, "Second.")
    assert send_notices().mails == 0
    MailRhythm.objects.update(digest_at=timezone.now() - timedelta(hours=23))
    assert send_notices().mails == 1


def test_many_notices_are_one_mail(wanda: User, ed: User) -> None:
    for _nr in range(3):
        tell([wanda], "unblocked", actor=ed)
    assert send_notices().notices == 3
    assert [letter.subject for letter in outbox()] == [
        "RayHub: Ed Marsh ended your block. You can write again, and 2 more"
    ]


@pytest.mark.parametrize(
    ("rhythm", "watched", "at_once", "digest"),
    [("never", "never", 0, 0), ("at_once", "at_once", 2, 0), ("daily", "daily", 0, 1), ("never", "at_once", 1, 0)],
)
def test_rhythms_are_kept(
    django_capture_on_commit_callbacks: Committed,
    wanda: User, ed: User, rhythm: str, watched: str, at_once: int, digest: int,
) -> None:  # fmt: skip
    MailRhythm.objects.create(person=wanda, rhythm=rhythm, watched=watched)
    watch(wanda, entry=an_entry())
    for act in (lambda: an_edit(ed, "Edited."), lambda: tell([wanda], "unblocked", actor=ed)):
        with django_capture_on_commit_callbacks(execute=True):
            act()
    assert len(outbox()) == at_once
    assert send_notices().mails == digest


def test_read_old_and_unreachable_is_not_mailed(wanda: User, ed: User) -> None:
    credited = a_person("git", is_active=True)
    User.objects.filter(pk=credited.pk).update(email="git@unknown.invalid")
    tell([wanda, credited], "unblocked", actor=ed)
    tell([wanda], "blocked", actor=ed)
    Notice.objects.filter(act="blocked").update(created_at=timezone.now() - timedelta(days=8))
    Notice.objects.filter(act="unblocked", person=wanda).update(read_at=timezone.now())
    assert send_notices().mails == 0


def test_a_server_that_fails_breaks_nothing_and_the_mail_comes_later(
    django_capture_on_commit_callbacks: Committed, wanda: User, ed: User, settings: Any, caplog: Any
) -> None:
    working = settings.MAILERS
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    with django_capture_on_commit_callbacks(execute=True):
        tell([wanda], "unblocked", actor=ed)
    notice = Notice.objects.get()
    assert notice.mailed_at is None
    assert notice.mailing_since is None
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("send_notices", "--json", stdout=out)
    assert ended.value.code == 1
    assert json.loads(out.getvalue()) == {"mails": 0, "notices": 0, "failed": 1}
    assert "is tried again" in caplog.text
    settings.MAILERS = working
    assert send_notices().mails == 1


def test_the_command_says_what_it_did(wanda: User, ed: User) -> None:
    tell([wanda], "unblocked", actor=ed)
    for words in ("1 mails sent, with 1 notices; 0 could not be sent.", "Nothing to send."):
        out = io.StringIO()
        call_command("send_notices", stdout=out)
        assert out.getvalue().strip() == words


def test_what_another_process_is_mailing_is_left_to_it_for_a_while(wanda: User, ed: User) -> None:
    tell([wanda], "unblocked", actor=ed)
    Notice.objects.update(mailing_since=timezone.now())
    assert send_notices().mails == 0
    Notice.objects.update(mailing_since=timezone.now() - mailing.CLAIM)
    assert send_notices().mails == 1


def test_one_click_ends_the_mails(wanda: User, ed: User) -> None:
    tell([wanda], "unblocked", actor=ed)
    send_notices()
    (letter,) = outbox()
    headers = letter.message()
    for policy in (email.policy.default, email.policy.SMTP):
        raw = letter.message(policy=policy).as_bytes()
        assert f"List-Unsubscribe: {headers['List-Unsubscribe']}".encode() in raw.splitlines()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<http://127\.0\.0\.1:8000(/notices/unsubscribe/[^/]+/)>", headers["List-Unsubscribe"])
    assert found
    stranger = Client(enforce_csrf_checks=True)
    assert "No more mails?" in stranger.get(found[1]).content.decode()
    assert not MailRhythm.objects.exists()
    for _twice in range(2):
        answer = stranger.post(found[1], {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "You get no more mails" in answer.content.decode()
    assert set(MailRhythm.objects.values_list("rhythm", "watched")) == {("never", "never")}
    tell([wanda], "unblocked", actor=ed)
    assert send_notices().mails == 0


@pytest.mark.parametrize("token", ["x", "WzFd:abc", "a" * 500])
def test_a_broken_address_ends_nothing(client: Client, token: str) -> None:
    for method in (client.get, client.post):
        assert method(f"/notices/unsubscribe/{token}/").status_code == 404


def test_a_token_opens_one_door_only(client: Client, wanda: User) -> None:
    token = feed_path(wanda).partition("=")[2]
    assert client.post(f"/notices/unsubscribe/{token}/").status_code == 404
    assert not MailRhythm.objects.exists()


def test_unsubscribing_keeps_the_other_choices(wanda: User) -> None:
    MailRhythm.objects.create(person=wanda, watches_own=False)
    unsubscribe(wanda)
    assert MailRhythm.objects.get().watches_own is False


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Runs Spark on Ray.", "Runs Dask on Ray.", "Runs [Spark]{Dask} on Ray."),
        ("", "New", "{New}"),
        ("Gone", "", "[Gone]"),
        ("a b c", "a c", "a [b ]c"),
        ("same", "same", "same"),
    ],
)
def test_both_sides_stand_in_one_line(old: str, new: str, said: str) -> None:
    marks = {"del": "[{}]", "ins": "{{{}}}", "same": "{}"}
    assert "".join(marks[mark].format(text) for mark, text in unified(diff_words(old, new))) == said
