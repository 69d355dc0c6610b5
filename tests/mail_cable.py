"""A stretch of wire between the desk and a server, which can be cut, taken away and put back."""

import asyncio
import contextlib
from typing import Self

from sandbox.closing import close_doors, see_out

_PIECE = 64 * 1024  # bytes carried at once


class Cable:
    """Carries every connection to its own port on to `far`, a port or the path of a socket.

    To be used with `async with`; the near port stays the same for as long as the cable is there.
    """

    def __init__(self, far: int | str) -> None:
        self.far = far
        self.port = 0
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._talks: set[asyncio.Task[None]] = set()
        self._left: int | None = None  # bytes until it breaks

    async def __aenter__(self) -> Self:
        await self.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.take_away()
        await see_out(self._talks)

    def cut(self) -> None:
        """Break every connection at once, without a word; new ones are carried."""
        for end in list(self._ends):
            end.transport.abort()

    async def take_away(self) -> None:
        """Break every connection and refuse new ones."""
        if self._server is not None:
            server, self._server = self._server, None
            await close_doors([server])
        self.cut()

    async def mend(self) -> None:
        """Carry connections, again after `take_away`."""
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.port)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def break_after(self, size: int) -> None:
        """Cut everything, once, when the server has said so many more bytes."""
        self._left = size

    @property
    def is_whole(self) -> bool:
        """Whether no break is to come: what `break_after` asked for has happened."""
        return self._left is None

    async def _talk(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self._ends.add(to_near)
        try:
            far, to_far = await self._reach()
            self._ends.add(to_far)
            await asyncio.gather(self._carry(near, to_far), self._carry(far, to_near, told=True))
            self._ends.discard(to_far)
        except OSError:
            to_near.transport.abort()  # as a router does that finds nobody there
        finally:
            self._ends.discard(to_near)
            self._talks.discard(task)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self.far, int):
            return await asyncio.open_connection("127.0.0.1", self.far)
        return await asyncio.open_unix_connection(self.far)

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, told: bool = False
    ) -> None:
        """One direction, to its end; `told` is what the server says."""
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(_PIECE):
                if told and self._left is not None:
                    piece, self._left = piece[: self._left], self._left - len(piece)
                writer.write(piece)
                await writer.drain()
                if self._left is not None and self._left <= 0:
                    self._left = None
                    await asyncio.sleep(0.01)  # so that what was let through arrives
                    self.cut()
        writer.close()
