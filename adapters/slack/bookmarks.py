"""How far each room of Slack was read, as the ts of its messages."""

import time

from adapters.chat import bookmarks
from adapters.slack.ids import is_ts
from bot.channel import Cursor


class Bookmarks(bookmarks.Bookmarks):
    """One for each room; see there."""

    def __init__(self, cursor: Cursor, channel: str) -> None:
        super().__init__(cursor, channel, bookmarks.Scale(now, is_ts))


def now() -> str:
    """This moment as a ts."""
    return f"{time.time():.6f}"
