"""Threads on entries: begin, answer, resolve; what strangers, blocked people and hasty hands see."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from resources.discussion.actions import answer, open_thread
from resources.discussion.models import Post, Thread
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.moderation.actions import propose
from resources.notices.models import Notice, Watch
from resources.publishing import remove
from tests.discussion.cast import someone
from tests.makers import a_person, a_resource

pytestmark = pytest.mark.django_db
TALK = "/resources/raydp/talk/"


@pytest.fixture
def entry() -> Resource:
    return a_resource(author=a_person("house", is_active=False))


@pytest.fixture
def cora(client: Client) -> User:
    person = someone("cora", display_name="Cora Brook")
    client.force_login(person)
    return person


def test_empty_talk_invites_and_strangers_find_the_way_in(client: Client, entry: Resource) -> None:
    page = client.get(TALK).content.decode()
    assert "Nobody has said anything yet" in page
    assert "/accounts/login/?next=/resources/raydp/talk/" in page
    assert "<textarea" not in page
    assert f'href="{TALK}"' in client.get("/resources/raydp/").content.decode()


def test_thread_begins_and_is_answered(client: Client, entry: Resource, cora: User) -> None:
    sent = client.post(TALK, {"title": "Which Spark?", "text": "Does it need **Spark 3**?"})
    post = Post.objects.get()
    assert sent["Location"] == f"/talk/{post.thread_id}/?post={post.pk}#post-{post.pk}"
    page = client.get(TALK).content.decode()
    assert "<strong>Spark 3</strong>" in page
    assert f'id="post-{post.pk}"' in page
    said = client.post(f"/talk/{post.thread_id}/", {"text": "Any of them.", "next": TALK})
    assert said["Location"] == f"{TALK}#post-{Post.objects.latest('pk').pk}"
    assert "Any of them." in client.get(f"/talk/{post.thread_id}/").content.decode()


def test_next_never_leads_off_the_site(client: Client, entry: Resource, cora: User) -> None:
    sent = client.post(TALK, {"title": "T", "text": "x", "next": "https://evil.example/"})
    assert sent["Location"].startswith("/talk/")


def test_the_button_pressed_twice_says_it_once(client: Client, entry: Resource, cora: User) -> None:
    for _press in range(2):
        client.post(TALK, {"title": "Twice", "text": "Once is enough."})
    thread = Thread.objects.get()
    for _press in range(2):
        client.post(thread.get_absolute_url(), {"text": "Indeed."})
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": "", "text": "My words"}, "This field is required"),
        ({"title": "x" * 201, "text": "My words"}, "200 characters"),
        ({"title": "T", "text": "My words " * 3000}, "too long. Shorten it"),
        ({"title": "T", "text": "   "}, "required"),
    ],
)
def test_refused_words_come_back(
    client: Client, entry: Resource, cora: User, given: dict[str, str], words: str
) -> None:
    answer_ = client.post(TALK, given)
    assert answer_.status_code == 422
    page = answer_.content.decode()
    assert words in page
    assert given["text"].strip()[:200] in page
    assert not Thread.objects.exists()


def test_complex_words_come_back(client: Client, entry: Resource, cora: User) -> None:
    text = "My words.\n\n" + "<div>" * 3_000
    sent = client.post(TALK, {"title": "T", "text": text})
    assert sent.status_code == 422
    assert "My words.\n\n&lt;div&gt;&lt;div&gt;" in sent.content.decode()
    assert not Post.objects.exists()


def test_preview_posts_nothing_and_keeps_the_words(client: Client, entry: Resource, cora: User) -> None:
    page = client.post(TALK, {"title": "T", "text": "Some *words*", "preview": "1"}).content.decode()
    assert "Some <em>words</em>" in page
    assert "Some *words*" in page
    assert not Post.objects.exists()


def test_a_session_that_expired_gives_the_words_back(client: Client, entry: Resource) -> None:
    sent = client.post(TALK, {"title": "Mine", "text": "Typed for long"})
    assert sent.status_code == 403
    page = sent.content.decode()
    assert "Typed for long" in page
    assert 'value="Mine"' in page
    assert "Sign in in another tab" in page
    thread = open_thread(author=someone("ed"), title="T", text="x", entry=entry).thread
    assert "My answer" in client.post(thread.get_absolute_url(), {"text": "My answer"}).content.decode()


def test_blocked_people_read_and_cannot_post(client: Client, entry: Resource, cora: User) -> None:
    User.objects.filter(pk=cora.pk).update(blocked_until=timezone.now() + timedelta(days=1), blocked_reason="Spam.")
    assert "You are blocked for now" in client.get(TALK).content.decode()
    sent = client.post(TALK, {"title": "T", "text": "Buy now"})
    assert sent.status_code == 403
    assert "You are blocked for now" in sent.content.decode()
    assert "Buy now" in sent.content.decode()
    assert not Post.objects.exists()


def test_without_a_role_nobody_posts(client: Client, entry: Resource) -> None:
    client.force_login(someone("new", Role.READER))
    assert client.post(TALK, {"title": "T", "text": "x"}).status_code == 403
    assert not Post.objects.exists()


def test_who_posts_too_fast_gets_the_words_back(client: Client, entry: Resource, cora: User, settings: Any) -> None:
    settings.RATE_LIMITS = True
    thread = open_thread(author=cora, title="T", text="x", entry=entry).thread
    Post.objects.bulk_create(Post(thread=thread, author=cora, text=str(n)) for n in range(40))
    for address, given in ((TALK, {"title": "T", "text": "Too much"}), (f"/talk/{thread.pk}/", {"text": "Too much"})):
        sent = client.post(address, given)
        assert sent.status_code == 429
        assert "Nothing is lost: try again at" in sent.content.decode()
        assert "Too much" in sent.content.decode()


def test_a_proposal_is_talked_about_on_its_page(client: Client, entry: Resource, cora: User) -> None:
    proposal = propose(read_content(entry) | {"title": "RayDP 2"}, author=cora, entry=entry, summary="A new name")
    ed = someone("ed", Role.EDITOR, display_name="Ed Marsh")
    client.force_login(ed)
    page = proposal.get_absolute_url()
    assert f'action="{page}talk/"' in client.get(page).content.decode()
    sent = client.post(f"{page}talk/", {"title": "Sure?", "text": "Is that its name?", "next": page})
    post = Post.objects.get()
    assert sent["Location"] == f"{page}#post-{post.pk}"
    assert "Is that its name?" in client.get(page).content.decode()
    assert "Is that its name?" in client.get(f"{page}talk/").content.decode()
    assert list(Notice.objects.values_list("person__name", "act")) == [("cora", "thread_opened")]
    refused = client.post(f"{page}talk/", {"title": "", "text": "Kept", "next": page})
    assert refused.status_code == 422
    assert "Kept" in refused.content.decode()
    client.force_login(cora)
    assert "Is that its name?" in client.get("/notices/").content.decode()


@pytest.mark.parametrize("address", ["/resources/nothing/talk/", "/talk/99/", f"/talk/{10**30}/", "/proposals/9/talk/"])
def test_talk_about_nothing_is_not_found(client: Client, entry: Resource, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address, {"title": "T", "text": "x"}).status_code == 404


def test_a_removed_entry_is_still_talked_about(client: Client, entry: Resource, cora: User) -> None:
    remove(entry, author=someone("mo", Role.MODERATOR), reason="Gone.")
    assert "This entry was removed" in client.get(TALK).content.decode()
    assert client.post(TALK, {"title": "Why?", "text": "I used it."}).status_code == 302


def test_resolved_threads_are_folded_and_reopened(client: Client, entry: Resource, cora: User) -> None:
    thread = open_thread(author=cora, title="Settle me", text="Well?", entry=entry).thread
    address = f"/talk/{thread.pk}/resolve/"
    assert client.get(address).status_code == 405
    for _twice in range(2):
        assert client.post(address, {"next": TALK})["Location"] == TALK
    thread.refresh_from_db()
    assert thread.resolved_by == cora
    page = client.get(TALK).content.decode()
    assert "<details><summary>" in page
    assert "Open the thread" in page
    assert "Cora Brook marked this as resolved" in client.get(f"/talk/{thread.pk}/").content.decode()
    client.post(f"/talk/{thread.pk}/reopen/")
    thread.refresh_from_db()
    assert thread.resolved_at is None


def test_others_do_not_resolve_but_editors_do(client: Client, entry: Resource, cora: User) -> None:
    thread = open_thread(author=cora, title="T", text="x", entry=entry).thread
    assert Client().post(f"/talk/{thread.pk}/resolve/")["Location"].startswith("/accounts/login/")
    client.force_login(someone("dan"))
    page = client.post(f"/talk/{thread.pk}/resolve/", follow=True).content.decode()
    assert "and so do editors and moderators" in page
    thread.refresh_from_db()
    assert thread.resolved_at is None
    client.force_login(someone("ed", Role.EDITOR))
    client.post(f"/talk/{thread.pk}/resolve/")
    thread.refresh_from_db()
    assert thread.resolved_at is not None


def test_who_is_named_hears_of_it_and_so_do_those_who_spoke_and_who_watch(entry: Resource, cora: User) -> None:
    ed, mo, wanda = someone("Ed.Marsh"), someone("mo"), someone("wanda")
    Watch.objects.create(person=wanda, entry_id=entry.pk)
    post = open_thread(author=cora, title="T", text="Ask @ed.marsh. `@mo` knows @nobody.", entry=entry)
    told = set(Notice.objects.values_list("person__name", "act"))
    assert told == {("Ed.Marsh", "mentioned"), ("wanda", "thread_opened")}
    assert '<a class="mention" href="/people/Ed.Marsh/">@ed.marsh</a>.' in post.html
    answer(post.thread, author=ed, text="Yes, @ed.marsh does. Thanks, @wanda")
    told = set(Notice.objects.filter(actor=ed).values_list("person__name", "act"))
    assert told == {("cora", "answered"), ("wanda", "mentioned")}
    answer(post.thread, author=mo, text="Me too.")
    assert set(Notice.objects.filter(actor=mo).values_list("person__name", "act")) == {
        ("cora", "answered"), ("Ed.Marsh", "answered"),
    }  # fmt: skip


def test_one_thread_has_pages_and_a_post_finds_its_own(client: Client, entry: Resource, cora: User) -> None:
    thread = open_thread(author=cora, title="Long", text="First", entry=entry).thread
    Post.objects.bulk_create(Post(thread=thread, author=cora, text=f"no {n}", html=f"no {n}") for n in range(70))
    last = Post.objects.latest("pk")
    assert f'id="post-{last.pk}"' in client.get(last.get_absolute_url()).content.decode()
    listed = client.get(TALK).content.decode()
    assert "51 more posts in this thread" in listed
    sent = client.post(thread.get_absolute_url(), {"text": "And I", "next": TALK})
    assert sent["Location"].startswith(thread.get_absolute_url())


def test_talk_costs_the_same_for_one_thread_and_for_many(client: Client, entry: Resource, cora: User) -> None:
    counts = []
    for number in (2, 60):
        for nr in range(number):
            post = open_thread(author=cora, title=f"{number} {nr}", text="x", entry=entry)
            answer(post.thread, author=someone("ed"), text="y")
        client.get(TALK)  # fills the frame's cache
        with CaptureQueriesContext(connection) as queries:
            assert client.get(TALK).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
    page = client.get(TALK).content.decode()
    assert page.count('class="thread"') == 50
    assert "page=2" in page
