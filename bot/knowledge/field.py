"""One field of all articles, searched by BM25; an article comes and goes without the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log

_SATURATION = 1.2
_COMMON = 0.1  # the part of the articles above which a term tells nothing
_SMALL = 50  # articles below which every term counts


class Field:
    """Terms of each article and the articles of each term."""

    def __init__(self, evenness: float = 0.75) -> None:
        self._evenness = evenness
        self._postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._terms: dict[int, frozenset[str]] = {}
        self._lengths: dict[int, int] = {}
        self._total = 0

    def put(self, index: int, terms: Iterable[str]) -> None:
        """Let an article have these terms in place of what it had."""
        self.remove(index)
        counts = Counter(terms)
        for term, count in counts.items():
            self._postings[term][index] = count
        self._terms[index] = frozenset(counts)
        self._lengths[index] = counts.total()
        self._total += counts.total()

    def remove(self, index: int) -> None:
        """Forget an article, if it is there."""
        for term in self._terms.pop(index, ()):
            postings = self._postings[term]
            del postings[index]
            if not postings:
                del self._postings[term]
        self._total -= self._lengths.pop(index, 0)

    def scores(self, terms: Iterable[str]) -> dict[int, float]:
        """BM25 of the articles that have any of these terms."""
        found: defaultdict[int, float] = defaultdict(float)
        mean = self._total / len(self._lengths) if self._total else 1.0
        least = _SATURATION * (1 - self._evenness)
        slope = _SATURATION * self._evenness / mean
        for term in sorted(set(terms)):  # in one order: sums of floats depend on it
            postings = self._postings.get(term, {})
            weight = self.weight(term)
            for index, count in postings.items() if weight else ():
                grown = count * (_SATURATION + 1)
                found[index] += weight * grown / (count + least + slope * self._lengths[index])
        return dict(found)

    def covered(self, terms: Iterable[str]) -> dict[int, float]:
        """How much the terms weigh together that each article has."""
        found: defaultdict[int, float] = defaultdict(float)
        for term in sorted(set(terms)):
            weight = self.weight(term)
            for index in self._postings.get(term, ()) if weight else ():
                found[index] += weight
        return dict(found)

    def has(self, index: int, term: str) -> bool:
        """Whether an article has this term."""
        return index in self._postings.get(term, ())

    def knows(self, term: str) -> bool:
        """Whether any article has this term."""
        return term in self._postings

    def terms(self, index: int) -> Iterable[str]:
        """The terms of an article."""
        return self._terms.get(index, ())

    def weight(self, term: str) -> float:
        """How telling a term is; 0 for one that too many articles have."""
        having, every = len(self._postings.get(term, ())), len(self._lengths)
        if every > _SMALL and having > _COMMON * every:
            return 0.0
        return log(1 + (every - having + 0.5) / (having + 0.5))
