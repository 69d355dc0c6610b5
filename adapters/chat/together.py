"""Several works that stand and fall together."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any


async def together(works: Iterable[Coroutine[Any, Any, Any]]) -> None:
    """Do all of them until one ends or fails, which ends the others; raises what it raised.

    Each is cancelled once, and waited for: `asyncio.gather` would cancel those that are closing
    again, and cut them off.
    """
    tasks = [asyncio.create_task(each) for each in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await _ended(tasks)


async def _ended(tasks: list[asyncio.Task[Any]]) -> None:
    """Cancel them, and come back when all of them ended, also where we are cancelled meanwhile."""
    heard: asyncio.CancelledError | None = None
    for task in tasks:
        task.cancel()
    while any(not task.done() for task in tasks):
        try:
            await asyncio.wait(tasks)
        except asyncio.CancelledError as error:
            heard = error
    if heard is not None:
        raise heard
