"""The book on SQLite: one thread writes for everybody, two look things up."""

import os
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from queue import Empty
from threading import Thread

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import NullPool

from bot.model.mailroom import Letter
from bot.store import Conflict, StoreError
from storage.errand import TRIES, Errand, HandBack, Line
from storage.pen import Pen
from storage.quill import Quill
from storage.standing import Standing
from storage.trouble import NoBook, told
from storage.work import Work

GROUP = 64
"""At most this many functions share a commit: the first of them waits for the last."""
STATEMENTS = 1024
"""So many are kept prepared by each connection: more than the desk knows, unlike the usual 128."""
_DURABLE = "PRAGMA synchronous = FULL"
_CARELESS = "PRAGMA synchronous = NORMAL"  # with a WAL: nothing breaks, the last may be forgotten


def engine(url: URL, patience: timedelta) -> Engine:
    """An engine whose connections are durable and leave BEGIN and COMMIT to us.

    `patience` is how long one waits for another program's lock. Raises `StoreError` when there
    can be no file at this place. The file is made readable for its owner alone.
    """
    _make(Path(url.database or ""))
    engine = sa.create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        # Each connection stays in one thread at a time; the one that opens it may be another.
        connect_args={
            "timeout": patience.total_seconds(),
            "check_same_thread": False,
            "cached_statements": STATEMENTS,
        },
    )
    sa.event.listen(engine, "connect", _prepare)
    return engine


def refuse_unfit(url: URL) -> None:
    """Raise `StoreError` for a url that names no file, or says more than that."""
    if not Path(url.database or "").name or url.database == ":memory:":
        raise StoreError(
            "[store] database names no file",
            "write it like sqlite:///desk.db, or with four strokes from the root",
        )
    if url.query:
        raise StoreError(
            f"[store] database says more than a file ({', '.join(url.query)})",
            'take out the "?" and what follows it',
        )


def refuse_missing(url: URL) -> None:
    """Raise `NoBook` when there is no file at this place."""
    path = Path(url.database or "")
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoBook(str(path)) from error
    except OSError:
        return  # it may be there: opening it tells what is wrong


def threads(engine: Engine, writing: Line, reading: Line, back: HandBack) -> list[Thread]:
    """The threads that work off the two lines."""
    writer = Writer(engine, writing, back)
    readers = [Reader(engine, reading, back) for _ in range(2)]
    return [writer, *readers]


class Writer(Thread):
    """Takes all functions that wait, runs each for itself, and commits them together."""

    def __init__(self, engine: Engine, line: Line, back: HandBack) -> None:
        super().__init__(name="book-writer", daemon=True)
        self._standing = Standing(engine)
        self._line = line
        self._back = back

    def run(self) -> None:
        """Work until the line ends."""
        while errands := self._waiting():
            letters = self.keep(errands)
            self._back.settle(errands, letters)
        self._standing.let_go()

    def _waiting(self) -> list[Errand]:
        """All who wait now, at least one; empty when nobody comes any more."""
        errands: list[Errand] = []
        errand = self._line.get()
        while errand is not None:
            errands.append(errand)
            if len(errands) == GROUP:
                return errands
            try:
                errand = self._line.get_nowait()
            except Empty:
                return errands
        if errands:
            self._line.put(None)  # for the next round to find
        return errands

    def keep(self, errands: Sequence[Errand]) -> Sequence[Letter]:
        """Run them in one transaction; when that fails as a whole, so does each of them.

        Returns what was claimed of the letters they queued.
        """
        try:
            connection = self._standing.get()
            disk = driver(connection)
            disk.execute(_DURABLE if any(errand.durable for errand in errands) else _CARELESS)
            disk.execute("BEGIN IMMEDIATE")
            pen = Quill(connection, disk)
            for errand in errands:
                _run(errand, disk, pen, alone=len(errands) == 1)
            letters = self._claimed(errands, disk, pen)
            disk.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever it was, those who wait must hear of it
            for errand in errands:
                if errand.error is None:
                    errand.fail(error)
            self._standing.let_go()  # a fresh connection knows nothing of what went wrong
            return ()
        return letters

    def _claimed(
        self, errands: Sequence[Errand], disk: sqlite3.Connection, pen: Pen
    ) -> Sequence[Letter]:
        """Letters that are carried out as soon as they are kept; nothing that fails undoes them."""
        if not any(errand.queued for errand in errands):
            return ()
        disk.execute("SAVEPOINT claim")
        try:
            letters = self._back.claim(Work(pen), errands)
        except Exception:  # noqa: BLE001 - whoever carries them asks for them again, and hears it
            disk.execute("ROLLBACK TO claim")
            letters = []
        disk.execute("RELEASE claim")
        return letters


class Reader(Thread):
    """Runs one function at a time on a snapshot of its own."""

    def __init__(self, engine: Engine, line: Line, back: HandBack) -> None:
        super().__init__(name="book-reader", daemon=True)
        self._standing = Standing(engine)
        self._line = line
        self._back = back

    def run(self) -> None:
        """Work until the line ends."""
        while (errand := self._line.get()) is not None:
            self.look(errand)
            self._back.settle([errand])
        self._standing.let_go()

    def look(self, errand: Errand) -> None:
        """Run it on a snapshot; whoever awaits it is told by another."""
        try:
            connection = self._standing.get()
            disk = driver(connection)
            disk.execute("PRAGMA query_only = ON")
            disk.execute("BEGIN")
            errand.run(Work(Quill(connection, disk)))
            if errand.error is not None:
                errand.fail(told(errand.error, looking=True))
            disk.execute("ROLLBACK")
        except Exception as error:  # noqa: BLE001 - whatever it was, who waits must hear of it
            errand.fail(error)
            self._standing.let_go()


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, which begins and ends transactions."""
    own = connection.connection.driver_connection
    assert isinstance(own, sqlite3.Connection)
    return own


def _run(errand: Errand, disk: sqlite3.Connection, pen: Pen, *, alone: bool) -> None:
    """Run a function until it doesn't meet a conflict; what a failed one kept is undone.

    A savepoint sets it apart from the others of its group; one that is alone needs none. Raises
    the function's own error when that has ended the whole transaction, as a full disk does.
    """
    for left in reversed(range(TRIES)):
        if not alone:
            disk.execute("SAVEPOINT errand")
        errand.run(Work(pen))
        if errand.error is not None:
            if not disk.in_transaction:
                raise _ended(errand.error)
            disk.execute("ROLLBACK" if alone else "ROLLBACK TO errand")
            if alone:
                disk.execute("BEGIN IMMEDIATE")
        if not alone:
            disk.execute("RELEASE errand")
        if not (isinstance(errand.error, Conflict) and left):
            return


def _ended(error: BaseException) -> BaseException:
    """What the others of a group hear when one function's error has ended their transaction."""
    told_error = told(error)
    if isinstance(told_error, StoreError):
        return told_error
    return StoreError(f"the transaction ended under way ({error})", "look at the disk")


def _make(path: Path) -> None:
    if not path.parent.is_dir():
        raise StoreError(
            f"the folder {path.parent} isn't there", "create it, or change [store] database"
        )
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except IsADirectoryError as error:
        raise StoreError(
            f"{path} can't be written, it is a folder", "name a file in it in [store] database"
        ) from error
    except OSError as error:
        raise StoreError(
            f"{path} can't be written ({error.strerror})",
            "give the desk's user the right to write there",
        ) from error


def _prepare(disk: sqlite3.Connection, _: object) -> None:
    disk.execute("PRAGMA journal_mode = WAL")
    disk.execute(_DURABLE)
    disk.execute("PRAGMA foreign_keys = ON")
    disk.execute("PRAGMA cache_size = -500")  # KiB; the system keeps the file in memory anyway
