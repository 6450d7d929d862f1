"""What moderators and authors send about proposals. Forms read and check; they never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Entry
from resources.entries.narrowing_forms import NarrowingForm
from resources.proposals.models import Proposal

ANY = ("", _("Any"))
BATCH_AT_MOST = 200


class QueueFilter(NarrowingForm):
    """The query of /review/. What it does not know does not narrow the list."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=Proposal.State.choices)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *Entry.Type.choices])
    act = forms.ChoiceField(label=_("Asks for"), required=False, choices=[ANY, *Proposal.Act.choices])
    checks = forms.ChoiceField(label=_("Checks"), required=False, choices=[ANY, *Proposal.CheckState.choices])
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[ANY, *Proposal.Standing.choices])
    section = forms.ChoiceField(label=_("Section"), required=False)
    author = forms.CharField(label=_("Author"), required=False, max_length=60)
    batch = forms.CharField(label=_("Batch"), required=False, max_length=80)

    def __init__(self, data: Any, *, sections: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.offer({"section": [ANY, *((str(pk), title) for pk, title in sections)]})

    @property
    def wanted(self) -> dict[str, str]:
        """The filters in force, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SeenForm(forms.Form):
    """What a person saw when they decided: the proposal's version, and the live revision of its entry."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)
    note = forms.CharField(max_length=5_000, required=False, strip=True)


class BatchForm(forms.Form):
    """Proposals that were ticked in the queue, each as number:version:seen, and what to do with all of them.

    `whole` names a batch that is decided as it was sent, as far as it still waits.
    """

    act = forms.ChoiceField(choices=[("accept", ""), ("reject", "")])
    note = forms.CharField(max_length=5_000, required=False, strip=True)
    whole = forms.CharField(max_length=80, required=False)
    picked = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["picked"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # tells the type checker what the class says
        field.choices = [(word, word) for word in data.getlist("picked")[:BATCH_AT_MOST]]

    def clean_picked(self) -> list[tuple[int, int, int | None]]:
        """(number, version, seen) of each."""
        picked = []
        for word in self.cleaned_data["picked"]:
            parts = word.split(":")
            if len(parts) != 3 or not all(part.isdecimal() and len(part) < 10 for part in parts):
                raise forms.ValidationError(_("Tick the proposals again: this list is not readable."))
            number, version, seen = (int(part) for part in parts)
            picked.append((number, version, seen or None))
        return picked

    def clean(self) -> dict[str, Any]:
        """Something must be chosen."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("picked") and not given.get("whole"):
            raise forms.ValidationError(_("Tick at least one proposal first."))
        return given
