"""What is typed about releases and verifications. Forms check, and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.verifying.models import VERSION, RayRelease

REASONS = (
    ("", _("Any")),
    ("outdated", _("tried with an older line")),
    ("changed", _("changed since")),
    ("never", _("never tried")),
)


class ReleaseForm(forms.Form):
    """A release of Ray that came out."""

    version = forms.RegexField(
        rf"^{VERSION}\Z", label=_("Version"), max_length=20, help_text=_("As in 2.60.0."),
        error_messages={"invalid": _("Write the version as 2.60.0.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal", "size": 10}),
    )  # fmt: skip
    released_on = forms.DateField(
        label=_("Released on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class VerifyForm(forms.Form):
    """With which release the page was tried; `revision` is what it said then."""

    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    release = forms.ModelChoiceField(
        RayRelease.objects.none(), label=_("Release of Ray"), to_field_name="version", empty_label=None
    )
    note = forms.CharField(
        label=_("What you tried"), required=False, max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("For instance: all samples, on KubeRay 1.6 with Python 3.12."),
    )  # fmt: skip

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        field = self.fields["release"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what the class says
        field.queryset = RayRelease.objects.newest()


class LookAgainFilter(forms.Form):
    """The query of the list. What it does not know does not narrow it."""

    state = forms.ChoiceField(label=_("Why"), required=False, choices=REASONS)
    release = forms.ModelChoiceField(
        RayRelease.objects.none(), label=_("Last tried with"), to_field_name="version", required=False,
        empty_label=_("Any"),
    )  # fmt: skip
    mine = forms.BooleanField(label=_("Only what I verified or wrote"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["release"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what the class says
        field.queryset = RayRelease.objects.newest()

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters in force, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
