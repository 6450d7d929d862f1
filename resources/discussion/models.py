"""Talk: threads on entries and proposals, and the posts in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Entry
from resources.proposals.models import Proposal


class Thread(models.Model):
    """A subject under discussion, on an entry or on a proposal. One that is settled is resolved, and shown folded."""

    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="threads")
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.CASCADE, related_name="threads")
    title = models.CharField(_("subject"), max_length=200)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="threads")
    created_at = models.DateTimeField(default=timezone.now)
    spoken_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entry=None, proposal__isnull=False) | Q(entry__isnull=False, proposal=None),
                name="thread_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="thread_resolved_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["entry", "-spoken_at"], name="thread_of_entry")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("thread", args=[self.pk])


class Post(models.Model):
    """What one person said in a thread. A deleted one keeps its place, and its words are gone from sight."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    text = models.TextField(_("text"))
    html = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["thread", "created_at"], name="post_in_thread")]

    def __str__(self) -> str:
        return f"{self.author_id} in {self.thread_id}"

    def get_absolute_url(self) -> str:
        """The page of the thread that has this post, wherever in the thread it stands."""
        return f"{reverse('thread', args=[self.thread_id])}?post={self.pk}#post-{self.pk}"


class PostVersion(models.Model):
    """What a post said before it was edited."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.post_id} until {self.created_at}"
