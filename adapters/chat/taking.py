"""What is being taken in: each thing once, however often it is sent meanwhile, and in order."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")

_REMEMBERED = 4096  # things taken in, so that one which comes by two ways isn't fetched twice


class Taking:
    """The work under way for what a chat sent; it outlives the request that brought it.

    `undone` is told of what failed when nobody waited for it.
    """

    def __init__(self, undone: Callable[[Exception], None]) -> None:
        self._undone = undone
        self._under_way: dict[str, asyncio.Task[Any]] = {}
        self._aside: set[asyncio.Task[Any]] = set()
        self._taken: OrderedDict[str, None] = OrderedDict()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def once(self, key: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do this, unless it is done; whoever comes while it is under way waits for its end.

        What raises isn't done: it is tried again when it comes again.
        """
        if key in self._taken:
            return
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(self._noted(key, work))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        await asyncio.shield(task)

    async def over(self, key: str) -> None:
        """Wait until this is no longer under way, however it ends."""
        if task := self._under_way.get(key):
            await asyncio.wait({task})

    def aside(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do something that nobody need wait for, and that ends with the connection."""
        return self.begun(self._unheard(work))

    def begun(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """The same for whoever waits a while for its end."""
        task = asyncio.create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
        return task

    @asynccontextmanager
    async def turn(self, matter: str) -> AsyncIterator[None]:
        """Wait until what came earlier in this matter is taken in."""
        lock = self._turns.get(matter)
        if lock is None:
            lock = self._turns[matter] = asyncio.Lock()
        async with lock:
            yield

    async def close(self) -> None:
        """Break off what is under way; none of it counts as taken in."""
        tasks = [*self._under_way.values(), *self._aside]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _noted(self, key: str, work: Callable[[], Awaitable[None]]) -> None:
        await work()
        self._taken[key] = None
        if len(self._taken) > _REMEMBERED:
            self._taken.popitem(last=False)

    async def _unheard(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - nobody is left to hear of it but the operator
            self._undone(error)
