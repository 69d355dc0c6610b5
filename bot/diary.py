"""What the book keeps of time: promises and planned works, and how long things took."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.notice import Affected, Notice
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


class Notices(Protocol):
    """The planned works, and the reports that are about them."""

    def get(self, number: int) -> Notice | None:
        """One of them, wherever it stands."""

    def add(self, notice: Notice) -> Notice:
        """Keep a new one; returns it with its number."""

    def save(self, notice: Notice) -> Notice:
        """Keep a change; returns it with its new version. Raises `Conflict` if overtaken."""

    def due(self, now: datetime, limit: int = 20) -> list[Notice]:
        """Those of which something is due, or a word goes out."""

    def going(self) -> list[Notice]:
        """Those that are planned or begun, the first first."""

    def latest(self, limit: int = 10) -> list[Notice]:
        """The last that were announced, whatever became of them, the latest first."""

    def link(self, ticket: int, notice: int | None) -> None:
        """A ticket is about this one, in place of any other; about none where it is None."""

    def of_ticket(self, ticket: int) -> Notice | None:
        """What a ticket is about."""

    def tickets(self, notice: int) -> list[int]:
        """The tickets that are about it and aren't done, the oldest first."""

    def affects(
        self, affected: Collection[Affected], after: int, since: datetime, limit: int
    ) -> Sequence[int]:
        """People behind this number who are affected, in order; who wrote since, or work here."""

    def offices(self) -> Sequence[str]:
        """Where people work, as far as they are known."""
