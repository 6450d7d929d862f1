"""What a talk page shows: threads with their posts, and what this reader may do to each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, IntegerField, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.discussion.models import Post, Thread
from resources.entries.models import Entry
from resources.permissions import may_hide, may_review, may_reword, may_settle, may_talk
from resources.proposals.models import Proposal

THREADS = 50
"""Threads of one page."""

FIRST_POSTS = 20
"""Posts of a thread on the page with all threads; the rest is on the thread's own."""

POSTS = 50
"""Posts of one page of a thread."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and what this reader may do to it."""

    post: Post
    may_reword: bool
    may_hide: bool
    may_restore: bool


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread with its posts (or the first of them), how many more there are, and what this reader may do."""

    thread: Thread
    posts: list[PostRow]
    more: int
    may_settle: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """The threads about one thing: a page of them, the open and the resolved ones, and where a new one is sent to."""

    url: str
    page: Page[Any]
    open: list[ThreadRow]
    resolved: list[ThreadRow]
    may_talk: bool


def talk_url(*, entry: Entry | None = None, proposal: Proposal | None = None) -> str:
    """The address of the talk about an entry or a proposal."""
    return reverse("proposal_talk", args=[proposal.pk]) if proposal else f"{entry and entry.get_absolute_url()}talk/"


def threads_of(
    *, viewer: Any, entry: Entry | None = None, proposal: Proposal | None = None, number: Any = None
) -> Talk:
    """The threads on an entry or a proposal, those that were spoken in last first, the resolved ones at the end."""
    settled = Case(When(resolved_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    about = {"proposal": proposal.pk} if proposal else {"entry": entry and entry.pk}
    threads = Thread.objects.filter(**about).select_related("author", "resolved_by").annotate(settled=settled)
    page = Paginator(threads.order_by("settled", "-spoken_at", "-pk"), THREADS).get_page(number)
    rows = _rows(list(page), viewer)
    return Talk(
        url=talk_url(entry=entry, proposal=proposal),
        page=page,
        open=[row for row in rows if row.thread.resolved_at is None],
        resolved=[row for row in rows if row.thread.resolved_at is not None],
        may_talk=may_talk(viewer),
    )


def _rows(threads: list[Thread], viewer: Any) -> list[ThreadRow]:
    keys = [thread.pk for thread in threads]
    place = Window(RowNumber(), partition_by="thread", order_by=[F("created_at").asc(), F("pk").asc()])
    first = Post.objects.filter(thread__in=keys).annotate(place=place).filter(place__lte=FIRST_POSTS)
    counts = dict(Post.objects.filter(thread__in=keys).values_list("thread").annotate(Count("pk")).order_by())
    posts: defaultdict[int, list[Post]] = defaultdict(list)
    for post in _shown(first).order_by("created_at", "pk"):
        posts[post.thread_id].append(post)
    return [_row(thread, posts[thread.pk], counts.get(thread.pk, 0), viewer) for thread in threads]


def _row(thread: Thread, posts: Iterable[Post], count: int, viewer: Any) -> ThreadRow:
    rows = [post_row(post, viewer) for post in posts]
    return ThreadRow(thread, rows, count - len(rows), may_settle(viewer, thread.author_id))


def post_row(post: Post, viewer: Any) -> PostRow:
    """A post as this reader sees it."""
    gone = post.removed_at is not None
    return PostRow(
        post,
        may_reword=not gone and may_reword(viewer, post.author_id),
        may_hide=not gone and may_hide(viewer, post.author_id),
        may_restore=gone and may_review(viewer),
    )


def one_thread(thread: Thread, *, viewer: Any, number: Any = None, post: str = "") -> tuple[Page[Post], ThreadRow]:
    """A page of one thread: the one asked for, or the one with post number `post`."""
    posts = _shown(thread.posts).order_by("created_at", "pk")
    if post.isdecimal() and (wanted := thread.posts.filter(pk=min(int(post), 2**63 - 1)).first()):
        before = thread.posts.filter(created_at__lt=wanted.created_at).count()
        before += thread.posts.filter(created_at=wanted.created_at, pk__lt=wanted.pk).count()
        number = before // POSTS + 1
    page = Paginator(posts, POSTS).get_page(number)
    return page, _row(thread, list(page), len(page), viewer)


def _shown(posts: Any) -> Any:
    """Posts with who wrote and who hid them, and whether there are earlier words."""
    return posts.select_related("author", "removed_by").defer("text")


def thread_or_404(pk: int) -> Thread:
    """A thread with what it is about."""
    found = Thread.objects.select_related("entry", "proposal", "author", "resolved_by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such thread."))
    return found


def post_or_404(pk: int) -> Post:
    """A post with its thread and what that is about."""
    found = Post.objects.select_related("thread__entry", "thread__proposal", "author").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such post."))
    return found


def proposal_or_404(pk: int) -> Proposal:
    """A proposal to talk about."""
    found: Proposal | None = Proposal.objects.select_related("entry", "author").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such proposal."))
    return found
