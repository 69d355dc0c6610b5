"""What the book keeps of time: promises, what is due of them, and how long things took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.pace import Histogram
from bot.model.promise import Promise
from bot.model.target import Clock


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one clock, how many promises were kept, and how many broken."""

    clock: Clock
    kept: int
    broken: int


class Promises(Protocol):
    """What was promised of each ticket; what was given up counts for neither side."""

    def of(self, ticket: int) -> list[Promise]:
        """All of a ticket, in the order in which they were given."""

    def keep(self, promise: Promise) -> Promise:
        """Keep a new one, or one as it is by now; returns it with its number."""

    def due(self, now: datetime, limit: int = 200) -> list[Promise]:
        """Those of which a step has come, the first to come first."""

    def going(self, after: int, limit: int = 200) -> list[Promise]:
        """Those behind this number that haven't ended, in their order."""

    def tally(self, since: datetime, until: datetime) -> Sequence[Tally]:
        """How many ended from `since` until before `until`, kept and not."""


class Paces(Protocol):
    """How long things took, in working time, by the cells of `bot.model.pace`."""

    def add(self, clock: Clock, cells: Sequence[str], bucket: int, weight: float) -> None:
        """One more was seen in this bucket of each of these cells."""

    def known(self, clock: Clock, cells: Sequence[str]) -> list[Histogram]:
        """The histogram of each of these cells, in their order."""
