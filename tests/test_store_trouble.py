"""What keeps the book shut or breaks it, said so that the operator can mend it."""

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot.store import StoreError, Work
from storage import Database
from storage.trouble import told


async def refusal(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        await Database.open(url, patience=timedelta(milliseconds=50))
    assert caught.value.mend
    return caught.value.problem


async def test_what_keeps_the_book_shut_is_said_clearly(tmp_path: Path) -> None:
    assert "isn't there" in await refusal(f"sqlite:///{tmp_path}/missing/desk.db")
    assert "written" in await refusal(f"sqlite:///{tmp_path}")
    assert "no file" in await refusal("sqlite://")
    assert "no url" in await refusal("nonsense")
    for memory in ("sqlite:///:memory:", "sqlite:///"):
        assert "no file" in await refusal(memory)
    assert "more than a file (mode)" in await refusal(f"sqlite:///{tmp_path}/desk.db?mode=ro")
    assert "isn't known" in await refusal("mysql://root@localhost/desk")
    (tmp_path / "letter.txt").write_text("Dear Ada, " * 1000)
    assert "no database" in await refusal(f"sqlite:///{tmp_path}/letter.txt")
    other = sqlite3.connect(tmp_path / "desk.db")
    other.execute("BEGIN EXCLUSIVE")
    assert "locked" in await refusal(f"sqlite:///{tmp_path}/desk.db")
    other.close()
    assert "answer" in await refusal(f"postgresql://nobody@/desk?host={tmp_path}")


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A folder where nobody may create a file, not even root."""
    if os.geteuid() == 0:
        return Path("/proc")
    tmp_path.chmod(0o500)
    return tmp_path


async def test_a_folder_nobody_may_write_to_is_said_clearly(sealed: Path) -> None:
    assert "can't be written" in await refusal(f"sqlite:///{sealed}/desk.db")


def test_a_database_that_may_only_be_read_is_no_mistake_of_a_look_up(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.db")) as disk:
        disk.execute("CREATE TABLE desk (name)")
    with (
        closing(sqlite3.connect(f"file:{tmp_path}/desk.db?mode=ro", uri=True)) as disk,
        pytest.raises(sqlite3.OperationalError) as caught,
    ):
        disk.execute("INSERT INTO desk VALUES ('Ada')")
    error = OperationalError("", {}, caught.value)
    assert "the database can't be written to" in str(told(error))
    assert "mount it for writing" in str(told(error))
    assert "look-up" in str(told(error, looking=True))


def test_a_postgresql_that_only_follows_is_no_mistake_of_a_look_up(postgresql_tables: str) -> None:
    with psycopg.connect(postgresql_tables) as server:
        server.read_only = True
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction) as caught:
            server.execute("CREATE TABLE desk (name text)")
    error = OperationalError("", {}, caught.value)
    assert "name the server that leads" in str(told(error))
    assert "look-up" in str(told(error, looking=True))


def test_a_disk_without_room_for_the_journal_is_said_to_be_full() -> None:
    said = sqlite3.OperationalError("disk I/O error")
    said.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE  # what a full disk gives at a start
    assert "the disk is full" in str(told(OperationalError("", {}, said)))
    said.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    assert "the disk failed" in str(told(OperationalError("", {}, said)))


def hang_up(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()"""
        )


async def test_a_server_that_hung_up_is_met_again(postgresql_tables: str) -> None:
    store = await Database.open(postgresql_tables, threads=1)
    for value in ("1", "2"):
        await store.write(lambda work, v=value: work.cursors.save("a", v))
        hang_up(postgresql_tables)
        # Nothing of it was kept when the connection broke, so it is simply run again.
        assert await store.read(lambda work: work.cursors.load("a")) == value
        hang_up(postgresql_tables)
    await store.close()


async def test_a_commit_nobody_answered_is_said_to_be_in_doubt(postgresql_tables: str) -> None:
    store = await Database.open(postgresql_tables, threads=1)
    runs: list[Work] = []

    def keep(work: Work) -> None:
        runs.append(work)
        work.cursors.save("a", "doubtful")
        hang_up(postgresql_tables)

    with pytest.raises(StoreError, match="answer"):
        await store.write(keep)
    assert len(runs) == 1  # it may have been kept: running it again could do it twice
    await store.close()
