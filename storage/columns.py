"""The kinds of columns the tables are made of: moments, words, numbers of other rows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(sa.TypeDecorator[datetime]):
    """An aware moment: `timestamptz` in PostgreSQL, microseconds since 1970 in SQLite.

    SQLite has no type for moments; an integer is exact, sorts rightly and takes a third of the
    room of a text. Raises `ValueError` for a moment without a zone.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[int]:
        """The column's type in this database."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BigInteger())
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """What the database is given."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        if dialect.name == "sqlite":
            return (value - EPOCH) // MICROSECOND
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | int | None,
        dialect: Dialect,  # noqa: ARG002 - the type's signature
    ) -> datetime | None:
        """What we are given back, in UTC."""
        if isinstance(value, int):
            return EPOCH + timedelta(microseconds=value)
        return None if value is None else value.astimezone(UTC)


class Lasting(sa.TypeDecorator[timedelta]):
    """How long it is from one `Moment` to another, as each database subtracts them."""

    impl = sa.Interval(native=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[timedelta] | TypeEngine[int]:
        """The type of the difference in this database."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BigInteger())
        return dialect.type_descriptor(sa.Interval(native=True))

    def process_result_value(
        self,
        value: timedelta | int | None,
        dialect: Dialect,  # noqa: ARG002 - the type's signature
    ) -> timedelta | None:
        """What we are given back."""
        return timedelta(microseconds=value) if isinstance(value, int) else value


def among(column: sa.ColumnElement[str], *values: str) -> sa.ColumnElement[bool]:
    """`column IN (…)` with the words in the SQL itself: a partial index matches nothing else."""
    return column.in_([sa.literal_column(f"'{value}'") for value in values])


def number() -> sa.Column[int]:
    """The row's own number."""
    return sa.Column("id", sa.Integer, sa.Identity(), primary_key=True)


def text(name: str) -> sa.Column[str]:
    """Words, "" when there are none."""
    return sa.Column(name, sa.Text, nullable=False)


def to(table: str, *, nullable: bool = False, name: str = "") -> sa.Column[int]:
    """The number of a row of another table."""
    key = sa.ForeignKey(f"{table}.id")
    return sa.Column(name or table.removesuffix("s"), sa.Integer, key, nullable=nullable)


def to_its_like(table: str, name: str) -> sa.Column[int]:
    """The number of another row of the same table, which a restored backup may bring later."""
    key = sa.ForeignKey(f"{table}.id", deferrable=True, initially="IMMEDIATE")
    return sa.Column(name, sa.Integer, key)


def person(name: str = "person", *, nullable: bool = False) -> sa.Column[int]:
    """The number of a person."""
    return to("people", nullable=nullable, name=name)


def index(
    name: str,
    *columns: sa.ColumnElement[Any],
    where: sa.ColumnElement[bool],
    unique: bool = False,
) -> sa.Index:
    """An index of only those rows for which `where` holds, in both databases."""
    return sa.Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
