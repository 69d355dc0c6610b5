"""Keeps the pace that Slack asks for in a room, so that nobody asks in vain meanwhile."""

import asyncio
from collections import OrderedDict
from datetime import timedelta

from adapters.slack.web_api import SlackSaysNo
from bot.channel import DeliveryFailed

_BETWEEN = 1.0  # seconds between two posts in a room, by Slack's documentation
_EARLY = 0.05  # seconds that a message may come before its turn
_MOST = 10_000  # rooms and turns that are remembered


class Pace:
    """The rooms in which Slack asked for a pause.

    Whoever wants to post there before it is over is given a turn, one a second behind the pause,
    without asking Slack. So a hundred messages for one room come back one by one, each once.
    """

    def __init__(self) -> None:
        self._next: OrderedDict[str, float] = OrderedDict()  # by room: when the next turn is
        self._turns: OrderedDict[tuple[str, int], float] = OrderedDict()  # by room and row

    def heed(self, room: str, row: int) -> None:
        """Return when it may be posted; else raise DeliveryFailed with the time until its turn."""
        now = asyncio.get_running_loop().time()
        turn = self._turns.pop((room, row), None)
        if turn is None and self._next.get(room, 0.0) <= now:
            self._next.pop(room, None)
            return
        if turn is None or turn > now + _EARLY:
            left = self._turn(room, row, turn) - now
            reason = f"Slack asked for a pause in {room}"
            raise DeliveryFailed(reason, after=timedelta(seconds=left))

    def slow(self, room: str, row: int, failure: DeliveryFailed) -> None:
        """Where Slack asked for a pause: heed it, and raise the time until the message's turn."""
        refusal = failure.__cause__
        if not isinstance(refusal, SlackSaysNo) or refusal.after is None:
            return
        now = asyncio.get_running_loop().time()
        over = now + refusal.after.total_seconds()
        self._next[room] = max(self._next.get(room, 0.0), over)
        left = self._turn(room, row, None) - now
        raise DeliveryFailed(
            failure.reason, after=timedelta(seconds=left), ambiguous=failure.ambiguous
        ) from failure

    def _turn(self, room: str, row: int, turn: float | None) -> float:
        """When its turn is: the one it has, or the next."""
        if turn is None:
            turn = self._next[room]
            self._next[room] = turn + _BETWEEN
        self._turns[room, row] = turn
        for kept in (self._next, self._turns):
            while len(kept) > _MOST:
                kept.popitem(last=False)
        return turn
