"""Functions that wait for the book at the same time."""

import asyncio
import threading

from bot.store import Store, Work


class Gate:
    """Holds the writer until it is opened, so that others come to wait behind it."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self, _: Work) -> None:
        self.reached.set()
        assert self.open.wait(10)

    async def wait(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self.reached.wait, 10)


async def together(store: Store, *fns: object) -> list[object]:
    """Let these wait at the same time, so that one commit serves them."""
    gate = Gate()
    first = asyncio.ensure_future(store.write(gate))
    await gate.wait()
    rest = [asyncio.ensure_future(store.write(fn)) for fn in fns]
    await asyncio.sleep(0)
    gate.open.set()
    await first
    return await asyncio.gather(*rest, return_exceptions=True)
