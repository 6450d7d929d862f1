"""A part of a long list: some hosts with their addresses, visited in one go by whichever machine gets it."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass

from resources.fetching.visiting import visit_all
from resources.fetching.visits import Asked, HostDone, HostMemory, Manners, Visit

BATCH = 50
"""So many visits are handed back together, or those of one second."""


@dataclass(frozen=True, slots=True)
class HostShare:
    """Addresses of one host, and what is remembered of it. `names` are those under which the visits may meet it."""

    names: tuple[str, ...]
    asked: tuple[Asked, ...]
    memory: HostMemory


def visit_shard(shares: list[HostShare], manners: Manners) -> Iterator[tuple[list[Visit], list[HostMemory]]]:
    """Visits all addresses of these hosts; yields batches of visits, with what is remembered of each host by then."""
    with asyncio.Runner() as runner:
        batches = _batches(shares, manners)
        try:
            while batch := runner.run(anext(batches, None)):
                yield batch, [share.memory for share in shares]
        finally:
            runner.run(batches.aclose())


async def _batches(shares: list[HostShare], manners: Manners) -> AsyncGenerator[list[Visit]]:
    memories = {name: share.memory for share in shares for name in share.names}
    batch: list[Visit] = []
    begun = time.monotonic()
    async with aclosing(visit_all(_asked(shares), manners, memories)) as visits:
        async for visit in visits:
            batch.append(visit)
            if len(batch) >= BATCH or time.monotonic() - begun > 1:
                yield batch
                batch, begun = [], time.monotonic()
    if batch:
        yield batch


async def _asked(shares: list[HostShare]) -> AsyncIterator[Asked | HostDone]:
    for share in shares:
        for asked in share.asked:
            yield asked
        for name in share.names:
            yield HostDone(name)
