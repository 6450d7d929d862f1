"""Entries, their kinds, and where they sit."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItemBase

from resources.entries.fields import MarkdownField, RowsField, WordsField
from resources.entries.querysets import EntryQuerySet, ResourceQuerySet, SectionQuerySet
from resources.text.addresses import BadAddress, host_of
from resources.text.gfm_inlines import PREFIXES

POSITION_STEP = 1 << 20
"""How far apart new seats stand: twenty others fit between two neighbours before a section is numbered anew."""


class Tagging(TaggedItemBase):  # type: ignore[misc]  # taggit publishes no types
    """A tag on an entry."""

    content_object = models.ForeignKey("resources.Entry", on_delete=models.CASCADE, related_name="taggings")

    objects: ClassVar[models.Manager["Tagging"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint("content_object", "tag", name="tagging_once")]


class Entry(models.Model):  # type: ignore[django-manager-missing]  # taggit publishes no types
    """Anything with a page of its own. Its editable fields are content; the rest is kept by publish() alone.

    `key` names it for good, whatever it is called: "wikipage-" and the address that it was born with.
    """

    class Type(models.TextChoices):
        RESOURCE = "resource", _("Resource")
        SECTION = "section", _("Section")
        WIKIPAGE = "wikipage", _("Guide")
        CASESTUDY = "casestudy", _("Case study")
        COMPARISON = "comparison", _("Comparison")

    type = models.CharField(_("type"), max_length=20, choices=Type, editable=False)
    key = models.CharField(_("key"), max_length=160, unique=True, editable=False, default="")
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(
        _("address"), max_length=120, help_text=_("The last part of the page's address: lower-case, with hyphens.")
    )
    tags = TaggableManager(_("tags"), through=Tagging, blank=True, help_text="")
    html = models.TextField(editable=False, default="")
    words = models.PositiveIntegerField(editable=False, default=0)
    renderer = models.PositiveSmallIntegerField(editable=False, default=0)
    revision_number = models.PositiveIntegerField(editable=False, default=0)
    created_at = models.DateTimeField(editable=False, default=timezone.now)
    changed_at = models.DateTimeField(editable=False, default=timezone.now)
    removed_at = models.DateTimeField(editable=False, null=True, default=None)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint("type", "slug", name="entry_slug"),
            models.CheckConstraint(
                condition=Q(type__in=["resource", "section", "wikipage", "casestudy", "comparison"]),
                name="entry_type_known",
            ),
        ]
        indexes = [models.Index(fields=["-changed_at", "-id"], name="entry_changed")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{ADDRESSES[self.type]}{self.slug}/"

    @property
    def source_address(self) -> str:
        """Where its Markdown is."""
        return f"{self.get_absolute_url()[:-1]}.md"

    @property
    def live(self) -> bool:
        """Whether readers see it."""
        return self.removed_at is None

    @property
    def protection_level(self) -> str:
        """Who alone may change it now: "editors", "moderators", or "" for everybody as usual. One query, once."""
        found = getattr(self, "protection", None)
        return found.level if found and (found.until is None or found.until > timezone.now()) else ""

    @property
    def tag_names(self) -> list[str]:
        """The tags' names in order, from prefetched taggings where there are any."""
        return sorted(tagging.tag.name for tagging in self.taggings.all())


ADDRESSES: Mapping[str, str] = {
    Entry.Type.RESOURCE: PREFIXES["resource"],
    Entry.Type.SECTION: PREFIXES["section"],
    Entry.Type.WIKIPAGE: PREFIXES["guide"],
    Entry.Type.CASESTUDY: PREFIXES["case-study"],
    Entry.Type.COMPARISON: PREFIXES["comparison"],
}
"""Where the pages of each kind stand: what urls.py says too, asked for so often that the address map is too slow."""


class Resource(Entry):  # type: ignore[django-manager-missing]  # taggit publishes no types
    """A curated link."""

    class Kind(models.TextChoices):
        LIBRARY = "library", _("library")
        PROJECT = "project", _("project")
        TOOL = "tool", _("tool")
        INTEGRATION = "integration", _("integration")
        DOCUMENTATION = "documentation", _("documentation")
        TUTORIAL = "tutorial", _("tutorial")
        ARTICLE = "article", _("article")
        PAPER = "paper", _("paper")
        BOOK = "book", _("book")
        COURSE = "course", _("course")
        TALK = "talk", _("talk")
        VIDEO = "video", _("video")
        COMMUNITY = "community", _("community")
        DATASET = "dataset", _("dataset")

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        ARCHIVED = "archived", _("archived")
        GONE = "gone", _("gone")

    LIBRARIES = (
        ("core", "Ray Core"),
        ("data", "Ray Data"),
        ("train", "Ray Train"),
        ("tune", "Ray Tune"),
        ("serve", "Ray Serve"),
        ("rllib", "RLlib"),
        ("kuberay", "KubeRay"),
        ("cluster", "Ray Clusters"),
        ("dashboard", "Ray Dashboard"),
        ("air", "Ray AIR"),
    )

    url = models.URLField(_("link"), max_length=2000, help_text=_("Where the resource is found: http or https."))
    summary = models.TextField(_("summary"), blank=True, help_text=_("What it is for, in one sentence."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PROJECT, db_index=True)
    libraries = WordsField(_("Ray libraries"), words=LIBRARIES)
    language = models.CharField(_("programming language"), max_length=40, blank=True, db_index=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True, help_text=_("An SPDX name, as MIT."))
    authors = WordsField(_("authors"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE, db_index=True)
    address = models.CharField(max_length=2000, unique=True, editable=False)
    link = models.ForeignKey(
        "resources.Link", null=True, editable=False, on_delete=models.SET_NULL, related_name="resources"
    )

    objects: ClassVar[Any] = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["active", "archived", "gone"]), name="resource_state_known")
        ]

    @property
    def host(self) -> str:
        """The site that the link leads to; "" while what is typed there is no link yet."""
        try:
            return host_of(self.url)
        except BadAddress:
            return ""

    @property
    def library_names(self) -> list[tuple[str, str]]:
        """The Ray libraries it concerns, as (word, name)."""
        return [(word, name) for word, name in self.LIBRARIES if word in self.libraries]


class Section(Entry):  # type: ignore[django-manager-missing]  # taggit publishes no types
    """A README heading with its introduction; the root section is the list itself.

    `passages` is what stands between the seats, as records {key, position, depth, form, text}: form "prose" (blocks of
    Markdown), "item" (a list item that names no resource) or "contents" (the contents table is written here). In the
    root, passages with a position below zero stand above the heading.
    """

    heading = models.TextField(
        _("heading"), blank=True, help_text=_("Markdown, where the heading is more than its title: badges, a link.")
    )
    introduction = MarkdownField(_("introduction"), blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.BigIntegerField(_("position"), default=0)
    passages = RowsField(_("passages"))
    passages_html = models.JSONField(editable=False, default=dict)

    seat_count: int  # where with_counts() was asked

    objects: ClassVar[Any] = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class ContentRow(models.Model):
    """A row of an entry's content: the base of every table whose rows are edited with their entry.

    A subclass names `row_owner` (its ForeignKey to the entry), `row_key` (the field that tells its rows apart) and, where
    their order is theirs alone, `row_position` (the field that numbers them).
    """

    row_owner: ClassVar[str]
    row_key: ClassVar[str]
    row_position: ClassVar[str] = ""

    class Meta:
        abstract = True


class Placement(ContentRow):
    """A resource's seat in a section, and its own wording there where it differs from the resource's.

    lead: Markdown before the link; label: Markdown inside the link when it is more than the title, or another title;
    url: another spelling of the address; hint: the link's tooltip; summary: another summary.
    """

    row_owner = "resource"
    row_key = "section"

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="placements")
    section = models.ForeignKey(Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="placements")
    position = models.BigIntegerField(_("position"), default=0)
    depth = models.PositiveSmallIntegerField(_("depth"), default=0)
    lead = models.TextField(_("before the link"), blank=True)
    label = models.TextField(_("label"), blank=True)
    url = models.CharField(_("spelling of the link"), max_length=2000, blank=True)
    hint = models.TextField(_("tooltip"), blank=True)
    summary = models.TextField(_("summary here"), blank=True)
    html = models.TextField(editable=False, default="")

    class Meta:
        constraints = [models.UniqueConstraint("resource", "section", name="placement_once")]
        indexes = [models.Index(fields=["section", "position"], name="placement_order")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.resource_id} in {self.section_id}"


class Alias(models.Model):
    """An address that an entry once had: it answers with a redirect to the present one."""

    type = models.CharField(max_length=20, choices=Entry.Type)
    slug = models.SlugField(max_length=120)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint("type", "slug", name="alias_slug")]

    def __str__(self) -> str:
        return self.slug
