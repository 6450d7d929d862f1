"""Releases of Ray, and who tried a page with which of them."""

import re
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Entry

VERSION = r"[0-9]+\.[0-9]+\.[0-9]+"

LINE = 10**6
"""`order` divided by this is the number of a line, without the patch release."""


def order_of(version: str) -> int:
    """A version as a number: 2.9.0 comes before 2.10.0. Raises ValueError for what is none."""
    if not re.fullmatch(VERSION, version, re.ASCII):
        raise ValueError(version)
    first, second, third = (int(part) for part in version.split("."))
    if max(first, second, third) >= LINE:
        raise ValueError(version)
    return (first * LINE + second) * LINE + third


class RayReleaseQuerySet(models.QuerySet["RayRelease"]):
    """Releases in the field's words."""

    def newest(self) -> Self:
        """By their numbers, the highest first: a patch of an old line can be younger than the newest line."""
        return self.order_by("-order")


class RayRelease(models.Model):
    """A release of Ray. `order` sorts versions as numbers: 2.9.0 comes before 2.10.0."""

    version = models.CharField(
        _("version"), max_length=20, unique=True,
        validators=[RegexValidator(rf"^{VERSION}\Z", _("Write the version as 2.60.0."))],
    )  # fmt: skip
    released_on = models.DateField(_("released on"))
    order = models.BigIntegerField(editable=False, db_index=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="entered_releases"
    )
    entered_at = models.DateTimeField(editable=False, default=timezone.now)

    objects: ClassVar[Any] = RayReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release of Ray")
        verbose_name_plural = _("releases of Ray")
        ordering = ["-order"]

    def __str__(self) -> str:
        return self.version

    def clean_fields(self, exclude: Any = None) -> None:
        """Sets `order`, which follows from the version."""
        super().clean_fields(exclude)
        try:
            self.order = order_of(self.version)
        except ValueError:
            raise ValidationError({"version": _("Write the version as 2.60.0.")}) from None

    @property
    def line(self) -> str:
        """The version without its last number: releases of one line count as the same, 2.60.1 as 2.60.0."""
        return self.version.rpartition(".")[0]


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Verifications in the field's words."""

    def newest(self) -> Self:
        """The one that counts comes first."""
        return self.order_by("-at", "-pk")


class Verification(models.Model):
    """Somebody tried what an entry says with a release of Ray, at a revision of it, and found it right."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="verifications")
    revision_number = models.PositiveIntegerField()
    release = models.ForeignKey(RayRelease, on_delete=models.PROTECT, related_name="verifications")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verifications")
    note = models.CharField(_("what was tried"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        indexes = [models.Index(fields=["entry", "-at"], name="verification_newest")]

    def __str__(self) -> str:
        return f"{self.entry_id} with {self.release_id}"
