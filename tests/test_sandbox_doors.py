"""A local server that closes shows out whoever stands at its doors, and leaves nothing behind."""

import asyncio
import gc
import logging
import socket
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from mail_cable import Cable

from sandbox.mail import MailServer

TURNS = range(7)  # of the loop, from a knock at the door to a conversation that has begun
Close = Callable[[], Awaitable[object]]


@asynccontextmanager
async def opened(door: str) -> AsyncIterator[tuple[int, Close]]:
    """The port of a door, and what closes it."""
    server = await MailServer.start({"help@desk.example": "pw"})
    async with server, Cable(server.imap_port) as cable:
        yield {
            "imap": (server.imap_port, server.stop),
            "smtp": (server.smtp_port, server.stop),
            "cable": (cable.port, cable.take_away),
        }[door]


@pytest.mark.parametrize("turns", TURNS)
@pytest.mark.parametrize("door", ["imap", "smtp", "cable"])
async def test_who_knocks_while_it_closes_is_shown_out(
    door: str, turns: int, caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_debug(True)  # else a guest that is lost in the door is not even logged
    caplog.set_level(logging.ERROR)
    async with opened(door) as (port, close):
        with socket.create_connection(("127.0.0.1", port), timeout=2) as guest:
            for _ in range(turns):
                await asyncio.sleep(0)
            await close()
            await asyncio.to_thread(leaves, guest)
    with warnings.catch_warnings(record=True) as left:
        warnings.simplefilter("always")
        gc.collect()
    assert [str(each.message) for each in left] == []
    assert caplog.messages == []
    assert asyncio.all_tasks() == {asyncio.current_task()}


def leaves(guest: socket.socket) -> None:
    """Read until the other side has hung up."""
    try:
        while guest.recv(1000):
            pass
    except ConnectionResetError:
        pass  # it hung up without a word
