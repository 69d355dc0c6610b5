"""What sets right where words and likeness were wrong: learned of the questions that were linked.

Multinomial logistic regression by stochastic gradient descent, on top of what a question would
score had it not been learned. So where words and likeness find the article, little is corrected.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from math import exp, sqrt
from typing import NamedTuple
from zlib import crc32

from bot.knowledge.field import looked_at

Scores = Mapping[int, float]

ENOUGH = 30  # questions, before which nothing is known
SHARPNESS = 4.0  # by which scores become odds: one point more is some fifty times likelier
_ROUNDS = 8  # over all questions, each a smaller step than the one before
_RIVALS = 10  # articles by words, and by likeness, that are set right beside the own
_LEAST = 0.05  # of a probability, off by which an article is set right
_SLIGHT = 0.05  # what is not kept


class Seen(NamedTuple):
    """A question that was linked, as it would score had it not been learned."""

    terms: tuple[str, ...]
    article: int
    weight: float  # below 0: the article doesn't answer it
    scores: Mapping[int, tuple[float, float]]  # by words and by likeness, of its own and rivals


class Correction:
    """What each term adds to the score of articles, by the article."""

    def __init__(self, weights: Mapping[int, Mapping[str, float]] | None = None) -> None:
        self._weights: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for article, known in (weights or {}).items():
            for term, weight in known.items():
                if abs(weight) > _SLIGHT:
                    self._weights[term][article] = weight / SHARPNESS

    def scores(self, terms: Collection[str]) -> dict[int, float]:
        """What is added to the score of each article for a question of these terms."""
        found: dict[int, float] = {}
        part = _part(terms)
        rarity = {each: -len(self._weights.get(each, ())) for each in terms}
        for _, corrected in looked_at(rarity, self._weights):
            for article, weight in corrected.items():
                found[article] = found.get(article, 0.0) + part * weight
        return found

    def speaks(self, terms: Iterable[str], article: int) -> dict[str, float]:
        """Which of these terms are corrected for an article, and by how much."""
        known = {each: self._weights.get(each, {}).get(article, 0.0) for each in terms}
        return {term: weight for term, weight in known.items() if weight}

    def forget(self, article: int) -> None:
        """Correct nothing of an article any more."""
        for each in self._weights.values():
            each.pop(article, None)


def seen(example: tuple[tuple[str, ...], float], article: int, base: Scores, alike: Scores) -> Seen:
    """A question with the scores of its own article and of those that come near it."""
    near = {article, *_nearest(base), *_nearest(alike)}
    scores = {each: (base.get(each, 0.0), alike.get(each, 0.0)) for each in sorted(near)}
    return Seen(*example[:1], article, example[1], scores)


def trained(known: Iterable[Seen], share: float) -> Correction:
    """What is learned of these questions, whatever their order; likeness counts `share`.

    Articles of which nobody asked are left as they are: they'd lose what they never could win.
    """
    mixed = sorted(known, key=lambda each: (crc32(" ".join(each.terms).encode()), *each[:3]))
    if len(mixed) < ENOUGH:
        return Correction()
    linked = {each.article for each in mixed}
    rivals = [
        [(x, SHARPNESS * (b + share * a)) for x, (b, a) in each.scores.items() if x in linked]
        for each in mixed
    ]
    weights: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for number in range(1, _ROUNDS + 1):
        for each, near in zip(mixed, rivals, strict=True):
            _learn(weights, each, near, 1 / number)
    return Correction(weights)


def _learn(
    weights: defaultdict[int, dict[str, float]],
    example: Seen,
    near: Sequence[tuple[int, float]],
    stride: float,
) -> None:
    """One step of descent: raise the article of a question, and lower those that outdo it."""
    terms, article, weight, _ = example
    part = _part(terms)
    odds = []
    for index, start in near:
        known = weights[index]
        odds.append(start + part * sum([known[x] for x in terms if x in known]))
    most = max(odds)
    grown = [exp(each - most) for each in odds]
    every = sum(grown)
    for (index, _), each in zip(near, grown, strict=True):
        off = each / every - (index == article and weight > 0)
        if abs(off) > _LEAST and (weight > 0 or index == article):
            known, step = weights[index], stride * abs(weight) * off * part
            for term in terms:
                known[term] = known.get(term, 0.0) - step


def _part(terms: Collection[str]) -> float:
    """What one of so many terms counts."""
    return 1 / sqrt(len(terms)) if terms else 0.0


def _nearest(scores: Scores) -> list[int]:
    return nlargest(_RIVALS, scores, key=lambda index: (scores[index], -index))
