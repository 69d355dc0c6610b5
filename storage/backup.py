"""Takes a copy of the whole book while it is in use, and makes a book of such a copy again."""

import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

import bot
from bot.store import StoreError
from storage import archive
from storage.database import engine_for, open_engine
from storage.files import Files
from storage.schema import HEAD, REVISIONS, alone, migrate
from storage.tables_notices import metadata
from storage.trouble import WrongSchema, told

Progress = Callable[[str, int], None]
"""Told of each table and of "files", and how many of it are done so far."""

KNOWN_BY_NUMBER = ("tickets", "outbox")  # by people, and in the ids of our letters
GAP = 1000  # numbers that are left out after a restore
_PART = 4_000_000  # bytes of row content in one member, about: what is in memory at once


def backup(url: str, files_folder: Path, target: Path, progress: Progress) -> archive.Manifest:
    """Write all rows, as they stand at one moment, and all attachments to `target` (.tar.gz).

    The desk may go on working meanwhile. Nothing is at `target` until all of it is there. Raises
    `StoreError`, when there is a file already too.
    """
    if target.exists():
        raise StoreError(f"{target} is there already", "name a new file")
    if not target.parent.is_dir():
        raise StoreError(f"the folder {target.parent} isn't there", "make it, or name another")
    engine = open_engine(url, make=False)
    part = target.with_name(target.name + ".part")
    try:
        with _private(part) as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
            manifest = _write(engine, Files(files_folder), archive.Writer(tar), progress)
        part.rename(target)
    except (OSError, DBAPIError) as error:
        raise _failed(error) from error
    finally:
        part.unlink(missing_ok=True)
        engine.dispose()
    return manifest


def restore(path: Path, url: str, files_folder: Path, progress: Progress) -> archive.Manifest:
    """Make a book of a backup, at `url` and `files_folder`, which must both be empty.

    The backup is read through and checked before anything is touched; one of an older Deskmate
    is brought up to date. Raises `StoreError`; then both places are as empty as before.
    """
    manifest = archive.verified(path)
    if manifest.revision not in REVISIONS:
        raise WrongSchema(f"{path} is of a newer Deskmate", "restore it with that one")
    if files_folder.exists() and any(files_folder.iterdir()):
        raise StoreError(f"{files_folder} is not empty", "name a new folder in [store] files")
    engine = engine_for(url)
    try:
        _refuse_used(engine)
        migrate(url, manifest.revision)
        with _emptied_on_failure(files_folder):
            _read(engine, path, Files(files_folder), progress)
    except (OSError, DBAPIError) as error:
        raise _failed(error) from error
    finally:
        engine.dispose()
    migrate(url)
    return manifest


def _write(
    engine: Engine, files: Files, writer: archive.Writer, progress: Progress
) -> archive.Manifest:
    counts: dict[str, int] = {}
    with _snapshot(engine) as connection:
        for table in metadata.sorted_tables:
            counts[table.name] = 0
            for number, (rows, content) in enumerate(_parts(connection, table)):
                writer.add(f"rows/{table.name}/{number:06}.jsonl", content)
                counts[table.name] += rows
                progress(table.name, counts[table.name])
    # After the rows: a file is kept before the row that names it, so all that are named are here.
    for done, digest in enumerate(files.all(), 1):
        writer.add(f"files/{digest}", files.read(digest))
        progress("files", done)
    manifest = archive.Manifest(HEAD, bot.__version__, counts, dict(writer.members))
    writer.finish(manifest)
    return manifest


def _parts(connection: Connection, table: sa.Table) -> Iterator[tuple[int, bytes]]:
    """The rows of a table in the order of their keys, some at a time: how many, and as kept."""
    names = [column.name for column in table.columns]
    question = sa.select(table).order_by(*table.primary_key.columns)
    some: list[sa.Row[*tuple[object, ...]]] = []
    size = 0
    for row in connection.execute(question, execution_options={"yield_per": 100}):
        some.append(row)
        size += 100 + sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > _PART:
            yield len(some), archive.lines(names, some)
            some, size = [], 0
    if some:
        yield len(some), archive.lines(names, some)


def _read(engine: Engine, path: Path, files: Files, progress: Progress) -> None:
    counts: dict[str, int] = {}
    with alone(engine) as connection:
        _believe_later(connection)
        for name, content in archive.members(path):
            match name.split("/"):
                case ["rows", table, _]:
                    count = _fill(connection, table, content)
                    counts[table] = counts.get(table, 0) + count
                    progress(table, counts[table])
                case ["files", _]:
                    files.keep(content)
                    counts["files"] = counts.get("files", 0) + 1
                    progress("files", counts["files"])
        _count_on(connection, [name for name in counts if name != "files"])


def _fill(connection: Connection, table: str, content: bytes) -> int:
    """Insert a part of a table's rows, as the database itself says its columns are."""
    types = {
        str(column["name"]): column["type"] for column in sa.inspect(connection).get_columns(table)
    }
    rows = archive.rows(content, types)
    target = sa.table(table, *(sa.column(name, kind) for name, kind in types.items()))
    connection.execute(sa.insert(target), rows)
    return len(rows)


def _refuse_used(engine: Engine) -> None:
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        for name in tables:
            row = connection.execute(sa.select(sa.literal(1)).select_from(sa.table(name))).first()
            if row and name != "alembic_version":
                raise StoreError(
                    f"the database has rows already ({name})",
                    "name an empty one in [store] database",
                )
        connection.rollback()


def _believe_later(connection: Connection) -> None:
    """Let a row name one of its table that comes after it; the commit checks."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")


def _count_on(connection: Connection, tables: list[str]) -> None:
    """Number new rows after those that came, and far behind any that people may know.

    Since the backup was made, tickets and letters may have been numbered that it doesn't hold:
    whoever answers one of those must not land in somebody else's.
    """
    for name in tables:
        if "id" in metadata.tables[name].columns:
            highest = connection.scalar(sa.select(sa.func.max(metadata.tables[name].c.id)))
            _number_from(connection, name, highest + (GAP if name in KNOWN_BY_NUMBER else 0))


def _number_from(connection: Connection, table: str, last: int) -> None:
    if connection.dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(table, "id")
        connection.execute(sa.select(sa.func.setval(sequence, last)))
    elif table in KNOWN_BY_NUMBER:  # others go on by themselves
        given = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
        connection.execute(sa.update(given).where(given.c.name == table).values(seq=last))


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the book and holds nobody up."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        yield connection
        connection.rollback()


@contextmanager
def _emptied_on_failure(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # it was empty or wasn't there
        raise


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    """A new file, its owner's alone, that is on disk when it is left."""
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _failed(error: OSError | DBAPIError) -> BaseException:
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        problem = f"{place}{error.strerror or error}"
        return StoreError(problem, "look at the disk and at who may write there")
    return told(error)
