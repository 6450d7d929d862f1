"""What opened links say of a proposal: as results of checks, with the repair that one click accepts."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.entries.models import Resource
from resources.fetching.visits import Cause, Verdict, Visit
from resources.links.models import Project
from resources.links.projects import project_key
from resources.links.wording import CAUSES
from resources.moderation.doubles import likeness_of_titles
from resources.moderation.examined import FAILED, PASSED, WARNED, Examined, Result
from resources.text.addresses import normalise, without_trackers

BY_LINKS = frozenset({"link_status", "link_title", "link_project", "links_inside"})
"""The checks that wait for their links to be opened."""

FAR = 0.25
"""Titles that are less alike are another page's, unless one holds the other."""

NAMED = 3
"""Links that a sentence names."""


def results_of(of: Examined, told: Mapping[str, Visit]) -> list[Result]:
    """What these visits say of a proposal."""
    found = (_own(of, told), _title(of, told), _project(of), _inside(of, told))
    return [result for result in found if result is not None]


def _own(of: Examined, told: Mapping[str, Visit]) -> Result | None:
    """Whether the resource's own link answers, and where it leads."""
    if of.own_link not in told:
        return None
    visit = told[of.own_link]
    said = _sentence(visit)
    if visit.verdict is Verdict.MOVED and visit.final:
        repair = {"url": without_trackers(visit.final)}
        return Result("link_status", WARNED, said, repair)
    if visit.verdict is Verdict.BROKEN:
        return Result("link_status", FAILED, said)
    if visit.verdict in {Verdict.BLOCKED, Verdict.SKIPPED}:
        return Result("link_status", WARNED, _("%(said)s A person has to look.") % {"said": said})
    if visit.cause in {Cause.FRAGMENT_MISSING, Cause.DRIFTED}:
        return Result("link_status", WARNED, said)
    if visit.final:
        return Result(
            "link_status", PASSED, _("It answers, and leads on to %(address)s for now.") % {"address": visit.final}
        )
    return Result("link_status", PASSED, said)


def _sentence(visit: Visit) -> str:
    """What a visit found, in a sentence."""
    said = str(CAUSES[visit.cause][1])
    note = visit.note.strip().rstrip(".")
    return f"{said} ({note})" if note else said


def _title(of: Examined, told: Mapping[str, Visit]) -> Result | None:
    """Whether the page behind the link is called as the proposal calls it."""
    visit = told.get(of.own_link)
    if visit is None or visit.verdict not in {Verdict.OK, Verdict.MOVED} or not visit.title:
        return None
    title, page = of.content["title"], visit.title
    if (
        title.casefold() in page.casefold()
        or page.casefold() in title.casefold()
        or likeness_of_titles(title, page) >= FAR
    ):
        return Result("link_title", PASSED, _("The page is called “%(title)s”.") % {"title": page[:200]})
    words = _("The page is called “%(title)s”, which is far from the title here. Is it the right one?")
    return Result("link_title", WARNED, words % {"title": page[:200]})


def _project(of: Examined) -> Result | None:
    """Whether the repository behind the link is archived, where its forge was asked before."""
    if not of.own_link:
        return None
    project = Project.objects.filter(key=project_key(normalise(of.own_link)), told_at__isnull=False).first()
    if project is None:
        return None
    if not project.archived:
        return Result("link_project", PASSED, _("%(source)s does not call it archived.") % {"source": project.source})
    if of.content["state"] == Resource.State.ARCHIVED:
        return Result("link_project", PASSED, _("It is archived, as it says here."))
    said = _("%(source)s says that its owner archived it. Say so here.") % {"source": project.source}
    return Result("link_project", WARNED, said, {"state": Resource.State.ARCHIVED})


def _inside(of: Examined, told: Mapping[str, Visit]) -> Result | None:
    """Whether sources, and links in texts, answer."""
    visits = [told[address] for address in of.links_inside if address in told]
    if not visits:
        return None
    broken = [visit for visit in visits if visit.verdict is Verdict.BROKEN]
    doubtful = [visit for visit in visits if visit.verdict in {Verdict.MOVED, Verdict.BLOCKED}]
    if broken:
        words = ngettext("%(number)s of %(all)s does not work:", "%(number)s of %(all)s do not work:", len(broken))
        said = words % {"number": len(broken), "all": len(visits)}
        return Result("links_inside", FAILED, " ".join([said, *_named(broken)]))
    if doubtful:
        said = ngettext("%(number)s answers; look at", "%(number)s answer; look at", len(visits) - len(doubtful))
        return Result(
            "links_inside", WARNED, " ".join([said % {"number": len(visits) - len(doubtful)}, *_named(doubtful)])
        )
    said = ngettext("The %(number)s link in it answers.", "All %(number)s links in it answer.", len(visits))
    return Result("links_inside", PASSED, said % {"number": len(visits)})


def _named(visits: list[Visit]) -> Iterator[str]:
    for visit in visits[:NAMED]:
        yield f"{visit.address[:120]} – {CAUSES[visit.cause][0]}."
    if len(visits) > NAMED:
        yield _("And %(number)s more.") % {"number": len(visits) - NAMED}
