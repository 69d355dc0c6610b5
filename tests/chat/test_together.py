"""Works that stand and fall together end together, and a cancellation is never lost."""

import asyncio

import pytest

from adapters.chat.together import together


async def slow_to_close(closed):
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0.02)
        closed.append(True)


async def failing():
    await asyncio.sleep(0)
    raise ValueError("no more")


async def test_the_first_failure_ends_all_and_is_told():
    closed = []
    with pytest.raises(ValueError, match="no more"):
        await together([failing(), slow_to_close(closed)])
    assert closed


async def test_a_cancellation_while_they_close_is_heard_and_cuts_nothing_off():
    closed = []
    task = asyncio.create_task(together([failing(), slow_to_close(closed)]))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed
