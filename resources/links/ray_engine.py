"""The visits of a run on many machines, as Ray tasks: the only module that knows Ray, and only imported when it is asked for.

A shard is some hosts with their addresses. A host is in one shard at a time, and its next portion is asked when all of the
last is told: so its pace is as exact as on one machine. Shards are made as there is room for them, and their visits come back
in batches while they are still at work.
"""

import logging
import os
from collections import deque
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

import ray

import resources
from resources.fetching.shards import HostShare, visit_shard
from resources.fetching.visits import Asked, Cause, HostMemory, Manners, Verdict, Visit
from resources.links.manners import names_of

HOSTS_OF_SHARD = 100
SHARDS_PER_CPU = 2
"""A shard mostly waits for hosts that rest between two requests, so that two share a processor."""

_log = logging.getLogger(__name__)


class RayEngine:
    """As resources.links.engines.Engine has it; joins the cluster that RAY_ADDRESS names, or starts one on this machine."""

    portion = 1_000
    rest = 0

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._begun_here = not ray.is_initialized()
        if self._begun_here:
            _join()
        processors = int(ray.cluster_resources().get("CPU", 1))
        self._most = max(2, SHARDS_PER_CPU * processors)
        self.hosts = self._most * HOSTS_OF_SHARD
        task = ray.remote(visit_shard)
        self._visit = task.options(num_cpus=1 / SHARDS_PER_CPU, max_retries=0, num_returns="streaming")
        self._waiting: deque[HostShare] = deque()
        self._shards: dict[Any, _Shard] = {}

    def ask(self, host: str, asked: Sequence[Asked], memory: HostMemory, *, last: bool) -> None:
        """As Engine has it."""
        if asked:
            self._waiting.append(HostShare(names_of(host), tuple(asked), memory))

    def finish(self) -> None:
        """As Engine has it."""

    def leave(self, host: str) -> None:
        """As Engine has it."""

    def told(self, wait: float) -> list[Visit]:
        """As Engine has it. What a machine that went away had not told yet is void."""
        self._begin_shards()
        ready, _ = ray.wait(list(self._shards), num_returns=1, timeout=wait) if self._shards else ([], [])
        return [visit for stream in ready for visit in self._next(stream)]

    def close(self) -> None:
        """As Engine has it."""
        for stream in self._shards:
            ray.cancel(stream, force=False)
        self._shards.clear()
        if self._begun_here:
            ray.shutdown()

    def _begin_shards(self) -> None:
        while self._waiting and (room := self._most - len(self._shards)) > 0:
            # The hosts that wait are spread over the room that there is.
            size = min(HOSTS_OF_SHARD, ceil(len(self._waiting) / room))
            shares = [self._waiting.popleft() for _ in range(size)]
            self._shards[self._visit.remote(shares, self._manners)] = _Shard(shares)

    def _next(self, stream: Any) -> list[Visit]:
        shard = self._shards[stream]
        try:
            visits, memories = ray.get(next(stream))
        except StopIteration:
            del self._shards[stream]
            return []
        except ray.exceptions.RayError as error:
            _log.warning("A shard of %d hosts was lost: %s", len(shard.shares), str(error).partition("\n")[0])
            del self._shards[stream]
            return [
                Visit(one, Verdict.BROKEN, Cause.VOID, note="its machine went away") for one in sorted(shard.untold)
            ]
        shard.take(visits, memories)
        return list(visits)


class _Shard:
    """Hosts that are visited together, and which of their addresses were not told yet."""

    def __init__(self, shares: list[HostShare]) -> None:
        self.shares = shares
        self.untold = {asked.address for share in shares for asked in share.asked}

    def take(self, visits: list[Visit], memories: list[HostMemory]) -> None:
        self.untold -= {visit.address for visit in visits}
        for share, found in zip(self.shares, memories, strict=True):
            for name in HostMemory.__dataclass_fields__:
                setattr(share.memory, name, getattr(found, name))


def _join() -> None:
    """Joins a cluster, which gets our code with it, or starts one here that keeps to itself."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody outside is told that this runs
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    if os.environ.get("RAY_ADDRESS", "local") != "local":
        ray.init(runtime_env={"py_modules": [str(Path(resources.__path__[0]))]}, **quiet)
    else:
        ray.init(address="local", include_dashboard=False, object_store_memory=128 * 1024 * 1024, **quiet)
