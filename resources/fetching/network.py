"""Whether we are on the network at all: what cannot be reached then is not to blame."""

from dataclasses import dataclass, field

from resources.fetching.jobs import Job
from resources.fetching.troubles import OFF_THE_NETWORK, Trouble
from resources.fetching.visits import Cause

FRESH = 10.0
"""Seconds for which an answer from anywhere shows that the network is there."""
MANY = 10
"""So many hosts that fail in one same way, and none that answers: that is us."""


@dataclass(slots=True)
class Network:
    """Holds failures back that may be ours, until somebody answers or nothing more is to come."""

    heard_at: float | None = None
    held: list[tuple[Job, Trouble, str]] = field(default_factory=list)

    def heard(self, now: float) -> list[tuple[Job, Trouble, str]]:
        """Somebody answered. Gives what was held, to be judged as it is."""
        self.heard_at = now
        held, self.held = self.held, []
        return held

    def doubts(self, now: float, job: Job, trouble: Trouble, host: str) -> bool:
        """Whether this failure is held back."""
        if not trouble.unheard or self.was_heard(now, FRESH):
            return False
        self.held.append((job, trouble, host))
        return True

    def was_heard(self, now: float, within: float) -> bool:
        """Whether anybody answered in the last so many seconds."""
        return self.heard_at is not None and now - self.heard_at < within

    def settle(self) -> list[tuple[Job, Trouble]]:
        """All that was held: nobody answered."""
        held, self.held = self.held, []
        hosts = {host for *_, host in held}
        alike = len({trouble.cause for _, trouble, _ in held}) == 1
        offline = len(hosts) >= MANY and alike
        return [
            (job, Trouble(Cause.VOID, OFF_THE_NETWORK, own=True)) if offline or trouble.no_net else (job, trouble)
            for job, trouble, _ in held
        ]
