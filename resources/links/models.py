"""Where entries lead: to one another, and to addresses outside that are tested."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.entries.health import QUIET_AFTER, Health, health_of
from resources.entries.models import Entry


class MentionQuerySet(models.QuerySet["Mention"]):
    """Mentions in the field's words."""

    def live(self) -> Self:
        """Those on pages that readers see."""
        return self.filter(source__removed_at__isnull=True)

    def wanted(self) -> Self:
        """Those of something that is not there, never written or removed, on pages that readers see."""
        missing = Q(target=None) | Q(target__removed_at__isnull=False)
        return self.live().filter(missing, source__wikipage__redirect=None)


class Mention(models.Model):
    """A link from one entry to another, also to one that nobody has written yet. Kept by publish().

    `type` and `name` are what it is looked up by (entries/naming.py), `title` is how it was written.
    """

    source = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="mentions")
    type = models.CharField(max_length=20, choices=Entry.Type)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    target = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="mentioned_by")

    objects: ClassVar[Any] = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint("source", "type", "name", name="mention_once")]
        indexes = [models.Index(fields=["type", "name"], name="mention_name")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.type}:{self.name}"


class LinkQuerySet(models.QuerySet["Link"]):
    """Links in the field's words."""

    def in_use(self) -> Self:
        """Those that stand in live content."""
        return self.filter(unused_since=None)

    def due(self, at: datetime) -> Self:
        """Those to be tested by that time, the longest waiting first."""
        return self.in_use().filter(due_at__lte=at).order_by("due_at", "pk")

    def counted(self) -> Self:
        """Those in use whose trouble counts: nobody ignores them for now."""
        return self.in_use().filter(Q(ignored_until=None) | Q(ignored_until__lte=timezone.now()))

    def broken(self) -> Self:
        """Those that readers are told to be broken."""
        return self.counted().filter(state="broken")


class Host(models.Model):
    """A site whose addresses are tested. Whoever tests one of them holds the host until `held_until`: so its pace stays
    exact however many test side by side.

    `name` is as in the links' keys: without www., with the port where it is none of http's own. `at_once` and `a_second` are
    a pace of its own; empty, the usual one holds. The rest is what visits learnt (fetching/visits.py: HostMemory).
    """

    name = models.CharField(max_length=260, unique=True)
    at_once = models.PositiveSmallIntegerField(_("requests at once"), null=True, blank=True)
    a_second = models.FloatField(_("requests a second"), null=True, blank=True)
    crawl_delay = models.FloatField(null=True, editable=False)
    robots_at = models.DateTimeField(null=True, editable=False)
    rests_until = models.DateTimeField(null=True, editable=False)
    nonsense = models.CharField(max_length=200, blank=True, editable=False)
    nonsense_at = models.DateTimeField(null=True, editable=False)
    held_by = models.CharField(max_length=120, blank=True, editable=False)
    held_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")

    def __str__(self) -> str:
        return self.name


class Project(models.Model):
    """A repository or package that links lead to or into: how alive it is, by whose word, and when that was said.

    `key` is as in the links' keys: "github.com/ray-project/ray". `told_at` is None until a source has said something.
    """

    key = models.CharField(max_length=300, unique=True)
    source = models.CharField(max_length=60, blank=True)
    told_at = models.DateTimeField(null=True)
    archived = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    renamed_to = models.CharField(max_length=300, blank=True)
    last_commit = models.DateTimeField(null=True)
    last_release = models.DateTimeField(null=True)
    release_name = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return self.key

    @property
    def last_sign(self) -> datetime | None:
        """The last release or commit, whichever is later."""
        return max((one for one in (self.last_commit, self.last_release) if one), default=None)

    @property
    def quiet(self) -> bool:
        """Whether nothing was heard of it for QUIET_AFTER."""
        return self.last_sign is not None and self.last_sign < timezone.now() - QUIET_AFTER


class Link(models.Model):
    """An address that live content mentions, one for all spellings of it (`key`, as text/addresses.py normalises it).

    `address` is the spelling that is opened. `state` is what readers are told; what the last visit said is the newest Check.
    `failures` counts bad visits in a row since `failing_since`. `fingerprint` is that of the page that was accepted.
    A link with `unused_since` stands in no live content any more: it is not tested, and goes after a while.
    """

    class State(models.TextChoices):
        UNTESTED = "untested", _("not tested yet")
        OK = "ok", _("works")
        MOVED = "moved", _("moved")
        FAILING = "failing", _("failed, tested again soon")
        BROKEN = "broken", _("broken")
        BLOCKED = "blocked", _("cannot be tested")
        SKIPPED = "skipped", _("not tested")

    key = models.CharField(max_length=2000, unique=True)
    address = models.CharField(max_length=2000)
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="links")
    state = models.CharField(max_length=10, choices=State, default=State.UNTESTED)
    cause = models.CharField(max_length=20, blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    final = models.CharField(max_length=2000, blank=True)
    note = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField(max_length=200, blank=True)
    likeness = models.FloatField(null=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now)
    ignored_until = models.DateTimeField(null=True)
    ignored_reason = models.CharField(max_length=300, blank=True)
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="ignored_links"
    )
    project = models.ForeignKey(Project, null=True, on_delete=models.SET_NULL, related_name="links")
    created_at = models.DateTimeField(default=timezone.now)
    unused_since = models.DateTimeField(null=True)

    objects: ClassVar[Any] = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["untested", "ok", "moved", "failing", "broken", "blocked", "skipped"]),
                name="link_state_known",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(unused_since=None), name="link_due"),
            models.Index(fields=["host", "due_at"], name="link_of_host_due"),
            models.Index(fields=["state", "-checked_at"], name="link_state"),
        ]

    def __str__(self) -> str:
        return self.address

    places: "list[Use]"  # where filters.for_rows() was asked

    def get_absolute_url(self) -> str:
        return f"/links/{self.pk}/"

    @property
    def entries(self) -> "list[Entry]":
        """Where it stands, each entry once: some use it in several fields. For links of filters.for_rows()."""
        return list({use.entry_id: use.entry for use in self.places}.values())

    @property
    def health(self) -> Health:
        """What readers are told, in one word."""
        return health_of(self)

    @property
    def ignored(self) -> bool:
        """Whether somebody said, with a reason, that what the visits find does not count for now."""
        return self.ignored_until is not None and self.ignored_until > timezone.now()


class Use(models.Model):
    """Where a link stands: an entry, the field of its content, and the spelling there. Kept by publish()."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="uses")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="link_uses")
    field = models.CharField(max_length=40)
    written = models.CharField(max_length=2000)

    class Meta:
        constraints = [models.UniqueConstraint("link", "entry", "field", name="use_once")]

    def __str__(self) -> str:
        return f"{self.written} in {self.field} of {self.entry_id}"


class Check(models.Model):
    """Visits to a link that all told the same, in a row: from `first_at` to `last_at`, `times` of them.

    `verdict` and `cause` are words of fetching/visits.py; `seconds` is how long the last one took, `hops` are its redirects:
    [{"status": 301, "address": "https://…"}, …].
    """

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="checks")
    verdict = models.CharField(max_length=10)
    cause = models.CharField(max_length=20)
    status = models.PositiveSmallIntegerField(default=0)
    final = models.CharField(max_length=2000, blank=True)
    note = models.CharField(max_length=300, blank=True)
    hops = models.JSONField(default=list)
    seconds = models.FloatField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        indexes = [models.Index(fields=["link", "-last_at"], name="check_of_link")]
        ordering = ["-last_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verdict} ({self.cause}) × {self.times}"


class Tally(models.Model):
    """How many links in use stood in which state at the end of a day: {"ok": 610, "broken": 3, …}."""

    day = models.DateField(unique=True)
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.day}"
