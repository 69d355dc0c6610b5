"""The direct talks that people began with the desk: Discord itself lists none to a bot."""

from adapters.discord import ids
from bot.channel import Cursor

_TALKS = "talks"  # the cursor's key


class KnownTalks:
    """The latest ones by the ids of their channels, kept by the desk's cursor in one line."""

    def __init__(self, cursor: Cursor, channel: str, most: int = 200) -> None:
        self._cursor = cursor
        self._key = f"{channel}/{_TALKS}"
        self._most = most
        self._known: dict[str, None] | None = None  # the latest last

    async def all(self) -> tuple[str, ...]:
        """The latest first."""
        return tuple(reversed(await self._loaded()))

    async def heard(self, talk: str) -> None:
        """Something was said there; of one that isn't known yet it is kept when this returns."""
        known = await self._loaded()
        is_new = talk not in known
        known.pop(talk, None)
        known[talk] = None
        while len(known) > self._most:
            del known[next(iter(known))]
        if is_new:
            try:
                await self._cursor.save(self._key, " ".join(known))
            except BaseException:  # cancelled, too: it isn't kept, so it is new the next time
                known.pop(talk, None)
                raise

    async def _loaded(self) -> dict[str, None]:
        if self._known is None:
            kept = (await self._cursor.load(self._key)).split()
            if self._known is None:  # somebody else may have been quicker
                self._known = dict.fromkeys(each for each in kept if ids.is_id(each))
        return self._known
