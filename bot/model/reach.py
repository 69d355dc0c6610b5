"""Where somebody is reached, and how many automatic answers they had lately."""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.model.message import Address

HOUR = timedelta(hours=1)
MOST = 20
"""Automatic answers to one person at once; as many again in each hour that passes.

Nobody reports that much, but two programs that answer each other would go on for ever.
"""


class Reach(NamedTuple):
    """Where somebody last wrote: the room, without a thread, and their id there.

    Each automatic answer moves `answered` on by its share of an hour; while it lies nearly an hour
    ahead, they had too many.
    """

    address: Address
    external_id: str
    answered: datetime | None = None
    at: datetime | None = None  # None for who never wrote

    def again(self, now: datetime) -> datetime | None:
        """What `answered` is after one more automatic answer; None if that is one too many."""
        start = self.answered or now
        if not now < start <= now + HOUR:  # long ago; or ahead of a clock that was put back
            start = now
        after = start + HOUR / MOST
        return after if after - now <= HOUR else None
