"""What the book is written with: runs a statement in the transaction that is under way."""

from typing import Any

from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import Executable

from bot.store import Conflict
from storage.trouble import is_taken


class Pen:
    """One connection, in a transaction that somebody else begins and ends."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, statement: Executable, **values: object) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement. Raises `Conflict` when a unique index has such a row already."""
        try:
            return self._connection.execute(statement, values)
        except IntegrityError as error:
            if is_taken(error):
                raise Conflict(str(error.orig)) from error
            raise
