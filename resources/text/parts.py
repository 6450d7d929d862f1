"""The parts of a long Markdown text: what stands under each heading, to be edited for itself."""

from dataclasses import dataclass

from resources.text.gfm_blocks import block_tokens
from resources.text.markdown import Heading


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with all that stands under it, up to the next one of its level or above; `source` is the whole text."""

    heading: Heading
    source: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The part's own Markdown."""
        return self.source[self.start : self.end].rstrip("\n")

    def put_back(self, text: str) -> str:
        """The whole text with this part in other words; what separates it from the next part stays."""
        tail = self.source[self.start + len(self.text) : self.end]
        return self.source[: self.start] + text.rstrip("\n") + (tail or "") + self.source[self.end :]


def parts_of(source: str, headings: tuple[Heading, ...]) -> list[Part]:
    """The parts of a text whose rendering has these headings; none where some are not Markdown's own, but HTML."""
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    opened = [token for token in block_tokens(source, {}) if token.type == "heading_open"]
    if len(opened) != len(headings):
        return []
    tops = [
        (token.map[0], heading)
        for token, heading in zip(opened, headings, strict=True)
        if token.level == 0 and token.map
    ]
    parts = []
    for number, (row, heading) in enumerate(tops):
        ends = [starts[later] for later, other in tops[number + 1 :] if other.level <= heading.level]
        parts.append(Part(heading, source, starts[row], ends[0] if ends else len(source)))
    return parts
