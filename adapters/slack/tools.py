"""The tools with which everything that comes in is taken in."""

from dataclasses import dataclass

from adapters.slack.showing import Showing
from adapters.slack.taking import Taking
from adapters.slack.workspace import Workspace
from bot.channel import Counter, Receive


@dataclass(frozen=True, slots=True)
class Tools:
    """One set of them for all that comes in while the door is open."""

    workspace: Workspace
    counter: Counter
    receive: Receive
    taking: Taking
    showing: Showing
