"""What every merge gives back: a value, or the conflicts that a person must settle first."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class Unresolved(ValueError):
    """A merge with conflicts was asked for its value; the message says what to do."""


@dataclass(frozen=True)
class Conflict[T]:
    """One thing that both sides changed, each in its own way."""

    base: T
    mine: T
    theirs: T
    # Both sides only added here: nothing contradicts, and the suggestion holds both additions, mine first.
    both_added: bool = False
    suggestion: T | None = None
    # In rows: the row's key, and the field; a field of "" means the whole row (None where a side removed it), and a key
    # of "" with the field "order" means the order of all rows (tuples of keys).
    key: str = ""
    field: str = ""

    @property
    def provisional(self) -> T:
        """What stands in a draft until somebody chooses: the suggestion, or else mine."""
        return self.mine if self.suggestion is None else self.suggestion


class Merged[T](ABC):
    """The common face of all merges; a subclass knows its conflicts and how choices settle them."""

    @property
    @abstractmethod
    def conflicts(self) -> tuple[Conflict[Any], ...]:
        """What a person must settle, in order."""

    @abstractmethod
    def settled(self, choices: Sequence[Any]) -> T:
        """The value with one choice for each conflict, whose number has been checked."""

    @property
    def clean(self) -> bool:
        """Whether nobody needs to be asked."""
        return not self.conflicts

    @property
    def value(self) -> T:
        """The merged value. Raises Unresolved while there are conflicts."""
        if self.conflicts:
            raise Unresolved("Two changes contradict each other here. Choose between them first.")
        return self.settled(())

    @property
    def draft(self) -> T:
        """The merged value with the suggestion, or mine, in place of each conflict: to go on editing, not to publish."""
        return self.settled([conflict.provisional for conflict in self.conflicts])

    def resolve(self, choices: Sequence[Any]) -> T:
        """The value with one choice for each conflict, in their order: its mine, theirs or suggestion, or a value of one's
        own.

        Raises Unresolved where choices are missing or too many.
        """
        if len(choices) != len(self.conflicts):
            raise Unresolved(f"Make {len(self.conflicts)} choices, one for each conflict; {len(choices)} came.")
        return self.settled(choices)


@dataclass(frozen=True)
class WholeMerge[T](Merged[T]):
    """A value that is merged as a whole: either it is settled, or all of it is one conflict."""

    outcome: T | Conflict[T]

    @property
    def conflicts(self) -> tuple[Conflict[T], ...]:
        return (self.outcome,) if isinstance(self.outcome, Conflict) else ()

    def settled(self, choices: Sequence[T]) -> T:
        return choices[0] if isinstance(self.outcome, Conflict) else self.outcome
