"""What an import did or would do, in lines for people and data for programs."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

TITLES = {
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "moved": gettext_lazy("moved"),
    "removed": gettext_lazy("removed"),
    "prose": gettext_lazy("kept as prose or repaired"),
    "at_odds": gettext_lazy("at odds with the site, whose words were kept"),
    "kept_removed": gettext_lazy("in the file, but removed from the site: not brought back"),
    "kept": gettext_lazy("on the site, but not in the file: kept"),
}


@dataclass(slots=True)
class Report:
    """The lines of an import by what they tell; `revisions` is how many were written, `proposals` how many made in `batch`."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    at_odds: list[str] = field(default_factory=list)
    kept_removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    revisions: int = 0
    commits: int = 0
    proposals: int = 0
    batch: str = ""

    @property
    def nothing_changed(self) -> bool:
        """Whether the site and its review queue are as they were."""
        return self.revisions == 0 and self.proposals == 0

    def add(self, other: "Report") -> None:
        """Puts the lines of another import, of a later commit, behind these."""
        for name in TITLES:
            getattr(self, name).extend(getattr(other, name))
        self.revisions += other.revisions
        self.commits += 1

    def as_data(self) -> dict[str, Any]:
        """For --json."""
        lists: dict[str, Any] = {name: getattr(self, name) for name in TITLES}
        counts = {"revisions": self.revisions, "commits": self.commits, "proposals": self.proposals}
        return lists | counts | {"batch": self.batch, "nothing_changed": self.nothing_changed}

    def lines(self, *, dry_run: bool) -> list[str]:
        """For a terminal: counts, then every line under its title."""
        text = []
        for name, title in TITLES.items():
            items = getattr(self, name)
            if items:
                text.append(f"{len(items)} {title}:")
                text += [f"  {item}" for item in items]
        if self.batch and self.nothing_changed:
            return [*text, _("Nothing to propose: the site says all of it already, or was asked to before.")]
        if self.batch:
            asked = ngettext("%d proposal", "%d proposals", self.proposals) % self.proposals
            said = _("%(asked)s would be made.") if dry_run else _("%(asked)s made: /review/?batch=%(batch)s")
            return [*text, said % {"asked": asked, "batch": self.batch}]
        if self.nothing_changed:
            return [*text, _("Nothing to change: the site says all of it already.")]
        written = ngettext("%d revision", "%d revisions", self.revisions) % self.revisions
        return [*text, _("%s would be written.") % written if dry_run else _("%s written.") % written]
