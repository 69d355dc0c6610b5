"""A clock that moves when it is told."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class Clock:
    """A clock that stands still until it is moved; call it for the moment."""

    now: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday morning

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        """Move by so many `hours`, `minutes`… and say what time it is then."""
        self.now += timedelta(**by)
        return self.now
