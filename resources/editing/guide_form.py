"""The form of a guide."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from resources.editing.entry_form import EntryForm
from resources.editing.fields import Line
from resources.editing.page_templates import PAGE_TEMPLATES
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.naming import Name, Names, title_name

FEW = 200
"""Up to so many guides the form offers all titles at once; of more, its script asks for those that fit."""

DEEPEST = 100

HIGHEST = 32_767
"""The most that the column of orders holds."""


class WikiPageForm(EntryForm):
    """A guide, and the one that it stands under, named by its title or address. ?template= begins a new one."""

    model, text_name = WikiPage, "body"

    parent = Line(label=_("guide above"), required=False, max_length=300)

    def __init__(self, data: Mapping[str, Any] | None, **given: Any) -> None:
        super().__init__(data, **given)
        field = self.fields["parent"]
        field.help_text = _("The title of the guide that this one stands under; leave it empty for none.")
        field.widget.attrs |= {"list": "guides-above", "data-suggest-titles": "guide", "autocomplete": "off"}
        self.fields["rank"].required = False
        self.fields["rank"].help_text = _(
            "Among the guides beside it: lower numbers come first. Leave it empty for the last place."
        )
        self.above = WikiPage.objects.filter(pk=self.content["parent"]).first() if self.content["parent"] else None
        self.initial["parent"] = self.above.title if self.above else ""
        if data is None and not self.entry:
            self.template = str(self.asked.get("template", ""))
            chosen = PAGE_TEMPLATES.get(self.template)
            self.initial["body"] = str(chosen.text) if chosen else ""
            self.initial["rank"] = None
            self.initial["parent"] = str(self.asked.get("parent", ""))[:300]

    @property
    def titles(self) -> list[str]:
        """The titles of all guides, where there are few."""
        found = list(WikiPage.objects.pages().order_by("title").values_list("title", flat=True)[: FEW + 1])
        return found if len(found) <= FEW else []

    @property
    def beginnings(self) -> Any:
        """What a new guide can begin with."""
        return PAGE_TEMPLATES.items() if not self.entry and not self.is_bound else ()

    def clean(self) -> dict[str, Any]:
        """A guide without an order stands after those beside it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("rank") is None and "rank" not in self.errors and "rank" in self.fields:
            cleaned["rank"] = self._last(cleaned.get("parent"))
        return cleaned

    def _last(self, parent: int | None) -> int:
        """The order behind all guides with the same one above."""
        beside = WikiPage.objects.pages().filter(parent=parent)
        beside = beside.exclude(pk=self.entry.pk) if self.entry else beside
        highest = beside.aggregate(highest=Max("rank"))["highest"] or 0
        return min(highest + 10, HIGHEST)

    def clean_parent(self) -> int | None:
        """The key of the guide above."""
        words = self.cleaned_data["parent"]
        if not words:
            return None
        if self.above is not None and words == self.above.title:
            return self.above.pk
        found = Names().entry(Name(Entry.Type.WIKIPAGE, title_name(words.strip("/").rpartition("/")[2])))
        if found is None:
            raise forms.ValidationError(
                _("There is no guide called “%(title)s”. Choose one of those that are offered, or leave it empty."),
                params={"title": words},
            )
        self._check_above(found.pk)
        return found.pk

    def _check_above(self, pk: int) -> None:
        """A guide stands under no guide that stands under itself, and under none that only leads on."""
        above: int | None = pk
        for _turn in range(DEEPEST):
            if above is None:
                break
            if self.entry is not None and above == self.entry.pk:
                raise forms.ValidationError(_("A guide cannot stand under itself, or under one that stands under it."))
            above = WikiPage.objects.filter(pk=above).values_list("parent", flat=True).first()
        leading = WikiPage.objects.filter(pk=pk, redirect__isnull=False).select_related("redirect").first()
        if leading is not None:
            raise forms.ValidationError(
                _("“%(title)s” only leads on to “%(other)s”. Choose that one."),
                params={"title": leading.title, "other": leading.redirect},
            )
