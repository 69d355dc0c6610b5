"""Which tables the database has, and which this program knows: made, refused or migrated."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.store import StoreError
from storage.tables_notices import metadata
from storage.trouble import NoBook, WrongSchema

REVISIONS = tuple(f"{number:04}" for number in range(1, 15))
"""Every revision there was, oldest first; the last is what this program knows."""
HEAD = REVISIONS[-1]
_LOCK = 0x6465736B  # "desk": any number will do, as long as each replica takes the same
_version = sa.Table(  # alembic's own, so that it finds what it expects
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def ensure(engine: Engine, *, make: bool = True) -> None:
    """Make the tables when there are none; raises `WrongSchema` when there are others.

    Unless `make` it raises `NoBook` when there are none, and touches nothing.
    A new database is made from the tables themselves, which takes a tenth of the time of going
    through the migrations; a test holds both to the same result.
    """
    found = _found(engine) if make else refuse_empty(engine)
    if found is None:
        with alone(engine) as connection:
            found = revision(connection) or _make(connection)
    if found not in REVISIONS:
        raise WrongSchema(
            f"the database is of a newer Deskmate (revision {found})",
            "run that one, or restore a backup of this one",
        )
    if found != HEAD:
        raise WrongSchema(
            f"the database is of an older Deskmate ({found})", "run: deskmate migrate"
        )


def refuse_empty(engine: Engine) -> str:
    """The revision of the tables; raises `NoBook` when there are none."""
    found = _found(engine)
    if found is None:
        raise NoBook(f"{engine.url.database}")
    return found


def rehearse(engine: Engine) -> None:
    """Make the tables and undo it; raises what would keep them from being made."""
    with suppress(_Enough), alone(engine) as connection:
        _make(connection)
        raise _Enough


def revision(connection: Connection) -> str | None:
    """The revision of the tables; None when there are none yet."""
    if not sa.inspect(connection).has_table(_version.name):
        return None
    found: str | None = connection.execute(sa.select(_version.c.version_num)).scalar()
    return found


def migrate(url: str, to: str = "head") -> None:
    """Bring the tables to a revision; raises `StoreError` when that fails.

    It runs in a process of its own: the desk itself never needs alembic's time and memory. The
    url goes through a pipe, as it may hold a password.
    """
    done = subprocess.run(  # noqa: S603 - our own program, and a revision of ours
        [sys.executable, "-m", "storage.migrations", to],
        input=url,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StoreError(done.stderr.strip(), "nothing was changed; mend it and migrate again")


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction while which no other replica or program changes the tables."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")
            return
        # What others did while we waited for the lock must be seen.
        connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            yield connection


def _found(engine: Engine) -> str | None:
    with engine.connect() as connection:
        found = revision(connection)
        connection.rollback()
    return found


class _Enough(Exception):  # noqa: N818 - it is no error
    """Undoes what was only tried."""


def _make(connection: Connection) -> str:
    if others := sa.inspect(connection).get_table_names():
        raise WrongSchema(
            f"the database holds tables of something else ({others[0]})",
            "give Deskmate a database of its own",
        )
    metadata.create_all(connection, checkfirst=False)
    _version.create(connection)
    connection.execute(sa.insert(_version).values(version_num=HEAD))
    return HEAD
