"""What people send about repairs. Forms read and check; they never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.repairs.models import Repair

AT_MOST = 50
"""Repairs that are accepted by one form."""


class RepairFilter(forms.Form):
    """The query of /links/repairs/. What it does not know does not narrow the list."""

    cause = forms.ChoiceField(label=_("Cause"), required=False, choices=Repair.Cause)
    state = forms.ChoiceField(label=_("State"), required=False, choices=Repair.State)

    @property
    def wanted(self) -> dict[str, str]:
        """The filters in force, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class NumbersField(forms.MultipleChoiceField):
    """Keys that were ticked, or that a page showed."""

    def valid_value(self, value: str) -> bool:
        return value.isdecimal() and len(value) < 16

    def clean(self, value: Any) -> list[int]:
        return [int(one) for one in super().clean(value)]


class AcceptForm(forms.Form):
    """The pages that a repair changes; the others of `shown` are taken out of it."""

    page = NumbersField(error_messages={"required": _("Tick at least one page, or reject the repair and say why.")})
    note = forms.CharField(max_length=5_000, required=False, strip=True)


class RejectForm(forms.Form):
    """Why a repair is none."""

    reason = forms.CharField(
        max_length=5_000,
        strip=True,
        error_messages={"required": _("Say why in a sentence: the repair is not proposed again because of it.")},
    )


class ManyForm(forms.Form):
    """Repairs of a list: those that were ticked, or all that it showed."""

    picked = NumbersField(required=False)
    shown = NumbersField(required=False)
    all = forms.BooleanField(required=False)

    @property
    def wanted(self) -> list[int]:
        """The keys of the repairs to accept, AT_MOST of them."""
        numbers: list[int] = self.cleaned_data["shown" if self.cleaned_data["all"] else "picked"]
        return numbers[:AT_MOST]
