"""A chat of the demo, whichever network it is on: who is there, what they do, what they see."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from sandbox.cast import Person

Post = TypeVar("Post")

SIGNS = {"✅": "white_check_mark", "👀": "eyes", "🎫": "ticket", "📣": "mega"}
"""The signs that the desk knows, and their names on Slack."""


class Form(Protocol):
    """A form that somebody has open."""

    @property
    def title(self) -> str:
        """The words at its top."""

    @property
    def labels(self) -> list[str]:
        """The labels of its fields, from the top."""

    @property
    def errors(self) -> dict[str, str]:
        """What keeps it from being sent, by label."""


class Member(Protocol[Post]):
    """Somebody at their chat; what isn't there to be done raises AssertionError with what is."""

    errors: list[str]

    @property
    def form(self) -> Form | None:
        """The form they have open."""

    @property
    def ephemerals(self) -> list[Post]:
        """What only they see, oldest first."""

    async def presses(self, label: str, on: Post) -> None:
        """Press a button."""

    async def edits(self, post: Post, words: str, /) -> None:
        """Change what they said."""

    async def fills(self, values: Mapping[str, object], /) -> None:
        """Fill fields of the form in."""

    async def submits(self) -> None:
        """Send the form."""

    async def closes_form(self) -> None:
        """Close the form."""


@dataclass(frozen=True, slots=True)
class View:
    """What a post looks like on a terminal."""

    title: str
    words: str
    buttons: Sequence[str] = ()

    def print(self, console: Console, colour: str = "none") -> None:
        """Put it there."""
        buttons = "   ".join(f"[{each}]" for each in self.buttons)
        words = f"{self.words}\n\n{buttons}" if buttons else self.words
        title = escape(self.title)
        console.print(Panel(escape(words), title=title, title_align="left", border_style=colour))


class Venue(ABC, Generic[Post]):
    """One chat with those of the cast who are in it."""

    name: str
    where: str  # "in Slack"
    agent: Person  # who works there

    @abstractmethod
    def member(self, person: Person) -> Member[Post]:
        """Somebody at this chat; KeyError if they aren't in it."""

    @property
    @abstractmethod
    def people(self) -> Sequence[Person]:
        """Who is in it."""

    @property
    @abstractmethod
    def seen(self) -> list[Post]:
        """Everything that stands in its rooms and conversations, oldest first."""

    @property
    @abstractmethod
    def cards(self) -> list[Post]:
        """The tickets' cards in the agents' room, oldest first."""

    @abstractmethod
    def below(self, post: Post) -> list[Post]:
        """What was said in the conversation that a post began."""

    @abstractmethod
    def key(self, post: Post) -> str:
        """A name that no other post has."""

    @abstractmethod
    def writer(self, post: Post) -> str:
        """Who wrote a post."""

    @abstractmethod
    def view(self, post: Post) -> View:
        """What a post looks like."""

    @abstractmethod
    async def until(self, holds: Callable[[], object], within: float) -> None:
        """Wait for something; TimeoutError if it isn't so within so many seconds."""

    @abstractmethod
    async def asks(self, person: Person, words: str) -> Post:
        """Write where people ask."""

    @abstractmethod
    async def writes(self, person: Person, words: str) -> Post:
        """Write to the desk directly."""

    @abstractmethod
    async def goes_on(self, person: Person, root: Post, words: str) -> Post:
        """Say more in the conversation that a post began."""

    @abstractmethod
    async def commands(self, person: Person, words: str) -> None:
        """Give the slash command."""

    @abstractmethod
    async def signs(self, person: Person, sign: str, on: Post) -> None:
        """Put an emoji at a post, by itself or by the name it has on Slack."""
