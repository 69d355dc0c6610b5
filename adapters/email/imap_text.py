"""What IMAP servers write and want written: sets of numbers, folder names, dates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

Line = bytes | bytearray

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID = re.compile(rb"[( ]UID (\d+)")
_SIZE = re.compile(rb"[( ]RFC822\.SIZE (\d+)")
_DATE = re.compile(rb'INTERNALDATE " ?(\d{1,2})-([A-Za-z]{3})-(\d{4})')
_NAMESPACE = re.compile(rb'\(\("((?:[^"\\]|\\.)*)" (?:"(.)"|NIL)')
_FOREIGN = re.compile(r"[^\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class Stored:
    """A message in a folder: its UID, its size in bytes, the day it came."""

    uid: int
    size: int
    day: date


def stored(lines: Iterable[Line]) -> Iterator[Stored]:
    """Read the answers to FETCH (UID RFC822.SIZE INTERNALDATE), whatever their order."""
    for line in lines:
        uid, size, day = _UID.search(line), _SIZE.search(line), _DATE.search(line)
        if uid and size and day:
            yield Stored(int(uid[1]), int(size[1]), _date(day))


def bodies(lines: Sequence[Line]) -> Iterator[tuple[int, bytes]]:
    """Read the answers to FETCH (UID BODY[]): UID and content, whichever stands first.

    A literal is a bytearray between the two halves of its line; an empty one may be a string.
    """
    for place, line in enumerate(lines):
        if isinstance(line, bytearray):
            uid = _UID.search(lines[place - 1]) or _UID.search(lines[place + 1])
            content = bytes(line)
        else:
            announces = b"BODY[] " in line and not line.endswith(b"}")
            uid, content = _UID.search(line) if announces else None, b""
        if uid:
            yield int(uid[1]), content


def numbers(lines: Iterable[Line]) -> list[int]:
    """Read the answer to SEARCH: the numbers in it, ascending."""
    return sorted(int(word) for line in lines for word in line.split() if word.isdigit())


def number_set(uids: Sequence[int]) -> str:
    """Write ascending UIDs in few characters: "1:3,7"."""
    spans: list[list[int]] = []
    for uid in uids:
        if spans and spans[-1][1] == uid - 1:
            spans[-1][1] = uid
        else:
            spans.append([uid, uid])
    return ",".join(str(a) if a == b else f"{a}:{b}" for a, b in spans)


def quoted(text: str) -> str:
    """Write an argument between quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def folder_name(name: str) -> str:
    """Write a folder's name as IMAP wants it: modified UTF-7 between quotes (RFC 3501, 5.1.3)."""
    return quoted(_FOREIGN.sub(_shifted, name.replace("&", "&-")))


def search_date(day: date) -> str:
    """Write a day for SEARCH SINCE: "22-Nov-2026"."""
    return f"{day.day:02}-{_MONTHS[day.month - 1]}-{day.year}"


def namespace(lines: Iterable[Line]) -> tuple[str, str]:
    """Read the answer to NAMESPACE: the prefix of one's own folders, and what divides levels."""
    for line in lines:
        if found := _NAMESPACE.match(line):
            return found[1].decode(), (found[2] or b"").decode()
    return "", ""


def _date(found: re.Match[bytes]) -> date:
    month = _MONTHS.index(found[2].decode().title()) + 1
    return date(int(found[3]), month, int(found[1]))


def _shifted(found: re.Match[str]) -> str:
    # "/" is written "," there, and no run may be left open at the end.
    return "&" + found[0].encode("utf-7").decode()[1:].rstrip("-").replace("/", ",") + "-"
