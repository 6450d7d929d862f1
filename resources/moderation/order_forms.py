"""What people type to keep order: take back, clean up, block, protect, report. Forms check, and never save."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from resources.moderation.blocking import FOR_GOOD
from resources.moderation.models import Protection, Report

LASTING = (
    ("1", _("a day")),
    ("3", _("three days")),
    ("7", _("a week")),
    ("30", _("a month")),
    ("365", _("a year")),
    ("", _("until somebody lifts it")),
)
"""Days, for people. Nothing: without an end."""


def _reason(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=2000, widget=area, help_text=hint)


def until(days: str) -> datetime | None:
    """The moment after so many days; None for a choice without an end."""
    return timezone.now() + timedelta(days=int(days)) if days else None


class TakeBackForm(forms.Form):
    """Why a change is taken back; `live` is the revision that its page was reckoned from."""

    live = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = _reason(_("Why"), required=False, hint=_("It stands in the history of the page."))


class SinceForm(forms.Form):
    """From which moment on."""

    since = forms.DateTimeField(
        label=_("Everything since (UTC)"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class CleanUpForm(forms.Form):
    """What happens in the act besides taking edits back; `digest` names the plan that was seen."""

    since = forms.DateTimeField(widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = _reason(
        _("Why"), hint=_("It stands in the history of every page, in the log, and in what the person reads.")
    )
    proposals = forms.BooleanField(label=_("Reject their open proposals too"), required=False)
    posts = forms.BooleanField(label=_("Hide their posts too"), required=False)
    block = forms.ChoiceField(
        label=_("Block the person"),
        required=False,
        choices=(("no", _("no")), *LASTING[:-1], ("for_good", LASTING[-1][1])),
        initial="no",
    )

    def block_until(self) -> datetime | None:
        """Until when the person is blocked in the same act; None for not at all."""
        choice = self.cleaned_data["block"]
        if choice == "for_good":
            return FOR_GOOD
        return until(choice) if choice.isdecimal() else None


class BlockForm(forms.Form):
    """How long, and why."""

    lasting = forms.ChoiceField(label=_("How long"), choices=LASTING, initial="3", required=False)
    reason = _reason(_("Why"), hint=_("The person reads it, and so do moderators."))

    def until(self) -> datetime:
        """The end of the block."""
        return until(self.cleaned_data["lasting"]) or FOR_GOOD


class ProtectForm(forms.Form):
    """Who may change an entry, how long, and why."""

    level = forms.ChoiceField(label=_("Who may change it"), choices=Protection.Level.choices, widget=forms.RadioSelect)
    lasting = forms.ChoiceField(label=_("How long"), choices=LASTING, initial="7", required=False)
    reason = _reason(_("Why"), hint=_("Everybody who wants to edit reads it."))

    def until(self) -> datetime | None:
        """The end of the protection, if it has one."""
        return until(self.cleaned_data["lasting"])


class ReportForm(forms.Form):
    """What is not right."""

    reason = forms.ChoiceField(label=_("What is it?"), choices=Report.Reason.choices, widget=forms.RadioSelect)
    words = _reason(_("What is not right?"), required=False, hint=_("Only moderators read this."))


class DecideForm(forms.Form):
    """What becomes of the reports of one thing."""

    report = forms.TypedMultipleChoiceField(coerce=int)
    verdict = forms.ChoiceField(choices=(("uphold", ""), ("dismiss", "")))
    note = forms.CharField(required=False, max_length=2000)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        asked = [value for value in data.getlist("report") if value.isdecimal() and len(value) < 18]
        self.fields["report"].choices = [(value, value) for value in asked]  # type: ignore[attr-defined]  # of a choice field


class LogForm(forms.Form):
    """Which lines of the log."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=60)
    act = forms.ChoiceField(label=_("Did what"), required=False)
    entry = forms.CharField(label=_("Entry's address"), required=False, max_length=300)
    person = forms.CharField(label=_("About whom"), required=False, max_length=60)
    start = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, acts: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["act"].choices = [("", _("Anything")), *acts]  # type: ignore[attr-defined]  # of a choice field


class TrustForm(forms.Form):
    """What is done about a person's trust."""

    act = forms.ChoiceField(choices=[(word, "") for word in ("appeal", "answer", "lock", "unlock", "role")])
    words = _reason(_("Why"), required=False)
    role = forms.ChoiceField(choices=Role.choices, required=False)

    def clean(self) -> dict[str, Any]:
        """A role is needed where one is given."""
        given = super().clean() or {}
        if given.get("act") == "role" and not given.get("role"):
            raise forms.ValidationError(_("Choose a role."))
        return given
