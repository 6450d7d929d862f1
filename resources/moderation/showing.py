"""A proposal as its page shows it: what it would change now, or what it changed, with preview, links and standing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from resources.entries.content import MODELS, Content, complete, content_fields, content_kinds, empty_content, fill
from resources.entries.models import Entry, Resource
from resources.entries.rendering import render_entry, render_text
from resources.history.comparing import Compared, Described, compare_revisions, describe, section_titles
from resources.moderation.amending import Sides, sides
from resources.proposals.models import Proposal, ProposalVersion
from resources.proposals.references import reference_titles
from resources.text.links import LinkChanges, link_changes
from resources.text.merge import merge_fields
from resources.text.render_limits import TextTooComplex, TextTooLarge


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person sees, and will have seen when they decide: `seen` is the live revision that it was reckoned from."""

    before: Content
    after: Content
    fields: list[Compared]
    links: LinkChanges
    preview: Entry | None
    seen: int | None = None
    sides: Sides | None = None
    added: list[Described] = field(default_factory=list)
    contradicting: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is live already."""
        return self.before == self.after


def show(proposal: Proposal) -> Shown:
    """What a proposal changes: of what is live now while it waits, of what was live then once it is decided.

    While it contradicts what is live, its author's own change is shown, from the revision that they started from.
    """
    if proposal.revision is not None:
        return _as_accepted(proposal)
    found = sides(proposal)
    seen = found.live.revision_number if found.live else None
    contradicting = _labels(proposal, found)
    before, after = found.theirs, found.mine
    if found.merge is not None:
        settled = found.merge.clean and not contradicting
        waits = proposal.state in {Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED}
        before = found.theirs if settled and waits else found.base
        after = complete(MODELS[proposal.type], found.merge.content) if settled and waits else found.mine
    if proposal.act == Proposal.Act.REMOVE:
        after = before
    return _shown(proposal, before, after, seen=seen, found=found, contradicting=contradicting)


def _as_accepted(proposal: Proposal) -> Shown:
    revision = proposal.revision
    model = MODELS[proposal.type]
    earlier = revision.entry.revisions.filter(number=revision.number - 1).first() if revision else None
    before = complete(model, earlier.content) if earlier else empty_content(model)
    return _shown(proposal, before, complete(model, revision.content) if revision else before)


def _shown(
    proposal: Proposal,
    before: Content,
    after: Content,
    *,
    seen: int | None = None,
    found: Sides | None = None,
    contradicting: list[str] | None = None,
) -> Shown:
    model = MODELS[proposal.type]
    is_new = proposal.act == Proposal.Act.CREATE
    titles = _titles(before, after)
    compared = [] if is_new else compare_revisions(model, before, after, titles)
    added = describe(model, after, titles) if is_new else []
    links = link_changes(_html(model, before), _html(model, after))
    return Shown(before, after, compared, links, _preview(model, after), seen, found, added, contradicting or [])


def _labels(proposal: Proposal, found: Sides) -> list[str]:
    """The fields in which both sides contradict each other, by their names for people."""
    if found.merge is None:
        return []
    names = found.merge.conflicts_by_field
    return [str(one.label) for one in content_fields(MODELS[proposal.type]) if one.name in names]


def _titles(*contents: Content) -> dict[int, str]:
    """The sections that contents name, also those that are only proposed."""
    return section_titles(contents) | reference_titles(contents)


def _html(model: type[Entry], content: Content) -> str:
    """The rendered texts of a content, for their links."""
    texts: Iterable[str] = (content[one.name] for one in content_fields(model) if one.kind == "text")
    texts = [*texts, content.get("summary", ""), *(row.get("text", "") for row in content.get("passages", ()))]
    try:
        rendered = "\n".join(render_text(text).html for text in texts if text)
    except (TextTooLarge, TextTooComplex):
        return ""
    url = content.get("url", "")
    return (
        f'{rendered}\n<a href="{url}">{content["title"]}</a>' if url.startswith("http") and '"' not in url else rendered
    )


def _preview(model: type[Entry], content: Content) -> Entry | None:
    """The entry as its page would show it, unsaved; None where it cannot be rendered."""
    entry = model(type=model._meta.model_name or "")
    fill(entry, content)
    try:
        render_entry(entry)
    except (TextTooLarge, TextTooComplex):
        return None
    if isinstance(entry, Resource) and not entry.url.startswith(("http://", "https://")):
        entry.url = ""
    return entry


def amended_since(proposal: Proposal, version: int) -> list[Compared]:
    """What was amended between an earlier version and the present one; what others published meanwhile is left out."""
    model = MODELS[proposal.type]
    earlier: ProposalVersion | None = proposal.versions.filter(number=version).first()
    if earlier is None or version == proposal.version:
        return []
    before, after = _carried(earlier, proposal, model), complete(model, proposal.content)
    return compare_revisions(model, before, after, _titles(before, after))


def _carried(earlier: ProposalVersion, proposal: Proposal, model: type[Entry]) -> Content:
    """An earlier version as it would be from the present base, its own words where the two contradict each other."""
    mine = complete(model, earlier.content)
    if proposal.entry is None or earlier.base == proposal.base:
        return mine
    revisions = {one.number: one for one in proposal.entry.revisions.filter(number__in=[earlier.base, proposal.base])}
    then, now = revisions.get(earlier.base or 0), revisions.get(proposal.base or 0)
    if then is None or now is None:
        return mine
    base, theirs = complete(model, then.content), complete(model, now.content)
    return complete(model, merge_fields(content_kinds(model), base, mine, theirs).draft)
