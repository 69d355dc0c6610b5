"""What the book is written with: runs a statement in the transaction that is under way."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import Executable

from bot.store import Conflict
from storage.trouble import is_taken


class Found(Protocol):
    """What a statement found: its rows, or how many it changed."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def __iter__(self) -> Iterator[Any]: ...

    def all(self) -> Sequence[Any]:
        """Every row."""

    def first(self) -> Any | None:
        """The first row; None when there is none."""

    def one(self) -> Any:
        """The only row."""

    def scalar(self) -> Any | None:
        """The first value of the first row; None when there is none."""

    def scalar_one(self) -> Any:
        """The first value of the only row."""

    def scalars(self) -> Iterable[Any]:
        """The first value of each row."""


class Pen:
    """One connection, in a transaction that somebody else begins and ends."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, statement: Executable, **values: object) -> Found:
        """Run one statement. Raises `Conflict` when a unique index has such a row already."""
        try:
            return self._connection.execute(statement, values)
        except IntegrityError as error:
            if is_taken(error):
                raise Conflict(str(error.orig)) from error
            raise
