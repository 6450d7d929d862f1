"""What people do in talk: each act is one door."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from resources.discussion.models import Post, PostVersion, Thread
from resources.discussion.refusals import NotYours, StalePost, TalkRefused
from resources.discussion.words import Said, say
from resources.entries.models import Entry
from resources.history.limits import keep_pace
from resources.history.models import Event
from resources.notices.telling import tell
from resources.notices.watching import watchers_of
from resources.permissions import may_hide, may_review, may_reword, may_settle, may_talk
from resources.proposals.models import Proposal
from resources.text.cleaning import clean_source

TWICE = timedelta(minutes=1)
"""The same words from the same person within this time are a button that was pressed twice."""

EXCERPT = 300


def open_thread(
    *, author: User, title: str, text: str, entry: Entry | None = None, proposal: Proposal | None = None
) -> Post:
    """Begins a thread on an entry or a proposal; returns its first post. Raises TalkRefused or TooFast."""
    said = _sayable(author, text)
    title = clean_source(title).strip()[:200]
    place = {"entry": entry and Entry.objects.get(pk=entry.pk), "proposal": proposal}
    with transaction.atomic():
        again = Post.objects.filter(thread__title=title, **{f"thread__{name}": on for name, on in place.items()})
        if twin := _twin(again, author, said):
            return twin
        thread = Thread.objects.create(author=author, title=title, **place)
        post = _post(thread, author, said)
        hearers = [proposal.author] if proposal else watchers_of(entry.pk if entry else 0)
        _tell_all(post, said, hearers, "thread_opened")
    return post


def answer(thread: Thread, *, author: User, text: str) -> Post:
    """Says something in a thread. Raises TalkRefused or TooFast."""
    said = _sayable(author, text)
    with transaction.atomic():
        if twin := _twin(thread.posts, author, said):
            return twin
        post = _post(thread, author, said)
        thread.spoken_at = post.created_at
        thread.save(update_fields=["spoken_at"])
        hearers = User.objects.filter(posts__thread=thread, posts__removed_at=None).distinct()
        _tell_all(post, said, [thread.author, *hearers], "answered")
    return post


def edit_post(post: Post, *, author: User, text: str, seen: int) -> Post:
    """Puts other words in place of one's own; what was said before is kept. `seen`: how many versions were before.

    Raises TalkRefused, and StalePost when the post was edited since.
    """
    if not may_reword(author, post.author_id) or post.removed_at is not None:
        raise NotYours(_("You can edit what you said yourself, as long as it is not deleted."))
    said = _sayable(author, text)
    with transaction.atomic():
        held = Post.objects.select_for_update().get(pk=post.pk)
        if held.text == said.text:
            return held
        if held.versions.count() != seen:
            raise StalePost(_("This post was edited in another window meanwhile. Compare both, and save again."))
        PostVersion.objects.create(post=held, text=held.text, created_at=held.edited_at or held.created_at)
        # Who was told of this post once is not told again, however often it is edited.
        told = set(held.notices.filter(act="mentioned").values_list("person", flat=True))
        told |= {person.pk for person in say(held.text).people}
        held.text, held.html, held.edited_at = said.text, said.html, timezone.now()
        held.save(update_fields=["text", "html", "edited_at"])
        _tell([one for one in said.people if one.pk not in told], "mentioned", held, said)
    return held


def delete_post(post: Post, *, actor: User, reason: str = "") -> None:
    """Takes the words out of sight; a moderator who hides another's says why. Twice is as good as once."""
    if not may_hide(actor, post.author_id):
        raise NotYours(_("You can delete what you said yourself; a moderator can hide the rest."))
    reason = clean_source(reason).strip()
    if actor.pk != post.author_id and not reason:
        raise TalkRefused(_("Say why you hide what somebody else said: they are told."))
    with transaction.atomic():
        held = Post.objects.select_for_update().get(pk=post.pk)
        if held.removed_at is not None:
            return
        held.removed_at, held.removed_by = timezone.now(), actor
        held.save(update_fields=["removed_at", "removed_by"])
        held.notices.update(words="")
        if actor.pk != post.author_id:
            _record("post_removed", post, actor, reason)
            tell([post.author], "post_removed", actor=actor, words=reason, **_about(post))


def restore_post(post: Post, *, moderator: User) -> None:
    """Brings hidden words back."""
    if not may_review(moderator):
        raise NotYours(_("Only moderators bring hidden posts back."))
    with transaction.atomic():
        held = Post.objects.select_for_update().get(pk=post.pk)
        if held.removed_at is None:
            return
        held.removed_at = held.removed_by = None
        held.save(update_fields=["removed_at", "removed_by"])
        _record("post_restored", post, moderator, "")
        tell([post.author], "post_restored", actor=moderator, **_about(post))


def resolve(thread: Thread, *, actor: User) -> None:
    """Marks a thread as settled: it is folded from now on. One that is resolved already stays as it is."""
    _check_settle(thread, actor)
    Thread.objects.filter(pk=thread.pk, resolved_at=None).update(resolved_at=timezone.now(), resolved_by=actor)


def reopen(thread: Thread, *, actor: User) -> None:
    """Takes the mark away again."""
    _check_settle(thread, actor)
    Thread.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by=None)


def _check_settle(thread: Thread, actor: User) -> None:
    if not may_settle(actor, thread.author_id):
        raise NotYours(_("Whoever began a thread resolves and reopens it, and so do editors and moderators."))


def _sayable(author: User, text: str) -> Said:
    """The words, rendered, if this person may say them now."""
    if not may_talk(author):
        blocked = author.is_authenticated and author.is_blocked
        raise NotYours(
            _("You are blocked for now, so you cannot post. Your page says why, and until when.")
            if blocked
            else _("You cannot post yet. Confirm your e-mail address first, or ask a moderator.")
        )
    said = say(text)
    if not said.text.strip():
        raise TalkRefused(_("Write something first."))
    return said


def _post(thread: Thread, author: User, said: Said) -> Post:
    """A new post. Raises TooFast."""
    keep_pace(author, "post", done=author.posts, moment="created_at")
    return Post.objects.create(thread=thread, author=author, text=said.text, html=said.html)


def _twin(posts: Any, author: User, said: Said) -> Post | None:
    """The post that the same press of the button made a moment ago."""
    since = timezone.now() - TWICE
    found: Post | None = posts.filter(author=author, text=said.text, created_at__gte=since, removed_at=None).first()
    return found


def _about(post: Post) -> dict[str, Any]:
    thread = post.thread
    return {"entry": thread.entry, "proposal": thread.proposal, "post": post}


def _tell_all(post: Post, said: Said, hearers: Any, act: str) -> None:
    """Who is named hears that; the others hear of the words once."""
    _tell(said.people, "mentioned", post, said)
    named = {person.pk for person in said.people}
    _tell([person for person in hearers if person.pk not in named], act, post, said)


def _tell(people: Any, act: str, post: Post, said: Said) -> None:
    tell(people, act, actor=post.author, words=Truncator(said.plain).chars(EXCERPT), **_about(post))


def _record(act: str, post: Post, actor: User, why: str) -> None:
    """One line of the log about a post."""
    thread = post.thread
    Event.objects.create(
        actor=actor,
        act=act,
        entry=thread.entry or (thread.proposal.entry if thread.proposal else None),
        proposal=thread.proposal,
        person=post.author,
        why=why,
        details={"post": post.pk, "thread": thread.pk},
    )
