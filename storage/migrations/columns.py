"""The kinds of columns the migrations make; what is said here may never change."""

import sqlalchemy as sa
from alembic import op


def number() -> sa.Column[int]:
    """The row's own number."""
    return sa.Column("id", sa.Integer(), sa.Identity(), nullable=False)


def integer(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A whole number, of another row or of its own."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def texts(*names: str) -> list[sa.Column[str]]:
    """Words, "" when there are none."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """A moment, as `storage.columns.Moment` keeps it."""
    kind = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
    return sa.Column(name, kind, nullable=nullable)


def key(name: str, table: str, *, late: bool = False) -> sa.ForeignKeyConstraint:
    """This column holds the number of a row of that table, which may come `late`.

    The key is named by the tables' convention.
    """
    when = "IMMEDIATE" if late else None
    return sa.ForeignKeyConstraint([name], [f"{table}.id"], deferrable=late or None, initially=when)


def index(
    name: str, table: str, *columns: str | sa.TextClause, unique: bool = False, where: str = ""
) -> None:
    """Make an index, of only those rows for which `where` holds."""
    only = sa.text(where) if where else None
    op.create_index(name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only)
