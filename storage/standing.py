"""A connection that is opened when first needed and stays until something went wrong with it."""

from contextlib import suppress

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError


class Standing:
    """One thread's connection. The engine must keep no pool, so that a closed one is gone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def get(self) -> Connection:
        """The connection, a fresh one after `let_go` or when the server hung up."""
        if self._connection is not None and self._connection.invalidated:
            self.let_go()
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def let_go(self) -> None:
        """Close it; what it had begun is undone."""
        if self._connection is not None:
            with suppress(DBAPIError):  # one that is gone already can't be closed
                self._connection.close()
            self._connection = None
