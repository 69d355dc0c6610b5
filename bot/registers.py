"""The registers: what the book keeps beside tickets, people and mail."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.model.canned import ReadyAnswer


class Canned(Protocol):
    """The ready answers that were saved, and how often each is sent, wherever it stands."""

    def of(self, teams: Collection[str], limit: int = 1000) -> list[ReadyAnswer]:
        """Those of these teams ("" is one), the most used first.

        One without words was only counted: its words stand elsewhere.
        """

    def save(self, answer: ReadyAnswer, at: datetime) -> None:
        """Keep it in place of the one that is known by the same key; its count stays."""

    def drop(self, answer: ReadyAnswer) -> None:
        """Forget it, with its count."""

    def sent(self, answer: ReadyAnswer, at: datetime) -> None:
        """Count that it was sent once more."""
