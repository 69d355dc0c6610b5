"""A function that waits for its transaction, and the hand-over of what came of it."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue

from bot import store
from bot.model.mailroom import Letter
from storage.trouble import told
from storage.work import Work

TRIES = 3
"""How often a function runs that meets a `Conflict` each time."""


@dataclass(slots=True, eq=False)
class Errand:
    """A plain function, whoever awaits it, and, once it ran, its result or its error."""

    fn: Callable[[store.Work], object]
    future: asyncio.Future[object]
    reads: bool = False
    durable: bool = True
    result: object = field(default=None, init=False)
    error: BaseException | None = field(default=None, init=False)
    queued: Collection[str] = field(default=(), init=False)  # channels it queued letters for

    def run(self, work: Work) -> None:
        """Run the function once; keeps its result or its error, and raises nothing."""
        self.error = None
        try:
            self.result = self.fn(work)
        except BaseException as error:  # noqa: BLE001 - it is the caller's, and reaches them
            self.error = error
        self.queued = work.queued if self.error is None else ()

    def fail(self, error: BaseException) -> None:
        """It came to nothing, whatever the function said."""
        self.error, self.queued = error, ()

    def settle(self) -> None:
        """Tell whoever awaits it, if they still do. Belongs in the event loop."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        elif isinstance(self.error, StopIteration):
            self.future.set_exception(RuntimeError("the function raised StopIteration"))
        else:
            self.future.set_exception(told(self.error))


Line = SimpleQueue[Errand | None]
"""Who waits, first come first served; None says that nobody comes after."""


@dataclass(frozen=True, slots=True)
class HandBack:
    """The way of errands that ran back to the event loop."""

    loop: asyncio.AbstractEventLoop
    takers: list[store.TakesLetters] = field(default_factory=list)

    def claim(self, work: Work, errands: Sequence[Errand]) -> list[Letter]:
        """What is claimed of the letters that these have queued, in their own transaction."""
        channels = _queued(errands)
        return [each for taker in self.takers for each in taker.claim(work, channels)]

    def settle(self, errands: Sequence[Errand], letters: Collection[Letter] = ()) -> None:
        """Settle these in the event loop, all in one knock; may be called from any thread."""
        try:
            self.loop.call_soon_threadsafe(self.hand, errands, letters)
        except RuntimeError:  # the loop has ended, and with it everybody who waited
            return

    def hand(self, errands: Sequence[Errand], letters: Collection[Letter] = ()) -> None:
        """Hand them back now, in the event loop, and ring for the letters they queued."""
        for each in errands:
            each.settle()
        if channels := _queued(errands):
            for taker in self.takers:
                taker.wake(letters, channels)


def _queued(errands: Sequence[Errand]) -> set[str]:
    """The channels that letters were queued for."""
    return {channel for each in errands for channel in each.queued}
