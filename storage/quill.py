"""A pen for SQLite that knows by heart what it has written once.

SQLAlchemy builds each statement's SQL once, but works out its parameters and its rows anew each
time, which takes several times as long as SQLite itself. Here that is worked out once as well, and
the driver is spoken to directly.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import NoResultFound
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler

from bot.store import Conflict
from storage.pen import Found, Pen
from storage.trouble import is_taken

Convert = Callable[[Any], Any]


class Quill(Pen):
    """A `Pen` on one connection of SQLite's."""

    __slots__ = ("_disk",)

    def __init__(self, connection: Connection, disk: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._disk = disk

    def run(self, statement: Executable, **values: object) -> Found:
        """Run one statement. Raises `Conflict` when a unique index has such a row already."""
        plan = _plan(statement, tuple(values), self._connection.dialect)
        if plan is None:
            return super().run(statement, **values)
        try:
            cursor = self._disk.execute(plan.sql, plan.parameters(values))
            rows = plan.rows(cursor.fetchall()) if plan.columns else ()
        except sqlite3.IntegrityError as error:
            if is_taken(error):
                raise Conflict(str(error)) from error
            raise
        return Rows(rows, cursor.rowcount)


@dataclass(slots=True)
class Rows:
    """What a statement found."""

    _rows: Sequence[Any]
    rowcount: int

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> Sequence[Any]:
        """Every row."""
        return self._rows

    def first(self) -> Any | None:
        """The first row; None when there is none."""
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        """The only row. Raises `NoResultFound` when there is none."""
        if not self._rows:
            raise NoResultFound("no row was found when one was required")
        return self._rows[0]

    def scalar(self) -> Any | None:
        """The first value of the first row; None when there is none."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        """The first value of the only row. Raises `NoResultFound` when there is none."""
        return self.one()[0]

    def scalars(self) -> Iterator[Any]:
        """The first value of each row."""
        return (row[0] for row in self._rows)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one statement is written and read: its SQL, its parameters and its columns in order."""

    sql: str
    slots: tuple[tuple[str, Convert | None], ...]
    given: dict[str, object]  # what the statement itself says
    columns: Callable[..., Any] | None
    converts: tuple[tuple[int, Convert], ...]

    def parameters(self, values: dict[str, object]) -> list[object]:
        """The values as SQLite takes them. Raises `KeyError` for one that is missing."""
        known = self.given | values if self.given else values
        return [known[name] if to is None else to(known[name]) for name, to in self.slots]

    def rows(self, found: list[tuple[Any, ...]]) -> list[Any]:
        """The rows as Python takes them, with their columns as attributes."""
        make = self.columns
        assert make is not None, "only called where there are columns"
        if not self.converts:
            return [make(*row) for row in found]
        return [make(*self._converted(row)) for row in found]

    def _converted(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, convert in self.converts:
            values[place] = convert(values[place])
        return values


_plans: WeakKeyDictionary[Executable, dict[tuple[str, ...], _Plan | None]] = WeakKeyDictionary()
"""By statement and by the names of what it is given; None for one that must be built each time."""


def _plan(statement: Executable, names: tuple[str, ...], dialect: Dialect) -> _Plan | None:
    known = _plans.get(statement)
    if known is None:
        known = _plans[statement] = {}
    if names not in known:
        known[names] = _made(statement, names, dialect)
    return known[names]


def _made(statement: Executable, names: tuple[str, ...], dialect: Dialect) -> _Plan | None:
    compiled = statement.compile(dialect=dialect, column_keys=list(names))  # type: ignore[attr-defined]  # all of ours can be
    if not isinstance(compiled, SQLCompiler) or compiled.positiontup is None:
        return None
    if compiled.literal_execute_params or compiled.post_compile_params:
        return None  # a list of values: its SQL depends on how many there are
    columns = [each.keyname for each in compiled._result_columns]  # noqa: SLF001 - it says so nowhere else
    if len(set(columns)) < len(columns) or not all(map(str.isidentifier, columns)):
        return None
    binds = compiled._bind_processors  # noqa: SLF001 - as above
    given = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return _Plan(
        sql=compiled.string,
        slots=tuple((name, _convert(binds.get(name))) for name in compiled.positiontup),
        given=given,
        columns=namedtuple("Row", columns) if columns else None,  # noqa: PYI024 - known only now
        converts=tuple(_converts(compiled, dialect)),
    )


def _convert(processor: object) -> Convert | None:
    assert processor is None or callable(processor), "one value has one processor"
    return processor


def _converts(compiled: SQLCompiler, dialect: Dialect) -> Iterator[tuple[int, Convert]]:
    for place, column in enumerate(compiled._result_columns):  # noqa: SLF001 - as above
        convert = column.type._cached_result_processor(dialect, None)  # noqa: SLF001 - as above
        if convert is not None:
            yield place, convert
