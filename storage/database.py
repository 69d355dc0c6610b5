"""The book on disk: hands plain functions to the threads that keep them."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Self, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.store import StoreError, TakesLetters, Work
from storage import postgres, schema, sqlite
from storage.errand import Errand, HandBack, Line
from storage.trouble import told

T = TypeVar("T")
PATIENCE = timedelta(seconds=15)


class Database:
    """`bot.store.Store` on SQLite or PostgreSQL; belongs to the event loop it was opened in."""

    def __init__(self, engine: Engine, back: HandBack, threads: int) -> None:
        self._engine = engine
        self._back = back
        self._closed = False
        self._writing: Line = SimpleQueue()
        self._reading: Line = self._writing
        if engine.dialect.name == "sqlite":
            self._reading = SimpleQueue()
            self._threads = sqlite.threads(engine, self._writing, self._reading, back)
        else:
            self._threads = postgres.threads(engine, self._writing, back, threads)

    @classmethod
    async def open(
        cls, url: str, *, threads: int = 4, patience: timedelta = PATIENCE, make: bool = True
    ) -> Self:
        """Open the book, and make it when there is none; unless `make`: then raise `NoBook`.

        `url` is "sqlite:///relative.db", "sqlite:////absolute.db" or "postgresql://…"; `threads`
        is how many connections work on PostgreSQL; `patience`, how long to wait for another
        program's lock on SQLite. Raises `StoreError`, `WrongSchema` among them.
        """
        loop = asyncio.get_running_loop()
        opened = partial(open_engine, url, patience, make=make)
        engine = await loop.run_in_executor(None, opened)
        database = cls(engine, HandBack(loop), threads)
        for thread in database._threads:
            thread.start()
        return database

    async def write(self, fn: Callable[[Work], T], *, durable: bool = True) -> T:
        """Run `fn` in one transaction and return after it is on disk; see `bot.store.Store`."""
        return await self._stand_in(self._writing, fn, durable=durable)

    async def read(self, fn: Callable[[Work], T]) -> T:
        """Run `fn` on one snapshot; raises `StoreError` when it would keep something."""
        return await self._stand_in(self._reading, fn, reads=True)

    def on_letters(self, taker: TakesLetters) -> None:
        """Tell this one of each commit that queued letters."""
        self._back.takers.append(taker)

    async def close(self) -> None:
        """Finish what waits, then let go of the files; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        for thread in self._threads:
            line = self._reading if isinstance(thread, sqlite.Reader) else self._writing
            line.put(None)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self._end, self._threads)

    async def _stand_in(self, line: Line, fn: Callable[[Work], T], **how: bool) -> T:
        loop = asyncio.get_running_loop()
        if loop is not self._back.loop:
            raise RuntimeError("this book was opened in another event loop")
        if self._closed:
            raise StoreError("the book is closed", "open it again")
        future: asyncio.Future[object] = loop.create_future()
        line.put(Errand(fn, future, **how))
        return cast(T, await future)

    def _end(self, threads: list[Thread]) -> None:
        for thread in threads:
            thread.join()
        self._engine.dispose()


def open_engine(url: str, patience: timedelta = PATIENCE, *, make: bool = True) -> Engine:
    """An engine for this book, whose tables are those this program knows; raises `StoreError`.

    A book that isn't there is made, or, unless `make`, `NoBook` is raised.
    """
    engine = engine_for(url, patience, make=make)
    with _said_clearly(engine):
        schema.ensure(engine, make=make)
    return engine


def see_book(url: str) -> None:
    """See that there is a book, of whatever revision; raises `NoBook`, or what keeps it shut."""
    engine = engine_for(url, make=False)
    with _said_clearly(engine):
        schema.refuse_empty(engine)
    engine.dispose()


def rehearse(url: str) -> None:
    """See that the first start can make a book in this database; raises `StoreError`."""
    engine = engine_for(url, make=False)
    with _said_clearly(engine):
        schema.rehearse(engine)
    engine.dispose()


def engine_for(url: str, patience: timedelta = PATIENCE, *, make: bool = True) -> Engine:
    """An engine for this url, whatever is there; raises `StoreError` for one we don't know.

    SQLite's file is made when it isn't there, or, unless `make`, `NoBook` is raised.
    """
    try:
        parts: URL = sa.make_url(url)
    except (ArgumentError, ValueError) as error:  # the second for a port that is no number
        raise StoreError("[store] database is no url", "write it like sqlite:///desk.db") from error
    match parts.get_backend_name():
        case "sqlite":
            sqlite.refuse_unfit(parts)
            if not make:
                sqlite.refuse_missing(parts)
            return sqlite.engine(parts, patience)
        case "postgresql":
            return postgres.engine(parts.set(drivername="postgresql+psycopg"))
    raise StoreError(
        f"[store] database names {parts.drivername}, which isn't known",
        "use sqlite:///… or postgresql://…",
    )


@contextmanager
def _said_clearly(engine: Engine) -> Iterator[None]:
    """Turn a database's error into ours, and let go of the engine."""
    try:
        yield
    except DBAPIError as error:
        engine.dispose()
        raise told(error) from error
    except StoreError:
        engine.dispose()
        raise
