"""Trigger ids: each lets the app open one form, within three seconds, for whoever acted."""

from dataclasses import dataclass
from itertools import count
from secrets import token_hex

from sandbox.slack.refusal import Refused


@dataclass(slots=True)
class Trigger:
    """What somebody did: who, when, and in which open view, if in one."""

    user: str
    at: float
    view: str = ""
    exchanged: bool = False


class Triggers:
    """The trigger ids given out; `life` is how long one may be used, in seconds."""

    def __init__(self) -> None:
        self.life = 3.0
        self._given: dict[str, Trigger] = {}
        self._numbers = count(4_000_000_000_001)

    def give(self, user: str, now: float, view: str = "") -> str:
        """Return a new trigger id for what a user just did."""
        id_ = f"{next(self._numbers)}.1000000000000.{token_hex(16)}"
        self._given[id_] = Trigger(user, now, view)
        return id_

    def exchange(self, id_: object, now: float) -> Trigger:
        """Use a trigger id up, or refuse."""
        trigger = self._given.get(id_) if isinstance(id_, str) else None
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.exchanged:
            raise Refused("exchanged_trigger_id")
        if now - trigger.at > self.life:
            raise Refused("expired_trigger_id")
        trigger.exchanged = True
        return trigger
