"""How far a mailbox has been read."""

from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, slots=True)
class Place:
    """Everything up to `uid` has been received, for as long as the folder's `validity` holds.

    `day` is when the latest of it came: where to look again when the server numbers anew.
    """

    validity: int
    uid: int
    day: date | None = None

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what `str` wrote; None for anything else."""
        words = text.split()
        try:
            return cls(int(words[0]), int(words[1]), date.fromisoformat(words[2]))
        except ValueError:
            return cls(int(words[0]), int(words[1])) if words[2] == "-" else None
        except IndexError:
            return None

    def __str__(self) -> str:
        return f"{self.validity} {self.uid} {self.day.isoformat() if self.day else '-'}"
