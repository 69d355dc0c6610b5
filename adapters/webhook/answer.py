"""What follows from what a program answers: taken, tried again, or given up."""

import contextlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.channel import DeliveryFailed

GONE = 410  # HTTP's own numbers
_TAKEN = range(200, 300)
_REFUSED = range(400, 500)
_LATER = (408, 425, 429)  # refused now, and not for good
_LONGEST = timedelta(days=1)  # whatever it asks for


def failure(status: int, retry_after: str, now: datetime) -> DeliveryFailed | None:
    """Why this answer is no yes; None where it is. `retry_after`: the header, "" without one.

    A redirection isn't followed: what is signed goes to the address of the config alone. It is
    tried again, as whoever mends that address wants what has happened meanwhile.
    """
    if status in _TAKEN:
        return None
    final = status in _REFUSED and status not in _LATER
    return DeliveryFailed(
        f"HTTP {status}", permanent=final, after=None if final else _asked(retry_after, now)
    )


def _asked(retry_after: str, now: datetime) -> timedelta | None:
    """How long it asks to wait, by seconds or by a date; None where it doesn't say."""
    said = retry_after.strip()
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=int(said[:9])), _LONGEST)
    with contextlib.suppress(ValueError):
        moment = parsedate_to_datetime(said)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max(moment - now, timedelta(0)), _LONGEST)
    return None
