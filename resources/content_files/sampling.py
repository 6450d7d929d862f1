"""Made-up content for load tests: the same seed gives the same pages, and a second run changes nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import batched
from random import Random

from accounts.models import User
from resources.entries.content import Content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry, Resource, Section
from resources.entries.naming import Found
from resources.publishing import Change, publish_many

AT_A_TIME = 200
"""Entries that are published in one transaction: readers and writers of a running site wait that long at most."""

PAGES_A_RESOURCE = 10
"""One resource is made for every so many pages."""

_LINK = re.compile(r"\[\[Sample ([0-9]{6})\]\]")
_SUBJECTS = "actor cluster dataset driver gateway head node job lease object pipeline placement queue replica scheduler shard store stream task trial worker".split()  # noqa: SIM905, E501
_VERBS = "balances batches caches checks copies counts feeds fills gathers groups holds keeps leaves limits links marks meets moves names opens pins polls reads retries routes sends sorts spills splits starts stops waits".split()  # noqa: SIM905, E501
_QUALITIES = "busy cold distant early empty equal fresh heavy idle large late local lost nearby plain quiet ready remote shared short slow small spare stale steady warm wide".split()  # noqa: SIM905, E501
_TAGS = ("sample", *(f"sample-{name}" for name in ("batch", "cloud", "data", "edge", "gpu", "io", "queue", "serving")))


@dataclass(frozen=True, slots=True)
class Sample:
    """What is to be made: so many pages with so many revisions each."""

    pages: int
    revisions: int
    seed: int

    def slug(self, number: int) -> str:
        """The address of page `number`, counted from 1."""
        return f"sample-{number:06}"

    def page(self, number: int, revision: int) -> Content:
        """A page at one of its revisions: about 4 KB with headings, links, a table and code; each revision says more."""
        random = Random(f"{self.seed}:{number}")  # noqa: S311  # made-up words, no secret
        title = f"Sample {number:06}"
        parts = [_paragraph(random)]
        for place in range(1, 5):
            parts += [f"## {_title(random)}", _paragraph(random), self._links(random, number), _paragraph(random)]
            parts.append((_table, _code, _list, _quote)[place - 1](random))
        for later in range(2, revision + 1):
            parts.insert(3 * later, f"Since revision {later}: {_sentence(Random(f'{self.seed}:{number}:{later}'))}")  # noqa: S311  # the same
        return {
            "title": title,
            "slug": self.slug(number),
            "summary": _sentence(random),
            "tags": sorted({"sample", *random.sample(_TAGS, 2)}),
            "body": "\n\n".join(parts),
        }

    def _links(self, random: Random, number: int) -> str:
        """A sentence that leads to three other pages and to a resource."""
        others = [random.randint(1, self.pages) for _place in range(3)]
        words = ", ".join(f"[[Sample {other:06}]]" for other in others)
        resource = random.randint(1, max(1, self.pages // PAGES_A_RESOURCE))
        return f"See also {words} and [[resource:sample-resource-{resource:05}|what it runs on]]."

    def resource(self, number: int, section: int | None) -> Content:
        """Resource `number`, counted from 1, seated in the section."""
        random = Random(f"{self.seed}:resource:{number}")  # noqa: S311  # the same
        return {
            "title": f"Sample resource {number:05}",
            "slug": f"sample-resource-{number:05}",
            "url": f"https://sample.example/{self.seed}/{number}",
            "summary": _sentence(random),
            "kind": random.choice(Resource.Kind.values),
            "tags": ["sample"],
            "placements": [{"section": section, "position": 1000 * number}] if section else [],
        }


def _sentence(random: Random) -> str:
    quality, subject, verb = random.choice(_QUALITIES), random.choice(_SUBJECTS), random.choice(_VERBS)
    return f"The {quality} {subject} {verb} the {random.choice(_QUALITIES)} {random.choice(_SUBJECTS)}."


def _paragraph(random: Random) -> str:
    sentences = [_sentence(random) for _place in range(random.randint(5, 9))]

    return " ".join(sentences)


def _title(random: Random) -> str:
    return f"How the {random.choice(_SUBJECTS)} {random.choice(_VERBS)}"


def _table(random: Random) -> str:
    rows = [
        f"| {random.choice(_SUBJECTS)} | {random.randint(1, 999)} | {random.choice(_QUALITIES)} |" for _row in range(5)
    ]
    return "\n".join(["| part | number | state |", "|---|---:|---|", *rows])


def _code(random: Random) -> str:
    subject, verb = random.choice(_SUBJECTS), random.choice(_VERBS)
    lines = ["import ray", "", "@ray.remote", f"def {verb}({subject}: int) -> int:"]
    return "\n".join(["```python", *lines, f"    return {subject} + {random.randint(1, 9)}", "```"])


def _list(random: Random) -> str:
    return "\n".join(f"- {_sentence(random)}" for _row in range(4))


def _quote(random: Random) -> str:
    return f"> {_sentence(random)}"


def make_sample(
    sample: Sample, *, author: User, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Publishes what is not there yet, batch by batch; returns how many revisions were written."""
    written = _make_resources(sample, author)
    for numbers in batched(range(1, sample.pages + 1), AT_A_TIME, strict=False):
        written += _make_pages(sample, numbers, author)
        progress(numbers[-1], sample.pages)
    return written


def _make_resources(sample: Sample, author: User) -> int:
    root = Section.objects.live().in_order().filter(parent=None).first()
    numbers = range(1, sample.pages // PAGES_A_RESOURCE + 1)
    known = set(Resource.objects.filter(slug__startswith="sample-resource-").values_list("slug", flat=True))
    wanted = [sample.resource(number, root.pk if root else None) for number in numbers]
    changes = [Change(content, type=Entry.Type.RESOURCE) for content in wanted if content["slug"] not in known]
    return len(publish_many(changes, author=author, summary=_summary(sample)))


def _make_pages(sample: Sample, numbers: tuple[int, ...], author: User) -> int:
    """A batch of pages with all their revisions; what has as many already stays."""
    pages = WikiPage.objects.filter(slug__in=[sample.slug(number) for number in numbers])
    present = {page.slug: page for page in pages.prefetch_related("taggings__tag")}
    changes, written = [], 0
    for number in numbers:
        page = present.get(sample.slug(number))
        made = page.revision_number if page else 0
        contents = [sample.page(number, revision) for revision in range(made + 1, sample.revisions + 1)]
        written += len(contents)
        if contents:
            changes.append(Change(contents[-1], page, Entry.Type.WIKIPAGE, earlier=tuple(contents[:-1])))
    linked = {int(other) for change in changes for other in _LINK.findall(change.content["body"])}
    expected = [Found(0, Entry.Type.WIKIPAGE, sample.slug(other), f"Sample {other:06}") for other in linked]
    publish_many(changes, author=author, summary=_summary(sample), expected=expected)
    return written


def _summary(sample: Sample) -> str:
    return f"Sample of seed {sample.seed}"
