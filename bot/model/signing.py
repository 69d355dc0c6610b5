"""How people end a message: the goodbye and the name under it, parted from what they say.

In doubt it is something they say. Only the last lines are looked at, and a name is known by the
writer's own, or by the goodbye right above it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.model.fold import fold
from bot.model.phrase import pattern
from bot.model.settings import Desk as Settings

_READ = 1_500  # characters from the end
_PARTED = 4  # texts whose parts are kept, since several look at each
_MOST = 10  # lines of a closing
_LONGEST = 80  # characters of a line in it
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"\s*[,;|/·•]\s*|\s+[-–—]+\s+|\s{3,}")  # "Sara Stone | Help desk"
_REACHED = re.compile(r"@|\bwww\.|://|(?:\d\W*){6}")  # by telephone, mail or web
_LINKED = re.compile(r"\S*(?:@|www\.|://)\S*")
_BESIDE_NUMBERS = 2  # words such as "Tel." beside a number
_UNNAMED = re.compile(r"[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]*\.?){0,2}")  # "Ada", "Ada L."
_SPOKEN = re.compile(r"[.?!…:'’]\s*$|['’]\w|[?!¿¡]")
_TITLE = 5  # words of a post: "Head of Customer Care"
_FEW = 3  # words of one in which only the first is a capital; letters of "de", "and"


@dataclass(frozen=True, slots=True, eq=False)
class Closings:
    """How messages end, in every language; matched against words alone, without accents."""

    goodbye: re.Pattern[str]  # "kind regards", "thanks"
    formal: re.Pattern[str]  # those of them under which a name stands, whoever's it is
    disclaimer: re.Pattern[str]  # how what a lawyer wrote begins


class Signed(NamedTuple):
    """A message in three parts, each "" where there is none; together they are the message."""

    said: str
    goodbye: str
    name: str  # and all that stands under it

    @property
    def words(self) -> str:
        """What it says; where that is nothing, its goodbye, and else the whole of it."""
        return self.said or self.goodbye or self.name

    @property
    def unsigned(self) -> str:
        """What its writer said in their own words, without name and address."""
        return f"{self.said}\n\n{self.goodbye}".strip()


def compile_closings(tables: Iterable[Mapping[str, Sequence[str]]]) -> Closings:
    """Compile the phrases `goodbye`, `thanks` and `disclaimer` of each language.

    Raises ValueError for a phrase that can't be read.
    """
    said: dict[str, list[str]] = {"goodbye": [], "thanks": [], "disclaimer": []}
    for table in tables:
        for name in said:
            said[name] += table.get(name, ())
    either, formal = pattern(said["goodbye"] + said["thanks"]), pattern(said["goodbye"])
    return Closings(
        re.compile(rf"(?:(?:{either})\b ?)+"),
        re.compile(rf"(?:(?:{either})\b ?)*(?:{formal})\b"),
        re.compile(rf"(?:{pattern(said['disclaimer'])})\b"),
    )


def parted(closings: Closings, settings: Settings, text: str, name: str) -> Signed:
    """Part a text of somebody called `name`, as far as known, from its closing.

    The desk and its teams may stand beside their name.
    """
    teams = (settings.label(each.name) for each in settings.teams)
    return part(closings, text, name, (settings.name, *teams))


@lru_cache(_PARTED)
def part(closings: Closings, text: str, name: str, house: tuple[str, ...]) -> Signed:
    """Part a text from its closing; `house` is what may stand beside or under a name."""
    tail = text[-_READ:]
    lines = tail.splitlines(keepends=True)
    if len(tail) < len(text):
        del lines[:1]  # the line that was cut
    read = _Reading(closings, lines, _words(name), {*map(_plain, house)})
    name_line = read.name_at()
    goodbye_line = read.goodbye_at(name_line)
    name_at, goodbye_at = (
        len(text) - sum(map(len, lines[at:])) for at in (name_line, goodbye_line)
    )
    return Signed(
        text[:goodbye_at].strip(), text[goodbye_at:name_at].strip(), text[name_at:].strip()
    )


class _Reading:
    """The last lines of a text, read upwards."""

    def __init__(
        self,
        closings: Closings,
        lines: Sequence[str],
        name: Sequence[str],
        house: Collection[str],
    ) -> None:
        self._closings = closings
        self._lines = lines
        self._name = name
        self._house = house

    def name_at(self) -> int:
        """Where the name begins, with all that stands under it; behind the last line without."""
        bottom = name = self._bare(self._disclaimer_at())
        at = bottom
        for at in range(bottom - 1, max(-1, bottom - _MOST - 1), -1):
            line = self._lines[at]
            if len(line) > _LONGEST:
                break
            if self._is_name(line):
                name = at
            elif self._is_goodbye(line) or not (_is_empty(line) or self._is_detail(at, bottom)):
                break
        return self._unknown_name(at, bottom) if name == bottom else name

    def _unknown_name(self, goodbye: int, bottom: int) -> int:
        """Where a name begins that isn't known, right below a goodbye; `bottom` without."""
        under = [at for at in range(goodbye + 1, bottom) if not _is_empty(self._lines[at])]
        if not under or not self._closings.formal.fullmatch(_plain(self._lines[goodbye])):
            return bottom
        named = _UNNAMED.fullmatch(self._lines[under[0]].strip())
        return under[0] if named else bottom

    def goodbye_at(self, end: int) -> int:
        """Where the goodbye begins that leads to line `end`."""
        top = self._bare(end)
        while top and self._is_goodbye(self._lines[top - 1]):
            top = self._bare(top - 1)
        return top

    def _bare(self, end: int) -> int:
        """The lines up to `end` without empty ones at their end."""
        while end and _is_empty(self._lines[end - 1]):
            end -= 1
        return end

    def _disclaimer_at(self) -> int:
        """Where the last paragraphs begin that a lawyer wrote."""
        end = self._bare(len(self._lines))
        at = end
        while at and not _is_empty(self._lines[at - 1]):
            at -= 1
            if self._closings.disclaimer.match(_plain(self._lines[at][:_LONGEST])):
                return at
        return end

    def _is_goodbye(self, line: str) -> bool:
        plain = _plain(line) if len(line) <= _LONGEST else ""
        return bool(plain and self._closings.goodbye.fullmatch(plain))

    def _is_name(self, line: str) -> bool:
        """Whether it is the writer's name, perhaps with a goodbye and their team beside it."""
        named = False
        for each in filter(_plain, _BETWEEN.split(line)):
            plain = _plain(each)
            goodbye = self._closings.goodbye.match(plain)
            is_theirs = self._is_theirs(plain[goodbye.end() :] if goodbye else plain)
            allowed = goodbye if goodbye and goodbye.end() == len(plain) else named
            if not is_theirs and not (allowed and (goodbye or self._is_beside(each))):
                return False
            named = named or is_theirs
        return named

    def _is_theirs(self, plain: str) -> bool:
        """Whether these words are among those of their name: "Ada", "A. Lin", "Ada L."."""
        words = plain.split()
        if len(words) > len(self._name) or not any(word in self._name for word in words):
            return False
        initials = {each[0] for each in self._name}
        return all(word in self._name or word in initials for word in words)

    def _is_detail(self, at: int, bottom: int) -> bool:
        """Whether a line may stand under a name: a post, a place, how they are reached."""
        line = self._lines[at].strip()
        if all(self._is_beside(each) for each in filter(_plain, _BETWEEN.split(line))):
            return True
        reached = any(map(_is_reach, self._lines[at:bottom]))
        return reached and line[0].isupper() and _is_short(line, _TITLE)

    def _is_beside(self, words: str) -> bool:
        return _plain(words) in self._house or _is_reach(words) or _is_title(words)


def _is_empty(line: str) -> bool:
    """Whether nothing stands there but a rule across the page."""
    return not line.strip(" \t\r\n*_=~-–—")


def _is_reach(line: str) -> bool:
    words = _WORD.findall(_LINKED.sub(" ", line))
    return bool(_REACHED.search(line)) and sum(map(str.isalpha, words)) <= _BESIDE_NUMBERS


def _is_title(line: str) -> bool:
    """Whether it looks like "Directora de ventas" or "Head of Customer Care"."""
    words = _WORD.findall(line)
    if not words or not words[0][0].isupper() or not _is_short(line, _TITLE):
        return False
    return len(words) <= _FEW or all(len(each) < _FEW or each[0].isupper() for each in words)


def _is_short(line: str, most: int) -> bool:
    return len(_WORD.findall(line)) <= most and not _SPOKEN.search(line)


def _plain(line: str) -> str:
    return " ".join(_words(line))


def _words(line: str) -> list[str]:
    return _WORD.findall(fold(line))
