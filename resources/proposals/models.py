"""What asks to go live. Stands below publish(), which tells every open proposal when its ground moves."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Entry
from resources.history.models import Revision

AS_ONE = "repair-"
"""What the names of batches begin with that are decided as one, on a page of their own (repairs/)."""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals in the field's words."""

    def waiting(self) -> Self:
        """What a moderator can decide now."""
        return self.filter(state=Proposal.State.OPEN)

    def one_by_one(self) -> Self:
        """Those that are decided each for itself."""
        return self.exclude(batch__startswith=AS_ONE)

    def as_items(self) -> int:
        """How many decisions these ask for: a batch that is decided as one counts once."""
        together = Q(batch__startswith=AS_ONE)
        counted = self.aggregate(
            alone=Count("pk", filter=~together), batches=Count("batch", filter=together, distinct=True)
        )
        return int(counted["alone"] + counted["batches"])

    def unfinished(self) -> Self:
        """What is neither decided nor withdrawn."""
        return self.filter(state__in=[Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED])

    def longest_waiting(self) -> Self:
        """The one that waits longest first."""
        return self.order_by("waiting_since", "pk")

    def for_rows(self) -> Self:
        """With the entry and the people that a list row shows, without the contents."""
        return self.select_related("entry", "author", "claimed_by").defer("content", "entry__html")


class Proposal(models.Model):
    """Content asking to go live, by its author, from revision `base` of `entry`; both are None for a new entry.

    `act` says what is asked. `standing` is how it stands to what is live now, tested at revision `tested_at`. `version`
    grows when the author amends: a decision names the version that was seen. `checks` is a list of {name, state, words,
    repair}, as moderation/checks.py gives them.
    """

    class Act(models.TextChoices):
        CREATE = "create", _("a new entry")
        EDIT = "edit", _("an edit")
        REMOVE = "remove", _("a removal")

    class State(models.TextChoices):
        OPEN = "open", _("under review")
        CHANGES_REQUESTED = "changes_requested", _("changes asked for")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Standing(models.TextChoices):
        APPLIES = "applies", _("still applies")
        MERGES = "merges", _("merged with newer edits")
        NEEDS_YOU = "needs_you", _("needs its author")

    class CheckState(models.TextChoices):
        PASSED = "passed", _("checks passed")
        WARNED = "warned", _("checks have a doubt")
        FAILED = "failed", _("a check failed")

    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="proposals")
    type = models.CharField(max_length=20, choices=Entry.Type)
    act = models.CharField(max_length=10, choices=Act)
    title = models.CharField(max_length=300)
    content = models.JSONField()
    base = models.PositiveIntegerField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals")
    summary = models.TextField(blank=True)
    significance = models.CharField(max_length=10, choices=Revision.Significance, default=Revision.Significance.CONTENT)
    batch = models.CharField(max_length=80, blank=True, db_index=True)
    seconds = models.PositiveIntegerField(null=True)  # from the opening of the form to its sending, where known
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.APPLIES)
    tested_at = models.PositiveIntegerField(default=0)
    checks = models.JSONField(default=list)
    check_state = models.CharField(max_length=10, choices=CheckState, default=CheckState.PASSED)
    created_at = models.DateTimeField(default=timezone.now)
    waiting_since = models.DateTimeField(default=timezone.now)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    revision = models.OneToOneField(Revision, null=True, on_delete=models.PROTECT, related_name="proposal")

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(act__in=["create", "edit", "remove"]), name="proposal_act_known"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "changes_requested", "accepted", "rejected", "withdrawn"]),
                name="proposal_state_known",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["applies", "merges", "needs_you"]), name="proposal_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(check_state__in=["passed", "warned", "failed"]), name="proposal_check_state_known"
            ),
            models.CheckConstraint(
                condition=Q(act="create", base=None)
                | (Q(act__in=["edit", "remove"]) & Q(base__isnull=False, entry__isnull=False)),
                name="proposal_base_of_an_edit",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("author")), name="proposal_decided_by_another"),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "rejected"], decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=["accepted", "rejected"]) & Q(decided_by=None, decided_at=None)),
                name="proposal_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", revision__isnull=False) | (~Q(state="accepted") & Q(revision=None)),
                name="proposal_accepted_is_live",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "changes_requested"], note=""), name="proposal_refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
                name="proposal_claim_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "waiting_since"], name="proposal_queue"),
            models.Index(fields=["entry", "state"], name="proposal_of_entry"),
            models.Index(fields=["author", "-created_at"], name="proposal_of_author"),
            models.Index(fields=["decided_by", "-decided_at"], name="proposal_decider"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.pk])

    @property
    def is_claimed(self) -> bool:
        """Whether a moderator looks at it now."""
        return self.claimed_until is not None and self.claimed_until > timezone.now()


class ProposalVersion(models.Model):
    """What a proposal said at one of its versions: who decides sees what was amended since they last looked."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    base = models.PositiveIntegerField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("proposal", "number", name="proposal_version")]

    def __str__(self) -> str:
        return f"{self.proposal_id}:{self.number}"
