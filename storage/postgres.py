"""The book on PostgreSQL: a few threads, each with a connection, work off one line.

Each function has a REPEATABLE READ transaction of its own: two that change the same row can't
both win without knowing of each other, and the loser runs again.
"""

from contextlib import suppress
from random import uniform
from threading import Thread
from time import sleep

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.store import Conflict
from storage.errand import TRIES, Errand, HandBack, Line
from storage.pen import Pen
from storage.standing import Standing
from storage.trouble import is_gone, is_overtaken, told
from storage.work import Work

OVERTAKEN_TRIES = 30
"""How often a function runs that others overtake each time; somebody wins each round."""
PAUSE = 0.002  # seconds more to wait at most after each time


_PATIENCE = {  # a server that vanished is noticed within half a minute
    "connect_timeout": 10,  # seconds
    "keepalives_idle": 10,  # seconds
    "keepalives_interval": 5,  # seconds
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,  # milliseconds
}


def engine(url: URL) -> Engine:
    """An engine whose connections speak UTC, see one snapshot, and notice a dead server."""
    given = dict(url.query)
    options = " ".join(["-c timezone=utc", *_words(given.pop("options", ()))])
    return sa.create_engine(
        url.set(query=given),
        isolation_level="REPEATABLE READ",
        poolclass=NullPool,
        connect_args={**_PATIENCE, **given, "options": options},
    )


def threads(engine: Engine, line: Line, back: HandBack, number: int) -> list[Thread]:
    """The threads that work off the line."""
    return [Clerk(engine, line, back, name=f"book-clerk-{each}") for each in range(number)]


class Clerk(Thread):
    """Runs one function at a time, each in a transaction of its own."""

    def __init__(self, engine: Engine, line: Line, back: HandBack, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._standing = Standing(engine)
        self._line = line
        self._back = back

    def run(self) -> None:
        """Work until the line ends."""
        while (errand := self._line.get()) is not None:
            self._keep(errand)
            self._back.settle([errand])
        self._standing.let_go()

    def _keep(self, errand: Errand) -> None:
        """Run it until it is kept, or can't be."""
        tries = 0
        while True:
            tries += 1
            try:
                self._run(errand)
            except Exception as error:  # noqa: BLE001 - whatever it was, who waits must hear of it
                errand.fail(error)
                self._standing.let_go()
                return
            if errand.error is None or not _again(errand.error, tries):
                if errand.error is not None and errand.reads:
                    errand.fail(told(errand.error, looking=True))
                return
            if is_gone(errand.error):
                self._standing.let_go()
            sleep(uniform(0, PAUSE * tries))  # noqa: S311 - no secret, only out of step

    def _run(self, errand: Errand) -> None:
        """Run it once, and commit. A lost commit is raised: nobody knows whether it was kept."""
        connection = self._standing.get()
        _turn(connection, reads=errand.reads)
        transaction = connection.begin()
        if not (errand.durable or errand.reads):
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        errand.run(Work(Pen(connection)))
        if errand.error is None and not errand.reads:
            transaction.commit()
        else:
            with suppress(DBAPIError):  # a connection that is gone has nothing to undo
                transaction.rollback()


def _turn(connection: Connection, *, reads: bool) -> None:
    """Let the next transaction only read, or write too; the driver sees to it without asking."""
    driver = connection.connection.driver_connection
    assert driver is not None
    if driver.read_only is not reads:
        driver.read_only = reads


def _again(error: BaseException, tries: int) -> bool:
    if is_overtaken(error):
        return tries < OVERTAKEN_TRIES
    if isinstance(error, Conflict):
        return tries < TRIES
    # The server may have been started anew since the connection was last used: look once more.
    return is_gone(error) and tries == 1


def _words(options: str | tuple[str, ...]) -> tuple[str, ...]:
    return (options,) if isinstance(options, str) else options
