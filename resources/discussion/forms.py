"""What people type in talk. The words themselves are checked where they are rendered: in words.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

LIMIT = 200_000
"""Characters that a form takes at all; how long a post may be is said by words.py, which gives the text back."""


class AnswerForm(forms.Form):
    """One post."""

    text = forms.CharField(
        label=_("What you want to say"), max_length=LIMIT, strip=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class ThreadForm(AnswerForm):
    """The first post of a thread, with its subject."""

    title = forms.CharField(label=_("Subject"), max_length=200)
    field_order = ("title", "text")


class EditForm(AnswerForm):
    """Other words for a post; `seen` says how many versions there were when the form was opened."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DeleteForm(forms.Form):
    """Why a post is taken out of sight."""

    reason = forms.CharField(label=_("Why"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
