"""The forms of case studies and comparisons."""

from collections.abc import Mapping
from typing import Any

from resources.editing.claim_rows import Claims
from resources.editing.comparison_cells import Cells
from resources.editing.comparison_rows import Criteria, Subjects
from resources.editing.entry_form import EntryForm
from resources.entries.knowledge import CaseStudy, Comparison
from resources.entries.models import Resource

MOST_OFFERED = 500
"""Names that a field offers while one types."""


class CaseStudyForm(EntryForm):
    """A case study with its claims."""

    model, text_name, row_classes = CaseStudy, "body", {"claims": Claims}

    def __init__(self, data: Mapping[str, Any] | None, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["organisation"].widget.attrs |= {"list": "organisations", "autocomplete": "off"}
        known = CaseStudy.objects.live().order_by("organisation").values_list("organisation", flat=True)
        self.organisations = known.distinct()[:MOST_OFFERED]


class ComparisonForm(EntryForm):
    """A comparison: its subjects, its criteria and the cells between them.

    Asked for one `cell` or one `criterion`, it shows these cells alone; all else stays as the edit found it.
    """

    model, text_name, row_classes = Comparison, "body", {"subjects": Subjects, "criteria": Criteria}

    def __init__(self, data: Mapping[str, Any] | None, **given: Any) -> None:
        super().__init__(data, **given)
        subjects, criteria = self.row_sets["subjects"], self.row_sets["criteria"]
        assert isinstance(subjects, Subjects)  # noqa: S101  # as row_classes says
        assert isinstance(criteria, Criteria)  # noqa: S101  # as row_classes says
        self.cell, self.criterion = str(self.asked.get("cell", "")), str(self.asked.get("criterion", ""))
        self.only = self._only(
            [one.known_key for one in subjects.standing], [one.known_key for one in criteria.standing]
        )
        if self.only:
            self.fields.clear()
        elif subjects.focus is not None or criteria.focus is not None:
            self.fields["title"].widget.attrs["autofocus"] = False
        self.cells = Cells(
            data,
            self.content,
            (subjects.standing, criteria.standing),
            (subjects.dropped, criteria.dropped),
            self.only,
        )
        self.row_sets["cells"] = self.cells

    def _only(self, subjects: list[str], criteria: list[str]) -> list[str]:
        """The keys of the cells that were asked for, where they are in the table."""
        subject, _slash, criterion = self.cell.partition("/")
        if subject in subjects and criterion in criteria:
            return [self.cell]
        if self.criterion in criteria:
            return [f"{one}/{self.criterion}" for one in subjects]
        return []

    @property
    def resources(self) -> Any:
        """Titles of resources to choose from."""
        return Resource.objects.live().order_by("title").values_list("title", flat=True)[:1000]
