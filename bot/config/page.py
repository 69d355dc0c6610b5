"""A config file while it is read: its values, their lines, and what is wrong with them."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from bot.config.places import Place, lines

_NO_FILE = (
    "write one for a mailbox with: deskmate init; for a chat, make one of config.example.toml, as "
    "docs/slack.md tells"
)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in the config: its line (0: the file as a whole), what it is, and the mend.

    `file` is one that the config names, "" for the config itself.
    """

    line: int
    what: str
    mend: str
    file: str = ""


class ConfigError(Exception):
    """Every mistake in a config file, by line; as text, one line for each: "config.toml:12: …"."""

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        self.path = path
        self.problems = tuple(sorted(set(problems), key=lambda each: (each.file, each)))
        super().__init__("\n".join(self._lines()))

    def _lines(self) -> list[str]:
        return [
            f"{each.file or self.path}{f':{each.line}' if each.line else ''}: "
            f"{each.what}: {each.mend}"
            for each in self.problems
        ]


@dataclass(slots=True)
class Page:
    """A config file: its tables, where everything stands and what was found to be wrong."""

    path: Path
    tables: Mapping[str, Any]
    places: Mapping[Place, int]
    problems: list[Problem] = field(default_factory=list)
    secrets: list[Place] = field(default_factory=list)  # where a password stands in clear

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a file; raises `ConfigError` when it isn't there or is no TOML."""
        text = _read(path)
        try:
            return cls(path, tomllib.loads(text), lines(text))
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(path, [_misread(str(error), text)]) from error

    @property
    def folder(self) -> Path:
        """Where relative paths begin."""
        return self.path.absolute().parent

    def note(self, place: Place, what: str, mend: str) -> None:
        """Keep a mistake, on the line of the place or of the nearest one that holds it."""
        while place and place not in self.places:
            place = place[:-1]
        self.problems.append(Problem(self.places.get(place, 0), what, mend))


def guess(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant; "" when none is near."""
    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else ""


def said(raw: object) -> str:
    """What kind of value was written; never the value itself, which may be a secret."""
    return next(words for kind, words in _SAID if isinstance(raw, kind))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors begin with a mark
    except FileNotFoundError as error:
        problem = Problem(0, "there is no such file", _NO_FILE)
        raise ConfigError(path, [problem]) from error
    except IsADirectoryError as error:
        problem = Problem(0, "it is a folder", "name the file in it, like config.toml")
        raise ConfigError(path, [problem]) from error
    except OSError as error:
        problem = Problem(0, f"it can't be read ({error.strerror})", "mend its rights")
        raise ConfigError(path, [problem]) from error
    except UnicodeDecodeError as error:
        problem = Problem(0, "it isn't written in UTF-8", "save it again as UTF-8")
        raise ConfigError(path, [problem]) from error


def _misread(error: str, text: str) -> Problem:
    """What tomllib stumbled over, with what most likely mends it."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", error)
    last = len(text.rstrip().split("\n"))
    line = int(found[1]) if found and found[1] else last
    what = error[: found.start()] if found else error
    what = what[:1].lower() + what[1:]
    mend = next((mend for words, mend in _MENDS if words in what), "look at this line")
    return Problem(line, what, mend)


_SAID: tuple[tuple[Any, str], ...] = (
    (str, "text in quotes"),
    (bool, "true or false"),
    ((int, float), "a number"),
    (list, "a list"),
    (dict, "a table"),
    ((date, datetime), "a date"),
    (object, "a time of day"),
)
_MENDS = (
    ("invalid value", 'put words in quotes: key = "value"'),
    ("overwrite a value", "the key stands here twice: keep one of them"),
    ("twice", "the table stands here twice: join them, or write [[…]] for a list"),
    ("unescaped", "put it in single quotes, which leave backslashes alone"),
    ("illegal character '\\n'", "close the quotes on the same line"),
    ("unterminated", "close the quotes"),
    ("expected '=' after a key", 'write key = "value"'),
    ("unclosed array", "close the list with ]"),
    ("unclosed inline table", "close the braces on the same line"),
    ("expected newline", "write one key a line"),
)
