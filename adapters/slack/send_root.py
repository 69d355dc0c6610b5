"""Finds the thread in which a letter goes on: only what begins one can be answered there."""

from collections.abc import Iterable

from adapters.slack import ids
from adapters.slack.decode_fields import stamp
from adapters.slack.workspace import Workspace


class Roots:
    """Which messages begin a thread, looked up once each."""

    def __init__(self, workspace: Workspace, most: int = 10_000) -> None:
        self._workspace = workspace
        self._most = most
        self._known: dict[tuple[str, str], bool] = {}

    async def first_of(self, names: Iterable[str], room: str) -> str:
        """The ts of the first of these messages that begins a thread in the room, "" for none.

        What was said in another's thread is passed over: what follows it there would be taken for
        more of the other's matter. Raises SlackUnreached when Slack is silent.
        """
        for there, ts in map(ids.parted, names):
            if room and there == room and await self._is_root(room, ts):
                return ts
        return ""

    def note(self, room: str, ts: str, *, begins: bool = True) -> None:
        """Whether this message begins a thread: nobody need ask again."""
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[room, ts] = begins

    async def _is_root(self, room: str, ts: str) -> bool:
        known = self._known.get((room, ts))
        if known is not None:
            return known
        found = await self._workspace.message(room, ts)
        if found is None:
            return True  # taken away, say: posting there tells
        begins = stamp(found, "thread_ts") in ("", ts)
        self.note(room, ts, begins=begins)
        return begins
