"""Who of several replicas leads: holds what only one may hold, and runs the jobs.

The lock is for thrift and not for truth: for a moment after it was lost two may think that they
lead, and what they do must be harmless twice.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.store import StoreError
from storage.database import engine_for

_KEY = 0x6C656164  # "lead"; PostgreSQL's advisory locks are apart for each database
_SECOND = timedelta(seconds=1)


class Leader:
    """One replica's claim to lead those that work on the same book."""

    def __init__(self, url: str, *, every: timedelta = 2 * _SECOND) -> None:
        """`every` is how often to try, and, once leading, to see that it is still so."""
        engine = engine_for(url)
        self._lock: _Lock = (
            _File(_beside(engine)) if engine.dialect.name == "sqlite" else _Session(engine)
        )
        self._every = every.total_seconds()

    @property
    def is_taken(self) -> bool:
        """Whether another replica led at the last try; False while the book can't be reached."""
        return self._lock.taken

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[asyncio.Event]:
        """Wait until this replica leads; gives an event that is set when it no longer does.

        Whoever leads must stop at once when the event is set, and then may wait to lead again.
        Leaving lets the next replica lead. A server that doesn't answer is waited for; a file
        that can't be opened raises `StoreError`.
        """
        # One thread, so that the lock is never let go while it is still being taken.
        thread = ThreadPoolExecutor(1, "book-leader")
        try:
            await self._until(thread, self._lock.take, answer=True)
            lost = asyncio.Event()
            watch = asyncio.create_task(self._watch(thread, lost))
            try:
                yield lost
            finally:
                watch.cancel()
        finally:
            thread.submit(self._lock.release)
            thread.shutdown(wait=False)

    async def _watch(self, thread: Executor, lost: asyncio.Event) -> None:
        await self._until(thread, self._lock.is_held, answer=False)
        lost.set()

    async def _until(self, thread: Executor, question: Callable[[], bool], *, answer: bool) -> None:
        while await self._ask(thread, question) is not answer:  # noqa: ASYNC110 - no one tells us
            await asyncio.sleep(self._every)

    async def _ask(self, thread: Executor, question: Callable[[], bool]) -> bool:
        """The answer, or no when none comes in time: a server that is silent is as good as gone."""
        answer = asyncio.get_running_loop().run_in_executor(thread, question)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(self._every, 5.0)):
                return await answer
        return False


def see_lock(url: str) -> None:
    """See that a replica could come to lead; raises `StoreError`, and makes nothing."""
    engine = engine_for(url, make=False)
    if engine.dialect.name == "sqlite":
        with suppress(FileNotFoundError):
            os.close(_opened(_beside(engine), os.O_RDWR))


def _beside(engine: Engine) -> Path:
    """The file that is locked for an SQLite database."""
    return Path(f"{engine.url.database}.lock")


def _opened(path: Path, how: int) -> int:
    try:
        return os.open(path, how, 0o600)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreError(
            f"{path} can't be opened ({error.strerror})",
            "give the desk's user the right to; while no desk runs it may be deleted",
        ) from error


class _Lock(Protocol):
    taken: bool

    def take(self) -> bool: ...
    def is_held(self) -> bool: ...
    def release(self) -> None: ...


class _File:
    """The operating system's lock on a file beside the database: ends with the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self.taken = False

    def take(self) -> bool:
        self._handle = _opened(self._path, os.O_CREAT | os.O_RDWR)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.taken = True
            self.release()
        else:
            self.taken = False
        return self.is_held()

    def is_held(self) -> bool:
        if self._handle is None:
            return False
        with suppress(FileNotFoundError):  # whoever takes the file away lets another be locked
            return os.path.samestat(os.fstat(self._handle), self._path.stat())
        return False

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class _Session:
    """An advisory lock of PostgreSQL, on a connection of its own: ends with the connection.

    No pool may keep that connection: a lock on an idle pooled one is held by nobody.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self.taken = False

    def take(self) -> bool:
        with suppress(DBAPIError):
            self._connection = self._engine.connect()
        leads = self._ask(sa.func.pg_try_advisory_lock(_KEY))
        self.taken = self._connection is not None and not leads
        if not leads:
            self.release()
        return self._connection is not None

    def is_held(self) -> bool:
        return self._ask(sa.true())

    def release(self) -> None:
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None

    def _ask(self, question: sa.ColumnElement[bool]) -> bool:
        if self._connection is None:
            return False
        try:
            return bool(self._connection.execute(sa.select(question)).scalar())
        except DBAPIError:
            self.release()
            return False
