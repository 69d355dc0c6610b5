"""A function that waits for its transaction, and the hand-over of what came of it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue

from bot import store
from storage.trouble import told
from storage.work import Work

TRIES = 3
"""How often a function runs that meets a `Conflict` each time."""


@dataclass(slots=True, eq=False)
class Job:
    """A plain function, whoever awaits it, and, once it ran, its result or its error."""

    fn: Callable[[store.Work], object]
    future: asyncio.Future[object]
    reads: bool = False
    durable: bool = True
    result: object = field(default=None, init=False)
    error: BaseException | None = field(default=None, init=False)
    has_letters: bool = field(default=False, init=False)

    def run(self, work: Work) -> None:
        """Run the function once; keeps its result or its error, and raises nothing."""
        self.error = None
        try:
            self.result = self.fn(work)
        except BaseException as error:  # noqa: BLE001 - it is the caller's, and reaches them
            self.error = error
        self.has_letters = self.error is None and work.has_letters

    def fail(self, error: BaseException) -> None:
        """It came to nothing, whatever the function said."""
        self.error, self.has_letters = error, False

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


Line = SimpleQueue[Job | None]
"""Who waits, first come first served; None says that nobody comes after."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Where jobs are handed back to the event loop."""

    loop: asyncio.AbstractEventLoop
    on_letters: list[Callable[[], None]]

    def hand_back(self, jobs: Sequence[Job]) -> None:
        """Settle these in the event loop, all in one knock; may be called from any thread."""
        try:
            self.loop.call_soon_threadsafe(self._settle, jobs)
        except RuntimeError:  # the loop has ended, and with it everybody who waited
            return

    def _settle(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            job.settle()
        if any(job.has_letters for job in jobs):
            for call in self.on_letters:
                call()
