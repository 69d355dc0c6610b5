"""The registers: what the book keeps beside tickets, people and mail."""

from collections.abc import Collection, Iterable
from typing import Protocol


class Terms(Protocol):
    """The terms of solved tickets, by which similar ones are found."""

    def keep(self, ticket: int, terms: Iterable[str]) -> None:
        """It is found by these terms from now on, and by no others."""

    def forget(self, ticket: int) -> None:
        """It is found no more."""

    def of(self, ticket: int) -> list[str]:
        """The terms by which it is found; none where it isn't solved."""

    def counts(self, terms: Iterable[str], most: int) -> dict[str, int]:
        """How many tickets have each of these terms, counted no further than `most`."""

    def newest(self, term: str, limit: int) -> list[int]:
        """The latest tickets that have a term, by number."""

    def shared(self, terms: Collection[str], tickets: Collection[int]) -> dict[int, list[str]]:
        """Which of these terms each of these tickets has; without those that have none."""
