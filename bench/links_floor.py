"""What the visits to links are measured against: the least that a checker can do, and what a checker's child process tells.

The floor is bare aiohttp: a hundred requests at once, redirects followed, the verdict from the status alone. It keeps no pace,
reads no page, tries nothing twice and guards nobody.
"""

import asyncio
import contextlib
import json
import resource
import sys
import time
from collections.abc import AsyncIterator
from math import inf
from pathlib import Path

import aiohttp

from resources.fetching.visiting import visit_all
from resources.fetching.visits import Asked, Manners, Pace

CONCURRENCY = 100
BLOCKED = {401, 403, 407, 429, 451, 999}


async def floor(addresses: list[str], manners: Manners) -> AsyncIterator[tuple[str, str, str]]:
    """Address, verdict, note."""
    waiting = iter(addresses)
    found: asyncio.Queue[tuple[str, str, str] | None] = asyncio.Queue()
    timeout = aiohttp.ClientTimeout(manners.timeout)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:

        async def work() -> None:
            for address in waiting:
                verdict = "broken"
                with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
                    async with session.get(address, max_redirects=manners.redirects) as answer:
                        permanent = answer.history and all(one.status in {301, 308} for one in answer.history)
                        good = "moved" if permanent else "ok"
                        verdict = good if answer.status < 300 else "blocked" if answer.status in BLOCKED else "broken"
                found.put_nowait((address, verdict, ""))
            found.put_nowait(None)

        workers = [asyncio.create_task(work()) for _ in range(CONCURRENCY)]
        for _ in range(CONCURRENCY):
            while (one := await found.get()) is not None:
                yield one
        await asyncio.gather(*workers)


async def ours(addresses: list[str], manners: Manners) -> AsyncIterator[tuple[str, str, str]]:
    """The same from the visits of RayHub."""
    async for visit in visit_all([Asked(address) for address in addresses], manners):
        yield visit.address, str(visit.verdict), f"{visit.cause}: {visit.note}"


async def _timed(name: str, addresses: list[str], manners: Manners) -> dict[str, object]:
    start, found = time.perf_counter(), []
    async for one in {"floor": floor}.get(name, ours)(addresses, manners):
        found.append(one)
    return {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time(),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "found": found,
    }


def main() -> None:
    """python -m bench.links_floor floor|ours|rude ADDRESSES PORT…: what it found, as JSON."""
    name, file, *ports = sys.argv[1:]
    manners = Manners(
        private=("127.0.0.0/8",),
        ports=Manners().ports | {int(port) for port in ports},
        pace=Pace(CONCURRENCY, inf) if name == "rude" else Pace(),
    )
    addresses = Path(file).read_text().split()
    print(json.dumps(asyncio.run(_timed(name, addresses, manners))))


if __name__ == "__main__":
    main()
