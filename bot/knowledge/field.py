"""One field of all articles, searched by BM25; an article comes and goes without the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import TypeVar

_Having = TypeVar("_Having", bound=Mapping[int, object])

_SATURATION = 1.2
_LOOKED = 3_000  # articles by term that are looked at, those of the most telling terms first


def looked_at(
    weights: Mapping[str, float], postings: Mapping[str, _Having]
) -> Iterator[tuple[str, _Having]]:
    """The terms with the articles of each, the most telling first, and no more than it pays."""
    looked = 0
    for term in sorted(weights, key=lambda each: (-weights[each], each)):
        having = postings.get(term)
        if having is None:
            continue
        looked += len(having)
        if looked > _LOOKED and looked > len(having):
            break
        yield term, having


class Field:
    """Terms of each article and the articles of each term."""

    def __init__(self, evenness: float = 0.75) -> None:
        self._evenness = evenness
        self._postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._terms: dict[int, frozenset[str]] = {}
        self._lengths: dict[int, float] = {}
        self._total = 0.0

    def put(self, index: int, terms: Iterable[str] | Mapping[str, float]) -> None:
        """Let an article have these terms, so often each, in place of what it had."""
        self.remove(index)
        counts: Mapping[str, float] = terms if isinstance(terms, Mapping) else Counter(terms)
        for term, count in counts.items():
            self._postings[term][index] = count
        self._terms[index] = frozenset(counts)
        self._lengths[index] = sum(counts.values())
        self._total += self._lengths[index]

    def remove(self, index: int) -> None:
        """Forget an article, if it is there."""
        for term in self._terms.pop(index, ()):
            postings = self._postings[term]
            del postings[index]
            if not postings:
                del self._postings[term]
        self._total -= self._lengths.pop(index, 0.0)

    def add_scores(
        self, found: dict[int, float], asked: Mapping[str, float], counts: float
    ) -> None:
        """Add to what was found BM25 of the articles that have terms, as much as each is asked."""
        mean = self._total / len(self._lengths) if self._total else 1.0
        least = _SATURATION * (1 - self._evenness)
        slope = _SATURATION * self._evenness / mean
        lengths, known = self._lengths, found.get
        weights = {each: times * self.weight(each) for each, times in asked.items()}
        for term, postings in looked_at(weights, self._postings):
            weight = counts * weights[term] * (_SATURATION + 1)
            for index, times in postings.items():
                score = weight * times / (times + least + slope * lengths[index])
                found[index] = known(index, 0.0) + score

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
        """How telling a term is: the more, the fewer articles have it."""
        having, every = len(self._postings.get(term, ())), len(self._lengths)
        return log(1 + (every - having + 0.5) / (having + 0.5))
