"""The registers: what the book keeps beside tickets, people and mail."""

from typing import Protocol

from bot.model.erased import Erased


class Views(Protocol):
    """The filters of the queue that somebody saved under a name."""

    def of(self, person: int) -> list[tuple[str, str]]:
        """Names and words of theirs, by name."""

    def get(self, person: int, name: str) -> str | None:
        """The words under a name, accents and case aside."""

    def save(self, person: int, name: str, words: str) -> None:
        """Keep one, in place of another of the same name."""

    def drop(self, person: int, name: str) -> None:
        """Forget one."""


class Erasure(Protocol):
    """Takes a person's words, names and addresses out of the book."""

    def of(self, person: int) -> Erased:
        """How much there is of somebody."""

    def erase(self, person: int) -> Erased:
        """Take all of it away; whatever tells of nobody (kinds, times, teams) stays."""
