"""What people choose about their notices."""

from django import forms

from resources.notices.models import MailRhythm


class RhythmForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in its stubs alone
    """How often mails come, and whether one watches what one writes. Saving is the view's."""

    class Meta:
        model = MailRhythm
        fields = ("rhythm", "watched", "watches_own")
