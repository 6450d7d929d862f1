"""What is asked of who judges a link."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.links.acting import LONGEST_REASON

SPANS = (("7", _("for a week")), ("30", _("for a month")), ("90", _("for three months")), ("365", _("for a year")))


class IgnoreForm(forms.Form):
    """Why a link's trouble does not count, and for how long."""

    reason = forms.CharField(
        label=_("Why does it not count?"),
        max_length=LONGEST_REASON,
        help_text=_("Readers see it, as “They move their site until October”."),
    )
    days = forms.TypedChoiceField(label=_("How long"), choices=SPANS, initial="30", coerce=int)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if "days" in given:
            given["until"] = timezone.now() + timedelta(days=given["days"])
        return given
