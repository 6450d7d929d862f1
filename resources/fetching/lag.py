"""How much this machine was short of time: what happens meanwhile must not be blamed on others."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

BEAT = 0.1
EASY = 0.2
"""A beat that is no later is nothing: every step of a request waits for its turn among the others."""
SHARE = 0.2
"""So much of the time that somebody was given may be lost on our side, in parts of it."""


class Lag:
    """Beats in the event loop, and adds up how late the beats come."""

    def __init__(self) -> None:
        self.lost = 0.0
        self._last: float | None = None

    def total(self, now: float) -> float:
        """Seconds lost until now, with those of the beat that is late just now."""
        late = now - self._last - BEAT if self._last is not None else 0.0
        return self.lost + (late if late > EASY else 0.0)

    @contextlib.asynccontextmanager
    async def measured(self) -> AsyncIterator[None]:
        """Beats while the block runs."""
        task = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            task.cancel()

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._last = loop.time()
            await asyncio.sleep(BEAT)
            self.lost = self.total(loop.time())
