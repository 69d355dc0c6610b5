"""The stage of the demo's scenes in a chat: what the terminal shows of it, which promises hold."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic

from rich.console import Console
from rich.markup import escape

from sandbox.cast import Person
from sandbox.postbox import PATIENCE
from sandbox.venue import Post, Venue


@dataclass
class ChatStage(Generic[Post]):
    """A chat, the terminal, and which promises were kept."""

    console: Console
    venue: Venue[Post]
    broken: list[str] = field(default_factory=list)

    async def play(self, scenes: Iterable[Callable[[], Awaitable[None]]]) -> list[str]:
        """Play them all; the promises that were not kept."""
        for scene in scenes:
            try:
                await scene()
            except (TimeoutError, AssertionError) as error:
                self.keep(f"{scene.__doc__} {error}", False)
        return self.broken

    def does(self, who: Person, what: str) -> None:
        """Tell the terminal what somebody does."""
        self.console.print(f"   [bold]{escape(who.name)}[/] {escape(what)}")

    async def sees(self, promise: str, found: Callable[[], Post | None], *signs: str) -> Post:
        """A post that was promised is there, with every sign of it. Raises `TimeoutError`."""
        began = monotonic()

        def there() -> Post | None:
            post = found()
            return post if post and all(each in self._read(post) for each in signs) else None

        await self.venue.until(there, PATIENCE)
        post = there()
        assert post is not None, "it was there a moment ago"
        self.show(post, "green")
        self.keep(promise, True)
        self.console.print(f"   [dim]{1000 * (monotonic() - began):.0f} ms[/dim]")
        return post

    def show(self, post: Post, colour: str = "none") -> None:
        """Put a post on the terminal, as people see it."""
        self.venue.view(post).print(self.console, colour)

    def keep(self, promise: str, kept: bool) -> None:
        """Note whether a promise was kept."""
        self.console.print(f"   {'[green]✓[/]' if kept else '[red]✗[/]'} {escape(promise)}")
        if not kept:
            self.broken.append(promise)

    def card(self) -> Post | None:
        """The card of the latest ticket."""
        return last(self.venue.cards)

    def last_below(self, root: Post) -> Post | None:
        """What was said last in the conversation that a post began."""
        return last(self.venue.below(root))

    def by(self, post: Post | None, person: Person) -> Post | None:
        """The post, if that person wrote it."""
        return post if post is not None and self.venue.writer(post) == person.name else None

    async def fills(self, who: Person, *values: str) -> None:
        """Somebody fills in the form that they have open, from the top, and sends it."""
        member = self.venue.member(who)
        assert member.form is not None, f"{who.name} has no form open: {member.errors}"
        await member.fills(dict(zip(member.form.labels, values, strict=False)))
        await member.submits()

    def _read(self, post: Post) -> str:
        return f"{self.venue.writer(post)} {self.venue.view(post).words}"


def last(posts: list[Post]) -> Post | None:
    """The latest of them."""
    return posts[-1] if posts else None
