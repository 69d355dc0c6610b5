"""A topic: what several people asked, known by the words that their questions share."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest
from math import log, sqrt

KEPT = 40  # terms of a topic, those that tell most


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Questions that are alike, each in a ticket of its own."""

    size: int = 0  # questions
    terms: Mapping[str, int] = field(default_factory=dict)  # how many of them have each
    norm: float = 0.0  # how much its terms weighed together when it last grew
    article: int | None = None  # what answers it
    never: bool = False  # somebody said that it needs none
    version: int = 1
    id: int = 0

    def grown(self, other: Mapping[str, int], size: int) -> "Topic":
        """It with so many questions more, which have these terms."""
        terms = {**self.terms}
        for term, count in other.items():
            terms[term] = terms.get(term, 0) + count
        return replace(self, size=self.size + size, terms=terms)

    def weighed(self, weights: Mapping[str, float]) -> "Topic":
        """It with the terms that tell most of it, and their weight by what each weighs now."""
        told = {term: weights[term] * count / self.size for term, count in self.terms.items()}
        kept = nlargest(KEPT, told, key=lambda term: (told[term], term))
        norm = sqrt(sum(told[term] ** 2 for term in kept))
        return replace(self, terms={term: self.terms[term] for term in sorted(kept)}, norm=norm)


def weights(counts: Mapping[str, int], heard: int) -> dict[str, float]:
    """How much each term tells, by how many of so many questions have it."""
    return {term: log(1 + heard / (1 + count)) for term, count in counts.items()}


def likeness(one: Topic, other: Topic, weights: Mapping[str, float]) -> float:
    """How alike two are by what their terms weigh: the cosine of both, from 0 to 1.

    A question is a topic of one. Terms without a weight count for nothing.
    """
    if not (one.norm and other.norm):
        return 0.0
    shared = sum(
        (weights.get(term, 0.0) ** 2 * count * other.terms[term])
        for term, count in one.terms.items()
        if term in other.terms
    )
    return min(1.0, shared / (one.size * other.size * one.norm * other.norm))
