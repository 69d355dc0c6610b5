"""What keeps the book shut, said so that the operator can mend it."""

import re

from sqlalchemy.exc import DBAPIError, OperationalError

from bot.store import Conflict, StoreError


class WrongSchema(StoreError):  # noqa: N818 - it reads as what happened
    """The tables on disk are not those this program knows."""


class NoBook(StoreError):  # noqa: N818 - it reads as what happened
    """There is no book at this place yet, and none was to be made."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"there is no book at {place} yet",
            "deskmate run makes it; if there should be one, correct [store] database",
        )


def told(error: BaseException, *, looking: bool = False) -> BaseException:
    """A database's error as its caller shall see it: `Conflict`, `StoreError`, or what it is.

    `looking`: it comes out of a function that may keep nothing.
    """
    if is_taken(error):
        return Conflict(str(_cause(error)))
    code, state = _codes(error)
    said = _said(_cause(error))
    known = (
        _SQLITE.get(code)
        or _SQLITE.get(code & 0xFF)
        or _POSTGRESQL.get(state)
        or _POSTGRESQL.get(state[:2])
    )
    if looking and (code & 0xFF == _READ_ONLY or state == _READ_ONLY_STATE):
        known = _READING
    if not (known or code or state) and isinstance(error, OperationalError):
        # The driver speaks so of a connection that never stood: without any code, only in words.
        known = next((each for words, each in _UNCONNECTED if re.search(words, said)), _GONE)
    return StoreError(f"{known[0]} ({said})", known[1]) if known else error


def is_taken(error: BaseException) -> bool:
    """Whether a unique index has such a row already."""
    code, state = _codes(error)
    return code in _SQLITE_UNIQUE or state == "23505"


def is_overtaken(error: BaseException) -> bool:
    """Whether another transaction of PostgreSQL came first, and trying again will do."""
    return _codes(error)[1] in ("40001", "40P01")  # serialization failure, deadlock


def is_gone(error: BaseException) -> bool:
    """Whether the connection to the server was lost."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _codes(error: BaseException) -> tuple[int, str]:
    """SQLite's extended result code and PostgreSQL's sqlstate; 0 and "" where there is none."""
    cause = _cause(error)
    return getattr(cause, "sqlite_errorcode", None) or 0, getattr(cause, "sqlstate", None) or ""


def _cause(error: BaseException) -> BaseException:
    return (error.orig or error) if isinstance(error, DBAPIError) else error


def _said(cause: BaseException) -> str:
    """The first line of what the database says, without numbers and what it says of every try."""
    line = str(cause).strip().partition("\n")[0].strip()
    return re.sub(r"\[Errno -?\d+\] |^connection failed: ", "", line)


_READ_ONLY = 8  # SQLite's code, also where it was told to keep nothing
_READ_ONLY_STATE = "25006"  # PostgreSQL's, likewise
_SQLITE_UNIQUE = (1555, 2067, 2579)  # primary key, unique, rowid
_GONE = ("the PostgreSQL server doesn't answer", "see that it runs, and mend [store] database")
_REFUSED = ("PostgreSQL refuses the user", "mend the user in [store] database, or its password")
_NO_DATABASE = (
    "PostgreSQL has no such database",
    "create it, or mend its name in [store] database",
)
_CROWDED = (
    "PostgreSQL lets no more connections in",
    "let the desk's user have more of them: a running desk keeps five, each command needs one more",
)
_UNCONNECTED = (
    (r"too many (clients|connections)|remaining connection slots", _CROWDED),
    (r"password authentication failed|no password supplied|role .* does not exist", _REFUSED),
    (r"database .* does not exist", _NO_DATABASE),
    (
        r"pg_hba\.conf",
        ("PostgreSQL lets nobody in from here", "add a line for the desk's user to pg_hba.conf"),
    ),
    (
        r"resolve host|translate host",
        ("PostgreSQL's host is not known", "correct the host in [store] database"),
    ),
)
_FULL = ("the disk is full", "make room where the database is")
_READING = ("a look-up tried to keep something", "let it write instead")
_SQLITE = {
    3: ("the database may not be touched", "give the desk's user the right to write there"),
    5: ("the database is locked by another program", "end the program that has it open"),
    6: ("a table is locked by another program", "end the program that has it open"),
    _READ_ONLY: (
        "the database can't be written to",
        "give the desk's user the right to write to it and its folder, or mount it for writing",
    ),
    10: ("the disk failed", "look at the disk and at its file system"),
    11: ("the database file is damaged", "restore the last backup"),
    13: _FULL,
    4874: _FULL,  # no room for the file that says what stands in the journal
    14: ("the database can't be opened", "see that its folder exists and may be written to"),
    26: ("the file is no database", "name another file in [store] database"),
}
_POSTGRESQL = {
    "08": _GONE,
    _READ_ONLY_STATE: (
        "PostgreSQL lets nothing be written there",
        "name the server that leads in [store] database: this one only follows, or is set to read",
    ),
    "28": _REFUSED,
    "3D": _NO_DATABASE,
    "42501": (
        "PostgreSQL doesn't let the desk's user do that",
        "make that user the owner of the database",
    ),
    "42P01": ("a table is missing", "run: deskmate migrate"),
    "42703": ("a column is missing", "run: deskmate migrate"),
    "53": _FULL,
    "53300": _CROWDED,
    "57P01": _GONE,
    "57P02": _GONE,
    "57P03": _GONE,
}
