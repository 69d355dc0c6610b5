"""How far each room of Discord was read, threads with it, as the ids of its messages."""

from adapters.chat import bookmarks
from adapters.discord import ids
from bot.channel import Cursor


class Bookmarks(bookmarks.Bookmarks):
    """One for each room; ids grow with time in all of Discord, so it holds for its threads too."""

    def __init__(self, cursor: Cursor, channel: str) -> None:
        def now() -> str:
            return ids.since(cursor.now())

        super().__init__(cursor, channel, bookmarks.Scale(now, ids.is_id))
