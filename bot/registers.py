"""The registers: what the book keeps beside tickets, people and mail."""

from typing import Protocol


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
