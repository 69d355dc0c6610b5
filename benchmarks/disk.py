"""What a ticket takes on disk, the mail's bytes and the acknowledgement kept with it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import mean

from benchmarks import office
from benchmarks.burst import answered
from benchmarks.figure import Figure, Scale, at_most
from benchmarks.mails import mails


def measure(scale: Scale) -> Iterator[Figure]:
    """After the desk's end, when everything has gone from the log into the book."""
    with office.world() as world, office.folder() as place:
        with office.desk(place, world):
            answered(world, scale.mails, seed=1)
        kept, size = tickets(book(place)), _size(place / "data")
    if kept != scale.mails:
        raise RuntimeError(f"{scale.mails} mails became {kept} tickets")
    raw = mean(len(each) for each in mails(scale.mails, seed=1))
    yield at_most("disk: a ticket", size / kept / 1024, "KB", 8)
    yield Figure("disk: of which the mail, as it came", raw / 1024, "KB")


def book(place: Path) -> Path:
    """The database of the desk in this folder."""
    return place / "data" / "deskmate.db"


def tickets(database: Path) -> int:
    """How many tickets there are."""
    with closing(sqlite3.connect(database)) as connection:
        count: int = connection.execute("SELECT count(*) FROM tickets").fetchone()[0]
        return count


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
