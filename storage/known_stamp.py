"""The order of all changes of what the desk knows, by which each replica keeps in step."""

from datetime import datetime

from storage.columns import EPOCH, MICROSECOND
from storage.cursors import Cursors
from storage.pen import Pen

_KEY = "known"


def stamp(pen: Pen) -> int:
    """The latest one; 0 where there was no change."""
    return int(Cursors(pen).load(_KEY) or 0)


def advance(pen: Pen, at: datetime) -> int:
    """The one of a change at this moment, behind all there were.

    Two at once can't both get it: the later transaction runs again. It counts microseconds, so
    that one which was given up is hardly given again.
    """
    following = max(stamp(pen) + 1, (at - EPOCH) // MICROSECOND)
    Cursors(pen).save(_KEY, str(following))
    return following
