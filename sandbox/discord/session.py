"""A session of the gateway: what the bot asked for, and what it was told, to be told again."""

import json
from collections import deque
from collections.abc import Callable
from secrets import token_hex

from sandbox.discord.news import Event, Intent

_KEPT = 5000  # events that can be told again

Send = Callable[[str], None]


class Session:
    """One session; `send` is its socket's, None while it has none."""

    def __init__(self, intents: Intent, shard: list[int]) -> None:
        self.id = token_hex(16)
        self.intents = intents
        self.shard = shard
        self.send: Send | None = None
        self.sequence = 0
        self._told: deque[tuple[int, str]] = deque(maxlen=_KEPT)

    def tell(self, event: Event) -> None:
        """Dispatch an event if the session asked for it; keep it for a resume."""
        if event.intent and not self.intents & event.intent:
            return
        bare = event.bare is not None and Intent.MESSAGE_CONTENT not in self.intents
        self.sequence += 1
        data = event.bare if bare else event.data
        frame = json.dumps({"op": 0, "s": self.sequence, "t": event.name, "d": data})
        self._told.append((self.sequence, frame))
        if self.send:
            self.send(frame)

    def again(self, after: int) -> list[str] | None:
        """Return the events after a sequence number, None if they aren't kept any more."""
        missed = [frame for number, frame in self._told if number > after]
        return missed if len(missed) == self.sequence - after else None
