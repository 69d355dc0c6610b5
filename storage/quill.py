"""A pen for SQLite that knows by heart what it has written once.

SQLAlchemy builds each statement's SQL once, but works out its parameters and its rows anew each
time, which takes several times as long as SQLite itself. Here that is worked out once as well, and
the driver is spoken to directly.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import NoResultFound
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

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
        plan = _plan(statement, values, self._connection.dialect)
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
    given: dict[str, Any]  # what the statement itself says
    lists: Mapping[str, Sequence[str]]  # of each list among the values, its members' names
    columns: Callable[..., Any] | None
    converts: tuple[tuple[int, Convert], ...]

    def parameters(self, values: dict[str, Any]) -> list[object]:
        """The values as SQLite takes them. Raises `KeyError` for one that is missing."""
        known = self.given | values if self.given else values
        for name, members in self.lists.items():
            known = {**known, **dict(zip(members, known[name], strict=True))}
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


@dataclass(frozen=True, slots=True)
class _Listing:
    """The plans of a statement that is given lists: its SQL depends on how long they are."""

    compiled: SQLCompiler
    names: tuple[str, ...]  # of the lists
    plans: dict[tuple[int, ...], _Plan | None] = field(default_factory=dict)

    def plan(self, values: dict[str, Any]) -> _Plan | None:
        """How it is written for lists as long as these; None where one is a long one."""
        lengths = tuple([len(values[name]) for name in self.names])
        if max(lengths, default=0) > _LONGEST:
            return None
        if lengths not in self.plans:
            self.plans[lengths] = _made(
                self.compiled, self.compiled.construct_expanded_state(values)
            )
        return self.plans[lengths]


_LONGEST = 16
"""Members of a list up to which there is a plan for each number of them."""

_plans: WeakKeyDictionary[Executable, dict[tuple[str, ...], _Plan | _Listing | None]]
_plans = WeakKeyDictionary()
"""By statement and by the names of what it is given; None for one that must be built each time."""


def _plan(statement: Executable, values: dict[str, object], dialect: Dialect) -> _Plan | None:
    known = _plans.get(statement)
    if known is None:
        known = _plans[statement] = {}
    names = tuple(values)
    if names not in known:
        known[names] = _learnt(statement, names, dialect)
    plan = known[names]
    return plan.plan(values) if isinstance(plan, _Listing) else plan


def _learnt(
    statement: Executable, names: tuple[str, ...], dialect: Dialect
) -> _Plan | _Listing | None:
    compiled = statement.compile(dialect=dialect, column_keys=list(names))  # type: ignore[attr-defined]  # all of ours can be
    if not isinstance(compiled, SQLCompiler) or compiled.literal_execute_params:
        return None
    lists = {compiled.bind_names[bind]: bind.required for bind in compiled.post_compile_params}
    if lists:
        return _Listing(compiled, tuple(name for name, is_given in lists.items() if is_given))
    return _made(compiled)


def _made(compiled: SQLCompiler, state: ExpandedState | None = None) -> _Plan | None:
    """The plan of a statement, written for lists of a certain length if it has a `state`."""
    columns = [each.keyname for each in compiled._result_columns]  # noqa: SLF001 - it says so nowhere else
    order = state.positiontup if state else compiled.positiontup
    if order is None or len(set(columns)) < len(columns) or not all(map(str.isidentifier, columns)):
        return None
    binds = {**compiled._bind_processors, **(state.processors if state else {})}  # noqa: SLF001 - as above
    given = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return _Plan(
        sql=state.statement if state else compiled.string,
        slots=tuple((name, _convert(binds.get(name))) for name in order),
        given=given,
        lists=state.parameter_expansion if state else {},
        columns=namedtuple("Row", columns) if columns else None,  # noqa: PYI024 - known only now
        converts=tuple(_converts(compiled)),
    )


def _convert(processor: object) -> Convert | None:
    assert processor is None or callable(processor), "one value has one processor"
    return processor


def _converts(compiled: SQLCompiler) -> Iterator[tuple[int, Convert]]:
    for place, column in enumerate(compiled._result_columns):  # noqa: SLF001 - as above
        convert = column.type._cached_result_processor(compiled.dialect, None)  # noqa: SLF001 - as above
        if convert is not None:
            yield place, convert
