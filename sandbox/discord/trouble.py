"""Trouble on demand: routes that fail, wait, limit their rate, or lose their answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.discord.limits import Limited

ANY = "*"


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls of a route (in a channel, if one is named)."""

    times: int
    channel: int | None = None
    status: int = 0
    code: int = 0
    message: str = ""
    limited: Limited | None = None
    loses: bool = False


class Troubles:
    """The faults that wait for their routes."""

    def __init__(self) -> None:
        self.delays: dict[str, float] = {}  # seconds, by route
        self._waiting: dict[str, list[Fault]] = {}

    def add(self, route: str, fault: Fault) -> None:
        """Let a route meet a fault; "*" stands for each."""
        self._waiting.setdefault(route, []).append(fault)

    def meet(self, route: str, path: Mapping[str, str]) -> Fault | None:
        """Return what goes wrong with this call, if anything."""
        for fault in self._waiting.get(route, []) + self._waiting.get(ANY, []):
            fits = fault.channel is None or str(fault.channel) == path.get("channel")
            if fault.times and fits:
                fault.times -= 1
                return fault
        return None

    def delay(self, route: str) -> float:
        """Return how many seconds a call of a route waits."""
        return self.delays.get(route, self.delays.get(ANY, 0.0))
