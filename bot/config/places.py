"""Where each table, key and list item of a TOML text stands, which tomllib doesn't tell."""

import re
import tomllib
from collections.abc import Iterator

Place = tuple[str | int, ...]
"""A way down into the values: ("email", "mailboxes", 0, "address")."""


def lines(text: str) -> dict[Place, int]:
    """The line (from 1) on which each place of a text begins that tomllib has accepted."""
    return _Walk(text).found


class _Walk:
    """One pass over a text that is known to be well-formed, so that nothing is checked twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line, self._counted = 1, 0  # how many lines there are up to which character
        self._table: Place = ()
        self._lengths: dict[Place, int] = {}  # of the lists written as [[tables]]
        self.found: dict[Place, int] = {}
        while self._more():
            if self._next() == "[":
                self._header()
            else:
                self._pair(self._table)

    def _header(self) -> None:
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        *outer, last = self._key()
        place: Place = ()
        for part in outer:
            place = self._inside((*place, part))
        place = (*place, last)
        if brackets == 1:
            self._table = self._inside(place)
        else:
            length = self._lengths.get(place, 0)
            self._lengths[place] = length + 1
            self._mark(place)
            self._table = (*place, length)
        self._mark(self._table)
        self._at += brackets

    def _inside(self, place: Place) -> Place:
        """A place that a header names: of a list of tables, the last one is meant."""
        self._mark(place)
        return (*place, self._lengths[place] - 1) if place in self._lengths else place

    def _pair(self, table: Place) -> None:
        place = table
        for part in self._key():
            place = (*place, part)
            self._mark(place)
        self._at += 1  # the equals sign
        self._skip(_BLANKS)
        self._value(place)

    def _key(self) -> list[str]:
        """The parts of a key, and on to what follows it."""
        parts = list(self._parts())
        self._skip(_BLANKS)
        return parts

    def _parts(self) -> Iterator[str]:
        while True:
            self._skip(_BLANKS)
            if self._next() in "\"'":
                yield tomllib.loads(f"key = {self._skip(_STRING)}")["key"]
            else:
                yield self._skip(_BARE)
            self._skip(_BLANKS)
            if self._next() != ".":
                return
            self._at += 1

    def _value(self, place: Place) -> None:
        match self._next():
            case '"' | "'":
                self._skip(_STRING)
            case "[":
                self._list(place)
            case "{":
                self._inline_table(place)
            case _:
                self._skip(_PLAIN)

    def _list(self, place: Place) -> None:
        self._at += 1
        index = 0
        while self._more() and self._next() != "]":
            self._mark((*place, index))
            self._value((*place, index))
            index += 1
            self._comma()
        self._at += 1

    def _inline_table(self, place: Place) -> None:
        self._at += 1
        while self._more() and self._next() != "}":
            self._pair(place)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        if self._more() and self._next() == ",":
            self._at += 1

    def _more(self) -> bool:
        self._skip(_NOTHING)
        return self._at < len(self._text)

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"no TOML that tomllib would accept, at character {self._at}")
        self._at = found.end()
        return found.group()

    def _mark(self, place: Place) -> None:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        self.found.setdefault(place, self._line)


_NOTHING = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}\r\n#]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:\\.|[^"\\])*"|'
    r"'[^']*'",
    re.DOTALL,
)
