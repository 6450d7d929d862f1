"""One post: edited, deleted, hidden, brought back; what it said before."""

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from resources.discussion.actions import answer, delete_post, edit_post, open_thread
from resources.discussion.models import Post
from resources.discussion.refusals import NotYours, StalePost, TalkRefused
from resources.history.models import Event
from resources.notices.models import Notice
from tests.discussion.cast import someone
from tests.makers import a_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora() -> User:
    return someone("cora", display_name="Cora Brook")


@pytest.fixture
def mo() -> User:
    return someone("mo", Role.MODERATOR)


@pytest.fixture
def post(cora: User) -> Post:
    return open_thread(author=cora, title="T", text="First words", entry=a_resource())


def test_edited_words_keep_the_earlier_ones(client: Client, cora: User, post: Post) -> None:
    client.force_login(cora)
    address = f"/talk/posts/{post.pk}/edit/"
    assert "First words" in client.get(address).content.decode()
    preview = client.post(address, {"text": "Second *words*", "seen": "0", "preview": "1"}).content.decode()
    assert "Second <em>words</em>" in preview
    assert client.post(address, {"text": "Second words", "seen": "0"})["Location"] == post.get_absolute_url()
    assert "edited" in client.get(post.get_absolute_url()).content.decode()
    earlier = Client().get(f"/talk/posts/{post.pk}/versions/").content.decode()
    assert "First words" in earlier
    assert "Second words" in earlier


def test_stale_edit_is_refused_and_its_words_come_back(client: Client, cora: User, post: Post) -> None:
    edit_post(post, author=cora, text="From the other window", seen=0)
    client.force_login(cora)
    sent = client.post(f"/talk/posts/{post.pk}/edit/", {"text": "From this window", "seen": "0"})
    assert sent.status_code == 422
    assert "edited in another window meanwhile" in sent.content.decode()
    assert "From this window" in sent.content.decode()
    with pytest.raises(StalePost):
        edit_post(post, author=cora, text="Again", seen=0)


def test_edit_twice_is_one_edit(cora: User, post: Post) -> None:
    for _press in range(2):
        edit_post(post, author=cora, text="Second", seen=0)
    assert post.versions.count() == 1


def test_an_edit_tells_only_those_it_names_anew(cora: User, post: Post) -> None:
    someone("ann")
    someone("bob")
    edit_post(post, author=cora, text="Ask @ann", seen=0)
    edit_post(post, author=cora, text="Ask @ann or @bob", seen=1)
    assert list(Notice.objects.filter(act="mentioned").order_by("pk").values_list("person__name", flat=True)) == [
        "ann",
        "bob",
    ]


@pytest.mark.parametrize("who", ["dan", "mo"])
def test_nobody_edits_what_another_said(client: Client, mo: User, post: Post, who: str) -> None:
    person = mo if who == "mo" else someone(who)
    client.force_login(person)
    address = f"/talk/posts/{post.pk}/edit/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"text": "Mine now", "seen": "0"}).status_code == 403
    with pytest.raises(NotYours):
        edit_post(post, author=person, text="Mine now", seen=0)


def test_strangers_are_asked_to_sign_in(client: Client, post: Post) -> None:
    assert client.get(f"/talk/posts/{post.pk}/edit/").status_code == 302
    kept = client.post(f"/talk/posts/{post.pk}/edit/", {"text": "Typed", "seen": "0"})
    assert kept.status_code == 403
    assert "Typed" in kept.content.decode()
    for act in ("delete", "restore"):
        answer = client.post(f"/talk/posts/{post.pk}/{act}/")
        assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("act", ["edit", "delete", "restore", "versions"])
def test_no_such_post(client: Client, mo: User, act: str) -> None:
    client.force_login(mo)
    method = client.post if act == "restore" else client.get
    assert method(f"/talk/posts/99/{act}/").status_code == 404


def test_own_post_is_deleted(client: Client, cora: User, post: Post) -> None:
    client.force_login(cora)
    address = f"/talk/posts/{post.pk}/delete/"
    assert "Delete this post?" in client.get(address).content.decode()
    for _twice in range(2):
        assert client.post(address)["Location"] == post.get_absolute_url()
    page = client.get(post.get_absolute_url()).content.decode()
    assert "Deleted by its author." in page
    assert "First words" not in page
    assert Client().get(f"/talk/posts/{post.pk}/versions/").status_code == 404
    assert not Event.objects.filter(act="post_removed").exists()


def test_moderator_hides_with_a_reason_and_brings_back(client: Client, mo: User, cora: User, post: Post) -> None:
    client.force_login(mo)
    address = f"/talk/posts/{post.pk}/delete/"
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "Say why you hide" in refused.content.decode()
    client.post(address, {"reason": "It insults people."})
    page = client.get(post.get_absolute_url()).content.decode()
    assert "What it said" in page  # a moderator can still look
    assert "First words" not in Client().get(post.get_absolute_url()).content.decode()
    event = Event.objects.get(act="post_removed")
    assert (event.actor, event.person, event.why) == (mo, cora, "It insults people.")
    notice = Notice.objects.get(person=cora)
    assert (notice.act, notice.words) == ("post_removed", "It insults people.")
    assert client.get(f"/talk/posts/{post.pk}/restore/").status_code == 405
    for _twice in range(2):
        client.post(f"/talk/posts/{post.pk}/restore/")
    assert "First words" in Client().get(post.get_absolute_url()).content.decode()
    assert Event.objects.filter(act="post_restored").count() == 1


def test_who_has_no_right_neither_hides_nor_restores(client: Client, post: Post, cora: User) -> None:
    dan = someone("dan", Role.EDITOR)
    client.force_login(dan)
    assert client.get(f"/talk/posts/{post.pk}/delete/").status_code == 403
    assert client.post(f"/talk/posts/{post.pk}/delete/", {"reason": "I want so"}).status_code == 403
    delete_post(post, actor=cora)
    assert client.post(f"/talk/posts/{post.pk}/restore/").status_code == 403
    with pytest.raises(TalkRefused):
        edit_post(Post.objects.get(pk=post.pk), author=cora, text="Back by an edit", seen=0)


def test_hidden_words_leave_the_notices_too(mo: User, cora: User) -> None:
    someone("ann")
    post = open_thread(author=cora, title="T", text="@ann, you insult", entry=a_resource())
    assert "insult" in Notice.objects.get(act="mentioned").words
    delete_post(post, actor=mo, reason="Abuse.")
    assert Notice.objects.get(act="mentioned").words == ""


def test_two_posts_on_one_page_share_no_ids(client: Client, cora: User, post: Post) -> None:
    text = '# Why\n\nBecause[^1]. See [above](#why).\n\n`id="c-why"`\n\n[^1]: It is.'
    posts = [answer(post.thread, author=person, text=text) for person in (cora, someone("ed"))]
    page = client.get(post.thread.get_absolute_url()).content.decode()
    ids = re.findall(r'<[^<>]* id="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))
    for one in posts:
        assert f'<h1 id="p{one.pk}-why">' in page
        assert f'href="#p{one.pk}-why"' in page
    assert set(re.findall(r'href="#(p[^"]*)"', page)) <= set(ids)
    assert page.count("c-why") == 2  # words that look like an id stay words


def test_who_is_named_again_and_again_by_edits_hears_it_once():
    cora, mo = someone("cora"), someone("mo")
    post = open_thread(author=cora, title="T", text="Hello.", entry=a_resource())
    for seen, text in enumerate(("@mo look.", "Nothing.", "@mo look again.")):
        edit_post(post, author=cora, text=text, seen=seen)
    assert Notice.objects.filter(person=mo, act="mentioned").count() == 1
