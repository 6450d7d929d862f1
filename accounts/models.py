"""People."""

from functools import lru_cache
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the name and the e-mail are unique whatever their case."""

    def create_user(self, name: str, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in to it."""
        user = self.model(name=name, email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, name: str, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator."""
        return self.create_user(name, email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this name, whatever its case."""
        return self.get(name__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. One who leaves is marked inactive: what they wrote keeps its author."""

    name = models.CharField(
        _("name"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[\w][\w.-]*\Z", _("Use letters, digits, dots, hyphens and underscores."))],
        help_text=_("What you sign in with, and the last part of your page's address."),
    )
    display_name = models.CharField(_("display name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    bio = models.TextField(_("about you"), max_length=500, blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    blocked_until = models.DateTimeField(_("blocked until"), null=True, blank=True, editable=False)
    blocked_reason = models.TextField(_("reason of the block"), blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="user_name_any_case"),
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(
                condition=Q(blocked_until=None, blocked_reason="")
                | (Q(blocked_until__isnull=False) & ~Q(blocked_reason="")),
                name="user_block_has_reason",
            ),
        ]
        permissions = [
            ("propose", _("may propose changes, talk and report")),
            ("publish", _("may publish at once")),
            ("review", _("may decide proposals and reports, protect and block")),
            ("administer", _("may give roles and change the site's lists")),
        ]

    def __str__(self) -> str:
        return self.display_name or self.name

    def get_absolute_url(self) -> str:
        return address_of(self.name)

    @property
    def is_credited_only(self) -> bool:
        """Whether nobody ever signed up: the house itself, or the author of an imported commit."""
        return not self.is_active and not self.has_usable_password()

    @property
    def is_blocked(self) -> bool:
        """Whether a moderator's block holds now."""
        return self.blocked_until is not None and self.blocked_until > timezone.now()

    @property
    def initials(self) -> str:
        """One or two letters for the avatar."""
        parts = str(self).split()
        return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


@lru_cache(maxsize=10_000)
def address_of(name: str) -> str:
    """A person's page: pages name many people, and the address map is slow."""
    return reverse("person", args=[name])


class Token(models.Model):
    """What a person's program shows in place of a password. Only its hash is kept."""

    class Scope(models.TextChoices):
        """What a token may be used for. It never allows more than its owner's role does."""

        READ = "read", _("read what you can read")
        PROPOSE = "propose", _("propose changes")
        PUBLISH = "publish", _("publish changes")
        MODERATE = "moderate", _("decide proposals and reports")

    owner = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("owner"))
    name = models.CharField(_("name"), max_length=60)
    prefix = models.CharField(_("beginning"), max_length=12)
    hash = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("ends"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="token_ends_after_it_is_made"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def works(self) -> bool:
        """Whether it is neither revoked nor past its end."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def scope_labels(self) -> list[str]:
        """What it may be used for, in words."""
        return [str(self.Scope(scope).label) for scope in self.scopes if scope in self.Scope.values]


class CacheEntry(models.Model):
    """The table of Django's database cache, where attempts are counted for all processes together."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rayhub_cache"

    def __str__(self) -> str:
        return self.cache_key
