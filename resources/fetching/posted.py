"""What became of a message that was sent: apart from the sending, which few need."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a message: the status of the answer (0 for none), and why it was not taken, as a sentence part."""

    status: int
    note: str = ""
    seconds: float = 0.0

    @property
    def taken(self) -> bool:
        """Whether the other side says that it has it."""
        return 200 <= self.status < 300
