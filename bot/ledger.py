"""What the book tells of a stretch of time, for reports: from `since` until before `until`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model.rating import Rating
from bot.model.target import Clock
from bot.model.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Promised:
    """What is promised of a ticket, and when."""

    ticket: Ticket
    clock: Clock
    due_at: datetime


Hourly = Sequence[tuple[datetime, int]]
"""How many in each hour, which begins then; hours in which there were none are left out."""


class Ledger(Protocol):
    """Counts and lists over time; with a `team`, of that alone."""

    def opened(self, since: datetime, until: datetime, team: str = "") -> Hourly:
        """How many tickets were opened."""

    def solved(self, since: datetime, until: datetime, team: str = "") -> Hourly:
        """How many tickets were solved."""

    def hardest(
        self, since: datetime, until: datetime, team: str = "", limit: int = 10
    ) -> Sequence[Ticket]:
        """What was solved, that took most first: escalated, worked on, going on for long."""

    def complaints(
        self, since: datetime, until: datetime, team: str = "", limit: int = 50
    ) -> Sequence[Ticket]:
        """Complaints that were opened, and those of before that nobody answered; oldest first."""

    def promised(self, until: datetime, team: str = "", limit: int = 20) -> Sequence[Promised]:
        """What is promised until then and hasn't come, the first first."""

    def comments(self, since: datetime, until: datetime, limit: int = 5) -> Sequence[Rating]:
        """Marks that were given with words, the latest first."""

    def solvers(self, since: datetime, until: datetime, limit: int = 5) -> Sequence[int]:
        """Who, not asked to, said what solved it, most often first, by number."""

    def estimate(self, ticket: int, expected_at: datetime) -> None:
        """Its requester was told until when eight of ten get a first answer; said once."""

    def estimates(self, since: datetime, until: datetime) -> tuple[int, int]:
        """Of the tickets opened, to whose requesters a time was told that is over by `until`.

        How many had their first answer by then, and how many there are.
        """

    def readers(self, since: datetime, after: int, limit: int) -> Sequence[int]:
        """Who wrote to the desk since then and takes the weekly word, behind that number."""
