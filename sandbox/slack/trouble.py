"""Trouble on demand: methods that fail, wait, limit their rate, or lose their answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.slack.refusal import Wire

_BURST = 4.0  # posts that a channel takes at once when posts are paced
_POSTING = ("chat.postMessage", "chat.postEphemeral")


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls of a method (in a channel, if one is named)."""

    times: int
    channel: str = ""
    error: str = ""
    status: int = 0
    retry_after: int = 0
    loses: bool = False
    more: Wire = field(default_factory=dict)


class Troubles:
    """The faults that wait for their methods, and the pace of posts."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.paced = False
        self.delays: dict[str, float] = {}  # seconds, by method
        self._clock = clock
        self._waiting: dict[str, list[Fault]] = {}
        self._buckets: dict[str, tuple[float, float]] = {}

    def add(self, method: str, fault: Fault) -> None:
        """Let a method meet a fault; "*" stands for each method."""
        self._waiting.setdefault(method, []).append(fault)

    def meet(self, method: str, args: Wire) -> Fault | None:
        """Return what goes wrong with this call, if anything."""
        if self._waiting:
            for fault in self._waiting.get(method, []) + self._waiting.get("*", []):
                fits = not fault.channel or fault.channel == str(args.get("channel"))
                if fault.times and fits:
                    fault.times -= 1
                    return fault
        if self.paced and method in _POSTING:
            return self._pace(str(args.get("channel")))
        return None

    def _pace(self, channel: str) -> Fault | None:
        now = self._clock()
        tokens, before = self._buckets.get(channel, (_BURST, now))
        tokens = min(_BURST, tokens + now - before)
        if tokens < 1:
            self._buckets[channel] = (tokens, now)
            return Fault(1, retry_after=1)
        self._buckets[channel] = (tokens - 1, now)
        return None
