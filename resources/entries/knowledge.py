"""The kinds of entry that are written rather than linked: guides, case studies with their claims, comparisons."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resources.entries.fields import MarkdownField, RowsField, WordsField
from resources.entries.models import ContentRow, Entry, Resource
from resources.entries.querysets import EntryQuerySet
from resources.text.addresses import host_of, is_web_address

QUOTE_WORDS = 25
"""Words that a quotation may have."""


READING_PACE = 220
"""Words that people read in a minute."""


def minutes_for(words: int) -> int:
    """How long it takes to read so many words, 1 at least."""
    return max(1, round(words / READING_PACE))


class WikiPageQuerySet(EntryQuerySet["WikiPage"]):
    """Guides in the field's words."""

    def pages(self) -> "WikiPageQuerySet":
        """Live guides that say something themselves, and do not only lead on to another."""
        return self.live().filter(redirect=None)

    def leaning_on(self, pk: int | None) -> "WikiPageQuerySet":
        """Live guides that stand under a guide, or lead on to it."""
        return self.live().filter(Q(parent=pk) | Q(redirect=pk)) if pk else self.none()

    def in_order(self) -> "WikiPageQuerySet":
        """As they stand beside one another."""
        return self.order_by("rank", "name", "pk")


class WikiPage(Entry):  # type: ignore[django-manager-missing]  # taggit publishes no types
    """A guide. With `redirect` its address leads on to another guide, and its history stays where it is.

    `name` is what a mention of its title is looked up by; `headings` are its parts, as records {level, text, anchor};
    `embeds` says whether its HTML has places that a list of entries goes into when it is shown.
    """

    summary = models.TextField(_("summary"), blank=True, help_text=_("What the reader gets, in one sentence."))
    body = MarkdownField(_("text"), blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("guide above"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    rank = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Among the guides beside it: lower numbers come first.")
    )
    redirect = models.ForeignKey(
        "self", verbose_name=_("leads on to"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="redirected_from",
    )  # fmt: skip
    name = models.CharField(max_length=120, editable=False, default="", db_index=True)
    headings = models.JSONField(editable=False, default=list)
    embeds = models.BooleanField(editable=False, default=False)

    objects: ClassVar[Any] = WikiPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        indexes = [models.Index(fields=["parent", "rank", "name"], name="wikipage_order")]

    @property
    def minutes(self) -> int:
        """How long it takes to read, 1 at least."""
        return minutes_for(self.words)


class CaseStudy(Entry):  # type: ignore[django-manager-missing]  # taggit publishes no types
    """Who uses Ray, for what, at which scale, and what is claimed for it."""

    class Industry(models.TextChoices):
        TECHNOLOGY = "technology", _("technology")
        TRANSPORT = "transport", _("transport")
        FINANCE = "finance", _("finance")
        MEDIA = "media", _("media")
        RETAIL = "retail", _("retail")
        SOCIAL = "social", _("social networks")
        GAMES = "games", _("games")
        SOFTWARE = "software", _("software")
        RESEARCH = "research", _("research")
        INDUSTRY = "industry", _("manufacturing and energy")
        HEALTH = "health", _("health")
        OTHER = "other", _("other")

    organisation = models.CharField(_("organisation"), max_length=120, db_index=True)
    industry = models.CharField(_("industry"), max_length=20, choices=Industry, default=Industry.OTHER, db_index=True)
    use_case = models.CharField(_("use case"), max_length=300, help_text=_("What they do with Ray, in one line."))
    libraries = WordsField(_("Ray libraries"), words=Resource.LIBRARIES)
    scale = models.CharField(
        _("scale"), max_length=300, blank=True, help_text=_("How much of it there is: machines, data, requests.")
    )
    benefit = models.CharField(
        _("key benefit"),
        max_length=300,
        blank=True,
        help_text=_("What they gain, in one line; figures go to the claims."),
    )
    since = models.PositiveSmallIntegerField(_("uses Ray since"), null=True, blank=True, help_text=_("A year."))
    body = MarkdownField(_("text"), blank=True)
    headings = models.JSONField(editable=False, default=list)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    @property
    def library_names(self) -> list[tuple[str, str]]:
        """The Ray libraries as (word, name)."""
        names = dict(Resource.LIBRARIES)
        return [(word, names.get(word, word)) for word in self.libraries]


class Claim(ContentRow):
    """A statement that needs evidence. Who set its state, and when, is kept by publish(): nobody types it."""

    class State(models.TextChoices):
        UNVERIFIED = "unverified", _("unverified")
        VERIFIED = "verified", _("verified")
        DISPUTED = "disputed", _("disputed")

    row_owner = "case_study"
    row_key = "key"
    row_position = "position"
    doubt = ""  # what was said when it was disputed, where a view looked it up

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="claims")
    key = models.SlugField(_("key"), max_length=60)
    position = models.BigIntegerField(_("position"), default=0)
    statement = models.TextField(_("statement"))
    figure = models.CharField(_("figure"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=2000, blank=True)
    published = models.CharField(_("published on"), max_length=10, blank=True)
    quote = models.TextField(_("quotation"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UNVERIFIED)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="checked_claims"
    )
    checked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint("case_study", "key", name="claim_once"),
            models.CheckConstraint(
                condition=Q(state__in=["unverified", "verified", "disputed"]), name="claim_state_known"
            ),
        ]
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.statement

    @property
    def anchor(self) -> str:
        """Its id on the page of its case study."""
        return f"claim-{self.key}"

    @property
    def host(self) -> str:
        """The site that its source is on; "" where there is no link that can be opened."""
        return host_of(self.source) if self.source and is_web_address(self.source) else ""


class Comparison(Entry):  # type: ignore[django-manager-missing]  # taggit publishes no types
    """Subjects × criteria. A cell's key is "<subject's key>/<criterion's key>"; its text and note are Markdown of one line.

    A cell whose subject or criterion somebody took away meanwhile stays in the content, unseen, and is back when that
    comes back.
    `cells_html` maps a cell's key to {"text": HTML, "note": HTML}.
    """

    class Verdict(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("unknown")

    summary = models.TextField(_("summary"), blank=True, help_text=_("What is compared, in one sentence."))
    body = MarkdownField(_("text"), blank=True)
    subjects = RowsField(
        _("subjects"),
        row_position="position",
        columns={"position": (_("position"), 0), "name": (_("name"), ""), "resource": (_("resource"), None)},
        pointers={"resource": Entry.Type.RESOURCE},
    )
    criteria = RowsField(
        _("criteria"),
        row_position="position",
        columns={"position": (_("position"), 0), "name": (_("name"), ""), "help": (_("what is asked"), "")},
    )
    cells = RowsField(
        _("cells"),
        columns={
            "text": (_("text"), ""),
            "verdict": (_("verdict"), ""),
            "note": (_("note"), ""),
            "source": (_("source"), ""),
        },
    )
    headings = models.JSONField(editable=False, default=list)
    cells_html = models.JSONField(editable=False, default=dict)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")

    @property
    def minutes(self) -> int:
        """How long its text and its cells take to read, 1 at least."""
        words = self.words + sum(len(row.get("text", "").split()) for row in self.cells)
        return max(1, round(words / READING_PACE))
