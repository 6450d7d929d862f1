"""What administrators enter of a webhook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.fetching.guard import Refused, check
from resources.links.manners import manners
from resources.text.cleaning import clean_source
from resources.webhooks.models import Happening


class WebhookForm(forms.Form):
    """Where messages go, and about what."""

    name = forms.CharField(label=_("What is it for?"), max_length=60, help_text=_("For instance: the team's chat."))
    address = forms.CharField(
        label=_("Address"), max_length=2000, help_text=_("Where messages are sent by POST: http or https.")
    )
    happenings = forms.MultipleChoiceField(
        label=_("It is told when"),
        choices=[choice for choice in Happening.choices if choice[0] != Happening.TEST],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_name(self) -> str:
        """One line of text that is seen."""
        return " ".join(clean_source(self.cleaned_data["name"]).split())

    def clean_address(self) -> str:
        """An address that may be opened, as far as its spelling tells."""
        address: str = self.cleaned_data["address"]
        try:
            check(address, manners())
        except Refused as error:
            raise forms.ValidationError(
                _("This address cannot be used: %(why)s. Write one of the public internet."), params={"why": error}
            ) from error
        return address
