"""What takes a while, done aside: one thing after the other, by a thread of its own."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread


class Aside:
    """A thread that does what is wanted in its order; it begins with the first, and ends with all.

    What it does must not raise.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._wanted: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread: Thread | None = None

    def want(self, job: Callable[[], None]) -> None:
        """Have it done."""
        self._wanted.put(job)
        if self._thread is None:
            self._thread = Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()

    def settled(self) -> None:
        """Wait until all that was wanted is done."""
        done = Event()
        self.want(done.set)
        done.wait()

    def _work(self) -> None:
        while True:
            self._wanted.get()()
