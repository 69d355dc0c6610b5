"""Terms: the stems by which a matter is found again, and how alike two matters are by them.

Words of every language are cut the same way, since tickets mix them; what counts is that the same
word always comes to the same stem, not that a grammarian would agree.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from math import log
from typing import NamedTuple

from bot.model.emphasis import unmarked
from bot.model.fold import fold
from bot.model.secret import MARK

MOST = 24  # terms that are kept of one ticket
_READ = 5_000  # characters: whoever wrote more has said what it is about by then
_SHORTEST, _LONGEST = 2, 40  # letters of a term
_LEAST_STEM = 3  # letters that are left of a word
_ALIKE = 0.4  # the part of a matter's weight that a similar one shares…
_WEIGHED = 10  # …by its heaviest terms: who tells a long story still has one matter
_LEAST_SHARED = 2  # terms; but for one that says it all
_SAYS_IT_ALL = re.compile(
    r"(?=.*\d)(?=.*[^\W\d])\S{5,}|\d{5,}"
)  # a code: "0x80070005", "ora-12154"
_SAME_TEAM = 1.1  # times as alike

_LINK = re.compile(r"[a-z]{2,8}://\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+")
_APOSTROPHE = re.compile(r"['’´`]")
_WORD = re.compile(r"[^\W_]+(?:[-.:/][^\W_]+)*")
_PART = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[:.]\d\d|\d{1,4}([-./])\d{1,2}\1\d{1,4}|\d{1,2}[-./]\d{1,2}")
_DOUBLED = re.compile(r"(.)\1$")


class Wordlist(NamedTuple):
    """What says nothing of a matter, and how words end, of every language at once; folded."""

    common: frozenset[str]
    plurals: tuple[str, ...]
    endings: tuple[str, ...]  # the longest first


def compile_wordlist(tables: Iterable[Mapping[str, str]]) -> Wordlist:
    """The lists `common`, `plurals` and `endings` of each language, words with blanks between."""
    listed: dict[str, set[str]] = {name: set() for name in Wordlist._fields}
    for table in tables:
        for name, words in listed.items():
            words.update(fold(_APOSTROPHE.sub("", table.get(name, ""))).split())
    plurals, endings = (
        tuple(sorted(listed[name], key=lambda each: (-len(each), each)))
        for name in ("plurals", "endings")
    )
    return Wordlist(frozenset(listed["common"]), plurals, endings)


def terms(known: Wordlist, *said: str, but: Collection[str] = ()) -> tuple[str, ...]:
    """The terms of what was said, each once, in the order in which they come.

    The marks of hidden secrets, links, addresses, times and dates are none; nor are the words in
    `but`, such as a name. Numbers and codes stay as they are.
    """
    names = {fold(part) for each in but for part in _PART.findall(each)}
    found: dict[str, None] = {}
    for text in said:
        for word in _words(text[:_READ]):
            if _DIGIT.search(word):
                found[word] = None
            elif word not in known.common and word not in names:
                found[_stem(known, word)] = None
    return tuple(found)


def rarest(counts: Mapping[str, int], most: int) -> list[str]:
    """Of these terms those that the fewest tickets have; of equals the first."""
    return sorted(counts, key=counts.__getitem__)[:most]


def weights(counts: Mapping[str, int], among: int) -> dict[str, float]:
    """How much each term tells, by how many of so many tickets have it."""
    return {term: log(1 + among / max(count, 1)) for term, count in counts.items()}


def ranked(
    weighed: Mapping[str, float], shared: Mapping[int, Sequence[str]], near: Collection[int] = ()
) -> list[int]:
    """The tickets that are alike, by the terms they share with a matter, the most alike first.

    Those in `near`, of the same team, count a little more; of equals the newest comes first.
    """
    total = sum(nlargest(_WEIGHED, weighed.values()))
    likeness = {
        number: sum(weighed[each] for each in found) * (_SAME_TEAM if number in near else 1)
        for number, found in shared.items()
        if _is_enough(found)
    }
    alike = [number for number, weight in likeness.items() if weight >= _ALIKE * total]
    return sorted(alike, key=lambda number: (-likeness[number], -number))


def _is_enough(shared: Sequence[str]) -> bool:
    return len(shared) >= _LEAST_SHARED or any(map(_SAYS_IT_ALL.fullmatch, shared))


def _words(text: str) -> Iterator[str]:
    plain = fold(_APOSTROPHE.sub("", _LINK.sub(" ", MARK.sub(" ", unmarked(text)))))
    for word in _WORD.findall(plain):
        if not _DIGIT.search(word):
            yield from (each for each in _PART.findall(word) if _fits(each))
        elif not _TIME.fullmatch(word) and _fits(word):
            yield word


def _fits(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST


def _stem(known: Wordlist, word: str) -> str:
    for endings in (known.plurals, known.endings):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
                word = word[: -len(ending)]
                break
    return _DOUBLED.sub(r"\1", word) if len(word) > _LEAST_STEM else word
