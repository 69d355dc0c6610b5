"""How long something took, as people write it: "25", "1h 30", "an hour and a half", "-10 min"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.model.fold import fold

LONGEST = 24 * 60  # minutes that one line may tell
_MOST_ATOMS = 12  # of which the longest duration consists
_PHRASE = 6  # words
_ATOM = re.compile(r"[0-9]+(?:[.,:][0-9]+)?|[^\W\d_]+|\S")
_MINUS = re.compile(r"\s*[-\u2212\u2013]\s*(?=\w)")
_ENDS = re.compile(r"\s|[,;.:!\u2026](?:\s|$)|$")  # behind a duration
_APART = re.compile(r"\s*(?:[,;.:!\u2026]|[-\u2013\u2014](?=\s)|\n|$)\s*")  # before other words
_CLAUSE_ENDS = re.compile(r"[,;.:!\u2026](?:\s|$)|\n|$")
_MARKS = {",": ",", ";": ",", ".": ","}
_MINUTES = "'\u2019\u2032"  # 25'
# Signs in place of words: "h" and "m" for units, "d" for those that nobody works without a break,
# "+" for "and", "&" before a share of the hour.
# A clock has hours of one digit: "15:00" is a time of day.
_SHAPE = re.compile(
    r"(?P<clock>0?[0-9]):(?P<rest>[0-5][0-9])h?"
    r"|(?P<hours>[0-9]{1,4}(?:[.][0-9]{1,2})?)(?P<before>&[.0-9]+)?h(?P<after>&[.0-9]+)?"
    r"(?:[,+]?(?P<minutes>[0-9]{1,4})m|(?P<and>[+]?)(?P<bare>[0-5]?[0-9]))?"
    r"|h(?P<one>&[.0-9]+)"
    r"|(?P<only>[0-9]{1,4})m?"
)
_TIMELY = re.compile(r"[+,]?[0-9hmd&]")  # how signs begin that speak of time


@dataclass(frozen=True, slots=True)
class Lasting:
    """What durations are called, each word folded.

    `phrases` are signs by what stands for them, units of one word too; `one` are words that count
    as 1 before a unit, `numbers` spelled ones by their digits, and `tens` those to which another
    may be added: "forty five". `plus` joins parts, `less` takes away.
    """

    phrases: Mapping[str, str]
    numbers: Mapping[str, str]
    tens: Mapping[str, int]
    one: frozenset[str]
    plus: frozenset[str]
    less: frozenset[str]


class Spent(NamedTuple):
    """Minutes, fewer than none where they are taken away, and the words behind them."""

    minutes: int
    rest: str


def read_duration(words: str, called: Lasting) -> Spent | None:
    """How long the words say that something took, and what else they say; None for no duration.

    It is read whole or not at all: the longest beginning that is one, and none where what follows
    it speaks of time too, unless a mark sets that apart. A number alone counts minutes.
    """
    begun, sign = _signed(words, called)
    atoms = list(_ATOM.finditer(begun.partition("\n")[0]))[:_MOST_ATOMS]
    for count in range(len(atoms), 0, -1):
        end = atoms[count - 1].end()
        shape = _SHAPE.fullmatch(_signs([each[0] for each in atoms[:count]], called))
        if shape is None or not _ENDS.match(begun, end):
            continue
        rest = _rest(begun[end:], called, needs_mark=bool(shape["and"]))
        minutes = _minutes(shape)
        return Spent(sign * minutes, rest) if minutes and rest is not None else None
    return None


def _signed(words: str, called: Lasting) -> tuple[str, int]:
    if minus := _MINUS.match(words):
        return words[minus.end() :], -1
    first, _, others = words.strip().partition(" ")
    return (others, -1) if fold(first) in called.less else (words, 1)


def _rest(behind: str, called: Lasting, *, needs_mark: bool) -> str | None:
    """The words behind a duration; None where they may belong to it."""
    apart = _APART.match(behind)
    rest = behind[apart.end() if apart else 0 :].strip()
    if apart:
        clause = rest[: found.start()] if (found := _CLAUSE_ENDS.search(rest)) else rest
        return None if _SHAPE.fullmatch(_signs(_ATOM.findall(clause), called)) else rest
    begins = _signs(_ATOM.findall(rest.partition("\n")[0])[:_PHRASE], called)
    return None if needs_mark or _TIMELY.match(begins) else rest


def _minutes(shape: re.Match[str]) -> int:
    """Whole minutes, half of one rounded up."""
    if shape["clock"]:
        return int(shape["clock"]) * 60 + int(shape["rest"])
    if shape["only"]:
        return int(shape["only"])
    shares = (shape[name] for name in ("before", "after", "one"))
    hours = float(shape["hours"] or 1) + sum(float(each[1:]) for each in shares if each)
    return int(hours * 60 + 0.5) + int(shape["minutes"] or shape["bare"] or 0)


def _signs(atoms: Sequence[str], called: Lasting) -> str:
    """The signs for the words, "?" for one that says nothing of time."""
    words = [fold(each) for each in atoms]
    signs, at = "", 0
    while at < len(words):
        sign, count = _sign(words[at:], called)
        shortens = words[at] == "." and signs[-1:] in ("h", "m") and at + 1 < len(words)
        if not shortens:  # "1 h. 30 min."
            signs += f" {sign}" if signs[-1:].isdigit() and sign[0].isdigit() else sign
        at += count
    return signs


def _sign(words: Sequence[str], called: Lasting) -> tuple[str, int]:
    """The sign for what the words begin with, and for how many of them it stands."""
    for count in range(min(_PHRASE, len(words)), 0, -1):
        if sign := called.phrases.get(" ".join(words[:count])):
            return sign, count
    first, following = words[0], "".join(words[1:2])
    if first in called.one and called.phrases.get(following) in ("h", "m"):
        return "1", 1
    if first in called.tens:
        return _added(words, called)
    if first in _MINUTES:
        return "m", 1
    if first in called.plus:
        return "+", 1
    number = called.numbers.get(first, first)
    known = number if number[0] in "0123456789" else _MARKS.get(first, "?")
    return known.replace(",", ".") if known != "," else known, 1


def _added(words: Sequence[str], called: Lasting) -> tuple[str, int]:
    """A number of two words: "forty five", "forty-five", "cuarenta y cinco"."""
    ten = called.tens[words[0]]
    at = 2 if words[1:2] and (words[1] == "-" or words[1] in called.plus) else 1
    one = called.numbers.get("".join(words[at : at + 1]), "")
    return (str(ten + int(one)), at + 1) if len(one) == 1 else (str(ten), 1)
