"""What the forms share by which lists are narrowed and sorted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms


class NarrowingForm(forms.Form):
    """The query of a list. An unknown value is an error that the page shows; the list is then not narrowed by it."""

    def offer(self, choices: Mapping[str, Sequence[tuple[str, Any]]]) -> None:
        """Sets what can be chosen, field by field."""
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what the class body says
            field.choices = list(options)

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """The filters in force, as (name, label, value in words), for the chips that take them away."""
        self.is_valid()
        chips = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value and name != "sort":
                # Choices of a model show themselves; those of words are pairs.
                plain = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
                words = dict(field.choices).get(value, value) if plain else value  # type: ignore[attr-defined]  # as said
                chips.append((name, str(field.label), str(words)))
        return chips
