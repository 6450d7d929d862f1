"""Makes the pages that bench/search.py asks for: `python -m bench.search_pages 10000`."""

import random
import sys
from itertools import batched
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # models can be imported only after the setup
from django.utils import timezone  # noqa: E402
from taggit.models import Tag  # noqa: E402

from accounts.credits import house_account  # noqa: E402
from bench.search_words import LENGTH, WORDS, rank, word  # noqa: E402
from resources.entries.models import Entry, Resource  # noqa: E402
from resources.links.models import Host, Link  # noqa: E402
from resources.search.engine import Row  # noqa: E402
from resources.search.fulltext import fulltext  # noqa: E402
from resources.search.gathering import VERSION, mark  # noqa: E402
from resources.search.models import SearchPage, Traits  # noqa: E402
from resources.search.spelling import learn  # noqa: E402
from resources.search.words import indexed  # noqa: E402


def fill(size: int) -> None:
    """Makes the entries and what the search knows of them."""
    house_account()
    words = [word(number) for number in range(WORDS)]
    learn(set(words))
    tags = [Tag.objects.get_or_create(name=f"tag-{number}", slug=f"tag-{number}")[0] for number in range(30)]
    host = Host.objects.get_or_create(name="bench.example")[0]
    for numbers in batched(range(Entry.objects.count() + 1, size + 1), 1_000, strict=False):
        with transaction.atomic():
            kinds = ["resource" if number % 10 == 0 else "wikipage" for number in numbers]
            entries = Entry.objects.bulk_create(
                Entry(type=kind, key=f"b-{number}", title=f"Page {number}", slug=f"page-{number}", revision_number=1)
                for number, kind in zip(numbers, kinds, strict=True)
            )
            chosen = {entry.pk: tags[entry.pk % 30] for entry in entries}
            rows, pages = [], []
            for number, entry in zip(numbers, entries, strict=True):
                chance = random.Random(number)
                text = " ".join(words[rank(chance)] for _n in range(LENGTH))
                text += " 分布式计算的调度器把任务分给工作节点。" if number % 100 == 0 else ""
                title = f"Page {number} {words[rank(chance)]} {words[rank(chance)]}"
                kind = "guide" if entry.type == "wikipage" else Resource.Kind.values[number % 13]
                traits = Traits(
                    kind, (chosen[entry.pk].slug,), (), ("serve",) if number % 7 == 0 else (), "", "unverified"
                )
                pages.append(SearchPage(
                    entry_id=entry.pk, title=title, folded=title.lower(), summary=text[:120], facets=str(traits),
                    changed_at=timezone.now(), made_by=VERSION,
                ))  # fmt: skip
                marks = f"mall0 {mark('k', kind)} {mark('t', chosen[entry.pk].pk)} {mark('v', 'unverified')}"
                rows.append((title, chosen[entry.pk].name, text[:120], text, marks))
            made = SearchPage.objects.bulk_create(pages)
            fulltext().put(
                Row(page.number, (*(indexed(part) for part in row[:4]), row[4]), row[3])  # type: ignore[arg-type]
                for page, row in zip(made, rows, strict=True)
            )
            links = Link.objects.bulk_create(
                Link(key=f"https://bench.example/{number}", address=f"https://bench.example/{number}", host=host,
                     state="broken" if number % 50 == 0 else "ok")
                for number in numbers if number % 10 == 0
            )  # fmt: skip
            _resources([entry for entry in entries if entry.type == "resource"], links)
        print(numbers[-1], end="\r", file=sys.stderr)


def _resources(entries: list[Any], links: list[Any]) -> None:
    """The rows of resources beside their entries' rows."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO resources_resource(entry_ptr_id, url, summary, kind, libraries, language, licence, authors, state, "
            "address, link_id) VALUES (%s, %s, '', 'paper', '', '', '', '', 'active', %s, %s)",
            [(entry.pk, link.address, link.address, link.pk) for entry, link in zip(entries, links, strict=True)],
        )


if __name__ == "__main__":
    fill(int(sys.argv[1]))
