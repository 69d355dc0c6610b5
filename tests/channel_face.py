"""A desk with requesters and agents on one channel: the same verbs, whichever channel it is."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from clock import Clock

from bot.app import App
from bot.model.settings import Desk

File = tuple[str, bytes]
Picture = tuple[str, bytes]
"""What is read out in its place, and its content."""


@dataclass(frozen=True)
class Cast:
    """Who takes part in a scene: one who asks and one who answers, in one language."""

    language: str
    asker: str
    name: str
    agent: str
    by: str  # the agent's name
    other_agent: str
    colleague: str  # that one's name

    @property
    def first(self) -> str:
        """The name by which the asker is greeted."""
        return self.name.split()[0]


CASTS = {
    "en": Cast("en", "tom", "Tom Baker", "sara", "Sara Stone", "hugo", "Hugo Sanz"),
    "es": Cast("es", "ana", "Ana Ruiz", "hugo", "Hugo Sanz", "sara", "Sara Stone"),
}


class Face(Protocol):
    """Who is who is told by keys: "tom", "ana" and "bob" ask, "sara" and "hugo" answer.

    When a verb returns, all that follows from it has been carried out.
    """

    app: App

    async def reports(self, who: str, words: str, files: tuple[File, ...] = ()) -> None:
        """Begin a conversation with the desk."""

    async def says(self, who: str, words: str, files: tuple[File, ...] = ()) -> None:
        """Go on in the conversation that they began last."""

    async def claims(self, agent: str, number: int = 1) -> None:
        """Take a ticket."""

    async def notes(self, agent: str, words: str, number: int = 1) -> None:
        """Write to the other agents alone."""

    async def replies(
        self, agent: str, words: str, number: int = 1, files: tuple[File, ...] = ()
    ) -> None:
        """Write to the requester."""

    async def gives(self, who: str, line: str) -> str:
        """Give a command by its words, "hold IT-1 2h"; what they are told of it at once."""

    async def presses(self, who: str, label: str, instead: str) -> str:
        """Press a button of what the desk said last in their conversation.

        Where there are none they answer `instead`. What they are told of it at once.
        """

    async def heard(self, who: str) -> list[str]:
        """What the desk said to a requester since this was asked last, with who says it."""

    def reads(self, who: str) -> str:
        """All that a requester can read by now of what the desk said to them."""

    def shown(self, agent: str, number: int = 1) -> str:
        """What an agent reads of a ticket without asking: a letter, or its card and its thread."""

    async def posted(self, agent: str) -> tuple[list[str], list[Picture]]:
        """What an agent reads of no ticket: in the team's room, or in letters of their own."""

    def called(self, who: str) -> str:
        """How a command names somebody."""

    async def passes(self, **time: float) -> None:
        """Let time pass, and what is due be done."""


Shape = Callable[[Desk], Desk]
"""Changes the settings of a desk before it opens."""


def same(desk: Desk) -> Desk:
    """A desk as it is."""
    return desk


class Open(Protocol):
    """Opens a desk with its book at a url, its files in a folder, by a clock."""

    def __call__(
        self, url: str, folder: Path, clock: Clock, shape: Shape = same
    ) -> AbstractAsyncContextManager[Face]: ...
