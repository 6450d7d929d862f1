"""Django's administration, for administrators: to look at everything, and to act through the same doors as everybody.

What has a door is read-only here: a change in a form of the administration would leave no revision and no line in the log.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from resources.entries.models import Entry
from resources.history.models import Event, Revision
from resources.links.models import Host, Link, Project
from resources.moderation.blocking import block, unblock
from resources.moderation.deciding import accept, reject
from resources.moderation.models import BannedWord, Protection, Report, Trust
from resources.moderation.protecting import protect, unprotect
from resources.moderation.reporting import dismiss, uphold
from resources.moderation.trust import set_role
from resources.permissions import may_administer
from resources.proposals.models import Proposal
from resources.publishing import PublishRefused, remove
from resources.text.render_limits import TextTooComplex, TextTooLarge


class ReasonForm(ActionForm):
    """An act with its reason, its role and its days."""

    reason = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=2000)


class RoleForm(ReasonForm):
    """An act on people."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False, choices=[("", "—"), *Role.choices])
    days = forms.IntegerField(label=gettext_lazy("Days"), required=False, min_value=1, max_value=3650)


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # has no parameters at run time
    """Rows to look at; acts go through doors."""

    action_form = ReasonForm
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def each(self, request: HttpRequest, rows: Iterable[Any], act: Callable[[Any], object]) -> None:
        """Does an act with each row; one that is refused says so and stops no other."""
        done = 0
        for row in rows:
            try:
                act(row)
            except (PublishRefused, TextTooComplex, TextTooLarge) as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.ERROR)
            else:
                done += 1
        self.message_user(request, _("Done with %(number)s.") % {"number": done}, messages.SUCCESS)


def by(request: HttpRequest) -> User:
    """The administrator."""
    assert isinstance(request.user, User)  # noqa: S101  # the administration lets nobody else in
    return request.user


def why(request: HttpRequest) -> str:
    """The reason that stands beside the button."""
    return request.POST.get("reason", "").strip()


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ("title", "type", "slug", "revision_number", "changed_at", "removed_at")
    list_filter = ("type",)
    search_fields = ("title", "slug")
    actions = ("protect_selected", "unprotect_selected", "remove_selected")
    ordering = ("-changed_at",)

    @admin.action(description=gettext_lazy("Protect for a week: editors only (say why)"))
    def protect_selected(self, request: HttpRequest, rows: QuerySet[Entry]) -> None:
        until = timezone.now() + timedelta(days=7)
        self.each(
            request,
            rows,
            lambda entry: protect(entry, level="editors", reason=why(request), until=until, by=by(request)),
        )

    @admin.action(description=gettext_lazy("Lift the protection"))
    def unprotect_selected(self, request: HttpRequest, rows: QuerySet[Entry]) -> None:
        self.each(request, rows, lambda entry: unprotect(entry, by=by(request)))

    @admin.action(description=gettext_lazy("Remove (say why)"))
    def remove_selected(self, request: HttpRequest, rows: QuerySet[Entry]) -> None:
        if not why(request):
            self.message_user(request, _("Say why: it stands in the history."), messages.ERROR)
            return
        self.each(request, rows, lambda entry: remove(entry, author=by(request), reason=why(request)))


@admin.register(Proposal)
class ProposalAdmin(ReadOnly):
    list_display = ("title", "act", "state", "standing", "check_state", "author", "waiting_since", "decided_by")
    list_filter = ("state", "standing", "check_state", "type")
    list_select_related = ("author", "decided_by")
    search_fields = ("title", "author__name")
    actions = ("accept_selected", "reject_selected")
    ordering = ("waiting_since",)

    @admin.action(description=gettext_lazy("Accept as it was sent"))
    def accept_selected(self, request: HttpRequest, rows: QuerySet[Proposal]) -> None:
        """A list does not show what an amendment says: one that was amended is decided on its own page."""
        self.each(
            request,
            rows,
            lambda one: accept(one, moderator=by(request), version=1, note=why(request)),
        )

    @admin.action(description=gettext_lazy("Reject (say why)"))
    def reject_selected(self, request: HttpRequest, rows: QuerySet[Proposal]) -> None:
        self.each(
            request,
            rows,
            lambda one: reject(one, moderator=by(request), version=one.version, reason=why(request)),
        )


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ("entry", "number", "act", "author", "accepted_by", "created_at")
    list_filter = ("act",)
    list_select_related = ("entry", "author", "accepted_by")
    search_fields = ("entry__title", "author__name", "summary")
    ordering = ("-created_at", "-pk")


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ("happened_at", "actor", "act", "entry", "person", "why")
    list_select_related = ("actor", "entry", "person")
    search_fields = ("act", "actor__name", "person__name", "entry__title")
    ordering = ("-happened_at", "-pk")


@admin.register(Report)
class ReportAdmin(ReadOnly):
    list_display = ("created_at", "reason", "state", "reporter", "weight", "entry", "person", "decided_by")
    list_filter = ("state", "reason")
    list_select_related = ("reporter", "entry", "person", "decided_by")
    actions = ("uphold_selected", "dismiss_selected")
    ordering = ("-created_at",)

    @admin.action(description=gettext_lazy("Uphold"))
    def uphold_selected(self, request: HttpRequest, rows: QuerySet[Report]) -> None:
        self.each(request, rows, lambda one: uphold([one], by=by(request), note=why(request)))

    @admin.action(description=gettext_lazy("Dismiss"))
    def dismiss_selected(self, request: HttpRequest, rows: QuerySet[Report]) -> None:
        self.each(request, rows, lambda one: dismiss([one], by=by(request), note=why(request)))


@admin.register(Protection)
class ProtectionAdmin(ReadOnly):
    list_display = ("entry", "level", "until", "by", "reason")
    list_select_related = ("entry", "by")


@admin.register(Trust)
class TrustAdmin(ReadOnly):
    list_display = ("person", "locked", "promoted_at", "falls_at", "appealed_at")
    list_select_related = ("person",)
    search_fields = ("person__name",)


@admin.register(BannedWord)
class BannedWordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # has no parameters at run time
    list_display = ("word", "why")
    search_fields = ("word",)


@admin.register(Host)
class HostAdmin(ReadOnly):
    """Sites that are visited: a pace of their own is the one thing about them that people decide."""

    list_display = ("name", "at_once", "a_second", "crawl_delay", "rests_until", "held_by", "held_until")
    search_fields = ("name",)
    fields = ("name", "at_once", "a_second", "crawl_delay", "rests_until", "held_by", "held_until")
    readonly_fields = ("name", "crawl_delay", "rests_until", "held_by", "held_until")
    ordering = ("name",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_administer(request.user)

    def save_model(self, request: HttpRequest, obj: Host, form: Any, change: bool) -> None:  # Django's
        """Only the pace: a visit may be changing the rest at this moment."""
        obj.save(update_fields=["at_once", "a_second"])


@admin.register(Link)
class LinkAdmin(ReadOnly):
    list_display = ("address", "state", "cause", "status", "checked_at", "due_at", "ignored_until", "unused_since")
    list_filter = ("state", "cause")
    list_select_related = ("host",)
    search_fields = ("address", "host__name")
    ordering = ("due_at",)


@admin.register(Project)
class ProjectAdmin(ReadOnly):
    list_display = ("key", "source", "told_at", "archived", "last_release", "last_commit", "due_at")
    list_filter = ("archived", "source")
    search_fields = ("key",)
    ordering = ("due_at",)


@admin.register(User)
class PersonAdmin(ReadOnly):
    """People. Here and not with accounts, since the doors that act on them stand above those."""

    action_form = RoleForm
    list_display = ("name", "display_name", "email", "joined_at", "is_active", "is_staff", "blocked_until")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("name", "display_name", "email")
    exclude = ("password", "user_permissions")
    actions = ("block_selected", "unblock_selected", "give_role_to_selected")
    ordering = ("-joined_at",)

    @admin.action(description=gettext_lazy("Block (say why, and for how many days)"))
    def block_selected(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        days = request.POST.get("days", "")
        until = timezone.now() + timedelta(days=int(days) if days.isdecimal() and len(days) < 5 else 3)
        self.each(request, rows, lambda person: block(person, until=until, reason=why(request), by=by(request)))

    @admin.action(description=gettext_lazy("Lift the block"))
    def unblock_selected(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self.each(request, rows, lambda person: unblock(person, by=by(request)))

    @admin.action(description=gettext_lazy("Give the role (say why)"))
    def give_role_to_selected(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        role = request.POST.get("role", "")
        if role not in Role.values:
            self.message_user(request, _("Choose a role beside the button."), messages.ERROR)
            return
        self.each(request, rows, lambda person: set_role(person, role, by=by(request), reason=why(request)))
