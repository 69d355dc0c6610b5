"""A mailbox's folder over IMAP: what is in it, what it says, and where read mail goes."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Self

from adapters.email.connect import Trust
from adapters.email.imap_line import ConnectionLost, Line, ServerSaysNo
from adapters.email.imap_text import (
    Stored,
    bodies,
    folder_name,
    namespace,
    number_set,
    numbers,
    search_date,
    stored,
)
from adapters.email.oauth import Tokens
from adapters.email.settings import Mailbox
from bot.channel import WrongSettings

__all__ = ["CHUNK", "ConnectionLost", "Folder", "ServerSaysNo", "Session", "Stored"]

CHUNK = 100  # the most messages that one command names

_VALIDITY = re.compile(rb"UIDVALIDITY (\d+)")
_COUNT = re.compile(rb"(\d+) EXISTS")
_BREATH = 1.0  # seconds before asking again a server that won't let us wait


@dataclass(frozen=True, slots=True)
class Folder:
    """A selected folder; UIDs mean the same messages for as long as `validity` is the same."""

    validity: int
    count: int


class Session:
    """One signed-in connection; use it from one task at a time.

    Every method raises ConnectionLost when the connection is gone, cut or silent for too long;
    then, and when a call was cancelled, the session is of no more use.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._away = ""  # the folder for read mail, once it is known to be there

    @classmethod
    async def open(
        cls, mailbox: Mailbox, trust: Trust, tokens: Tokens | None, *, patience: float = 30
    ) -> Self:
        """Connect and sign in; a refused token is fetched anew once.

        `patience`: seconds to wait for any answer. Raises WrongSettings when the server refuses
        the sign-in or shows a wrong certificate, OSError when it can't be reached.
        """
        line = Line(mailbox, patience)
        try:
            await line.connect(trust)
            if not await line.sign_in(tokens, last_try=tokens is None):
                await line.goodbye()
                line = Line(mailbox, patience)
                await line.connect(trust)
                await line.sign_in(tokens, last_try=True)
        except BaseException:
            line.hang_up()
            raise
        return cls(line)

    async def select(self, folder: str) -> Folder:
        """Open a folder; WrongSettings when there is no such folder."""
        line = self._line
        try:
            lines = await line.ask(line.wire.select(folder_name(folder)))
        except ServerSaysNo as error:
            if error.passing:
                raise ConnectionLost(str(error)) from error
            problem = f"{line.mailbox.name}: folder {folder!r} can't be opened ({error})"
            raise WrongSettings(problem, "correct folder") from error
        text = b"\n".join(lines)
        validity, count = _VALIDITY.search(text), _COUNT.search(text)
        return Folder(int(validity[1]) if validity else 0, int(count[1]) if count else 0)

    async def after(self, uid: int) -> list[int]:
        """Return the UIDs above `uid`, ascending."""
        # The newest message always answers to "n:*", be its UID ever so low.
        return [found for found in await self._search(f"UID {uid + 1}:*") if found > uid]

    async def since(self, day: date) -> list[int]:
        """Return the UIDs of what came on that day or later, ascending."""
        return await self._search(f"SINCE {search_date(day)}")

    async def newest(self) -> int:
        """Return the highest UID, 0 for an empty folder."""
        return max(await self._search("UID *"), default=0)

    async def stored(self, uids: Sequence[int]) -> list[Stored]:
        """Return size and day of up to `CHUNK` messages; those that are gone are left out."""
        parts = "(UID RFC822.SIZE INTERNALDATE)"
        lines = await self._line.ask(self._line.wire.uid_fetch(number_set(uids), parts))
        return sorted(stored(lines), key=lambda message: message.uid)

    async def fetch(self, uid: int, *, first: int = 0) -> bytes | None:
        """Return a message's bytes, or its `first` ones; None when it is gone. Marks nothing."""
        return await self._body(uid, f"BODY.PEEK[]<0.{first}>" if first else "BODY.PEEK[]")

    async def fetch_all(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Return the bytes of up to `CHUNK` messages by UID; those that are gone are left out."""
        asking = self._line.wire.uid_fetch(number_set(uids), "(UID BODY.PEEK[])")
        return dict(bodies(await self._line.ask(asking, patient=True)))

    async def results(self, uid: int) -> bytes | None:
        """Return a message's Authentication-Results fields; None when it is gone."""
        return await self._body(uid, "BODY.PEEK[HEADER.FIELDS (AUTHENTICATION-RESULTS)]")

    async def mark_seen(self, uids: Sequence[int]) -> None:
        r"""Set \Seen; ServerSaysNo when the folder is read-only."""
        await self._flag(number_set(uids), r"\Seen")

    async def put_away(self, uids: Sequence[int], folder: str) -> None:
        """Move messages to `folder`, which is made when it isn't there.

        Without MOVE they are copied and marked deleted, and expunged if that can be done for
        these alone (UIDPLUS). Raises ServerSaysNo.
        """
        line, wire, chosen = self._line, self._line.wire, number_set(uids)
        self._away = self._away or await self._made(folder)
        if line.can("MOVE"):
            await line.ask(wire.move(chosen, self._away, by_uid=True))
            return
        await line.ask(wire.copy(chosen, self._away, by_uid=True))
        await self._flag(chosen, r"\Deleted")
        if line.can("UIDPLUS"):
            await line.ask(wire.expunge(chosen, by_uid=True))

    async def wait_for_news(self, seconds: float) -> None:
        """Return when the server announces mail, or after `seconds`: a hint, never the truth."""
        wire = self._line.wire
        if not wire.news.is_set():
            if self._line.can("IDLE"):
                await self._idle(seconds)
            else:
                await asyncio.wait({wire.lost}, timeout=seconds)
        if not wire.news.is_set():
            await self._line.ask(wire.simple_command("NOOP"))  # some tell of new mail only then

    async def close(self) -> None:
        """Say goodbye if the server listens, and hang up."""
        await self._line.goodbye()

    def hang_up(self) -> None:
        """Cut the connection without a word."""
        self._line.hang_up()

    async def _search(self, what: str) -> list[int]:
        wire = self._line.wire
        wire.news.clear()  # what is announced from here on, this search may not have seen
        lines = await self._line.ask(wire.search(what, charset=None, by_uid=True))
        return numbers(lines[:-1])

    async def _body(self, uid: int, part: str) -> bytes | None:
        asking = self._line.wire.uid_fetch(str(uid), f"(UID {part})")
        lines = await self._line.ask(asking, patient=True)
        for line in lines:
            if isinstance(line, bytearray):
                return bytes(line)
        # An empty one may come as a string: BODY[] "".
        return b"" if any(b" BODY[" in line for line in lines[:-1]) else None

    async def _flag(self, chosen: str, flag: str) -> None:
        await self._line.ask(self._line.wire.store(chosen, f"+FLAGS.SILENT ({flag})", by_uid=True))

    async def _made(self, folder: str) -> str:
        """The folder's name on this server; it is made if need be, and shown to mail programs."""
        line, prefix, divider = self._line, "", ""
        if line.can("NAMESPACE"):
            prefix, divider = namespace(await line.ask(line.wire.namespace()))
        own = folder.replace("/", divider or "/")
        name = folder_name(own if own.startswith(prefix) else prefix + own)
        for command in ("CREATE", "SUBSCRIBE"):
            with suppress(ServerSaysNo):  # it is there already; if not, moving will tell
                await line.ask(line.wire.simple_command(command, name))
        return name

    async def _idle(self, seconds: float) -> None:
        wire = self._line.wire
        idle = asyncio.ensure_future(wire.idle())
        begun = asyncio.ensure_future(wire.wait_for_idle_response())
        news = asyncio.ensure_future(wire.news.wait())
        try:
            await _first(idle, begun, wire.lost, seconds=self._line.patience)
            if begun.done():
                await _first(idle, news, wire.lost, seconds=seconds)
            if idle.done():  # of its own accord, or it won't have it at all
                await _first(wire.lost, seconds=min(seconds, _BREATH))
            elif begun.done() and not wire.lost.done():
                wire.idle_done()
            await self._line.outcome(_ended(idle))
        finally:
            begun.cancel()
            news.cancel()
            if not idle.done():
                idle.cancel()
                self.hang_up()


async def _first(*waited: "asyncio.Future[object]", seconds: float) -> None:
    await asyncio.wait(set(waited), timeout=seconds, return_when="FIRST_COMPLETED")


async def _ended(task: "asyncio.Future[object]") -> object:
    return await task
