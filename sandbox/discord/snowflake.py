"""The ids of the local Discord: made of the clock, each greater than the one before."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

EPOCH = 1_420_070_400_000  # ms since 1970, the first second of 2015
_SHIFT = 22
_MOST = 2**63 - 1
_DIGITS = re.compile(r"[0-9]{1,19}")


class Mint:
    """Makes ids; `now` tells the time in seconds since 1970."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self._last = 0

    def fresh(self) -> int:
        """Return an id that nothing else has, greater than all before it."""
        at = max(0, int(self.now() * 1000) - EPOCH) << _SHIFT
        self._last = max(at, self._last + 1)
        return self._last


def parsed(value: object) -> int | None:
    """Return the id that a text or number stands for, None if it is none."""
    text = str(value)
    if isinstance(value, bool) or not _DIGITS.fullmatch(text) or int(text) > _MOST:
        return None
    return int(text)


def moment(id_: int) -> float:
    """Return when an id was made, in seconds since 1970."""
    return ((id_ >> _SHIFT) + EPOCH) / 1000


def at_moment(seconds: float) -> int:
    """Return the smallest id of a moment."""
    return (int(seconds * 1000) - EPOCH) << _SHIFT


def stamped(seconds: float) -> str:
    """Return a moment as Discord writes it, with microseconds and offset."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
