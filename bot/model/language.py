"""Which language a short text is written in, told by its commonest words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.model.fold import fold
from bot.model.phrase import Spoken, spoken

_READ = 2_000  # characters
# What is often in another language than the person: error messages, code, names. Two expressions,
# since one for both would have to look twice at each letter.
_QUOTED = re.compile(r"\"[^\"\n]{8,}\"|“[^”\n]{8,}”|«[^»\n]{8,}»|`[^`\n]+`")
_NAME = re.compile(r"\b[A-Z]{2,}-\d+|\bIT\b")
_HINT = 0.5  # what an ending or a borrowed word tells, where a common word tells 1
_FEW = 6  # words: fewer don't overturn what is known of somebody
_SEVERAL = 2
_UNKNOWN: tuple[float, ...] = ()


class Marks(NamedTuple):
    """By what a language is known; the accents and apostrophes of words don't count."""

    words: Sequence[str]  # its commonest
    borrowed: Sequence[str] = ()  # its own, but said in other languages too
    endings: Sequence[str] = ()
    signs: str = ""  # letters and signs of this language alone


class Languages:
    """Tells languages apart by their marks, and from the `foreign` words of yet others."""

    def __init__(self, marks: Mapping[str, Marks], foreign: Iterable[str] = ()) -> None:
        self._names = tuple(marks)
        self._signs = [each.signs for each in marks.values()]
        self._endings = [tuple(map(_plain, each.endings)) for each in marks.values()]
        #: What a word tells of each language, and last of all those that are foreign.
        self._told: dict[str, tuple[float, ...]] = {}
        for place, each in enumerate(marks.values()):
            self._learn(each.words, place, 1.0)
            self._learn(each.borrowed, place, _HINT)
        strange = {_plain(word) for word in foreign}
        self._told |= {word: self._hints(word) for word in strange - self._told.keys()}
        self._learn(strange, len(marks), 1.0)
        same: dict[tuple[float, ...], tuple[float, ...]] = {}  # few differ, of a thousand
        self._told = {word: same.setdefault(told, told) for word, told in self._told.items()}

    def detect(self, *texts: str) -> str | None:
        """The language of what somebody wrote; None when unsure, or when it is none of these.

        Made for help-desk talk, where two words often are all there is: "vpn down", "no me va".
        What stands in quotation marks doesn't count, and only the first 2,000 characters of each
        text are read.
        """
        said = [_said(text) for text in texts]
        words = [word for each in said for word in each.words]
        told = Counter([self._told.get(word, _UNKNOWN) for word in words])
        unknown = told.pop(_UNKNOWN, 0)
        nothing = (0.0,) * (len(self._names) + 1)
        found = [nothing, *(self._signed(each.text) for each in said)]
        found += [tuple(value * times for value in values) for values, times in told.items()]
        scores = [sum(column) for column in zip(*found, strict=True)]
        if _lead(scores) <= unknown * _HINT:  # only then endings could turn it
            hints = [self._hints(word) for word in words if word not in self._told]
            scores = [sum(column) for column in zip(scores, *hints, strict=True)]
        return self._names[scores.index(max(scores))] if _lead(scores) > 0 else None

    def heard(self, known: Iterable[str], *texts: str) -> str | None:
        """The same of somebody of whom is `known` which languages they speak, the surest first.

        A few words tell nothing new of them, unless several are of another language alone, and
        none of theirs: "status page shows red".
        """
        found = self.detect(*texts)
        codes = (each.partition("-")[0].lower() for each in known)
        theirs = next((each for each in codes if each in self._names), found)
        if found is None or found == theirs:
            return found
        words = [word for text in texts for word in _said(text).words]
        if len(words) >= _FEW:
            return found
        here, there = self._names.index(theirs or found), self._names.index(found)
        told = [self._told[word] for word in words if word in self._told]
        own = any(each[here] >= 1 and not each[there] for each in told)
        other = sum(each[there] >= 1 and not each[here] for each in told)
        return found if other >= _SEVERAL and not own else None

    def _learn(self, words: Iterable[str], place: int, weight: float) -> None:
        for word in map(_plain, words):
            told = self._told.get(word) or (0.0,) * (len(self._names) + 1)
            self._told[word] = (*told[:place], weight, *told[place + 1 :])

    def _hints(self, word: str) -> tuple[float, ...]:
        return (*(_HINT * word.endswith(each) for each in self._endings), 0.0)

    def _signed(self, text: str) -> tuple[float, ...]:
        return (*(float(sum(sign in text for sign in signs)) for signs in self._signs), 0.0)


def _said(text: str) -> Spoken:
    return spoken(_NAME.sub(" ", _QUOTED.sub(" ", text[:_READ])))


def _plain(word: str) -> str:
    return fold(word).replace("'", "")


def _lead(scores: Sequence[float]) -> float:
    """By how much the best language is ahead of all else; below 0 where a foreign one is."""
    *languages, foreign = scores
    best, second = sorted([0.0, 0.0, *languages])[:-3:-1]
    return best - max(second, foreign)
