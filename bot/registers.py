"""The registers: what the book keeps beside tickets, people and mail."""

from datetime import datetime
from typing import Protocol

from bot.model.relation import Relation


class Relations(Protocol):
    """How tickets belong together; whatever is kept is seen from both sides."""

    def of(self, ticket: int) -> dict[int, Relation]:
        """What others are to a ticket, by their numbers."""

    def keep(self, ticket: int, other: int, how: Relation, at: datetime) -> None:
        """The other is this to the ticket from now on, and nothing else; NONE forgets it."""

    def ancestors(self, ticket: int) -> set[int]:
        """Its parents, their parents, and so on."""
