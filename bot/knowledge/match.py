"""One question held against the articles: what each shares with it, and how telling that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import fmean
from typing import NamedTuple

WORDS, PIECES, CONCEPTS = "words", "pieces", "concepts"
#: What of each part of an article counts, and by what it is found.
PARTS: Mapping[str, tuple[str, float]] = {
    "title": (WORDS, 0.5),
    "tags": (WORDS, 0.5),
    "body": (WORDS, 1.0),
    "pieces": (PIECES, 0.4),
    "theme": (CONCEPTS, 1.0),  # what title and tags mean
    "concepts": (CONCEPTS, 1.0),  # what the body means
}
FEATURES = (
    "coverage", "title", "filled", "whole", "heading", "pieces", "spelled", "meant", "mass",
    "telling", "above", "score", "length", "alike", "same",
)  # fmt: skip
SPELLED = 0.12  # what pieces of a word count that articles have as it stands, as most are
_OTHERS = 10  # articles after one, by which is judged how far above others it is
_LEAST = 0.01  # of a score, of which the logarithm is taken


class Scores(NamedTuple):
    """How well articles fit: all in all, and by what."""

    every: dict[int, float]
    words: Mapping[int, float]
    meant: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, as articles are found by it."""

    text: str
    words: frozenset[str]  # stems, in each language that articles are in
    pieces: Mapping[str, float]  # and how much each counts
    concepts: Mapping[str, float]  # and how surely it means each
    language: str = ""
    said: tuple[frozenset[str], ...] = ()  # of each word in its order, the stems it may have

    @classmethod
    def of(cls, learned_by: Iterable[str]) -> "Question":
        """A question as it was learned, by its terms alone."""
        kinds: dict[str, dict[str, float]] = {WORDS: {}, PIECES: {}, CONCEPTS: {}}
        for each in learned_by:
            kind = PIECES if each.startswith(" ") else CONCEPTS if "." in each else WORDS
            kinds[kind][each[1:] if kind is PIECES else each] = SPELLED if kind is PIECES else 1.0
        return cls("", frozenset(kinds[WORDS]), kinds[PIECES], kinds[CONCEPTS])

    def terms(self, kind: str) -> Mapping[str, float]:
        """What it holds of one kind, and how much each counts."""
        words = dict.fromkeys(self.words, 1.0)
        return {WORDS: words, PIECES: self.pieces, CONCEPTS: self.concepts}[kind]

    @property
    def learned_by(self) -> frozenset[str]:
        """By what it is like other questions."""
        return frozenset({*self.words, *self.concepts, *(f" {each}" for each in self.pieces)})


@dataclass(slots=True)
class Match:
    """What one article shares with a question."""

    index: int
    score: float = 0.0  # by which articles are ordered
    alike: float = 0.0  # to questions that were linked to it, from -1 to 1
    same: float = 0.0  # what the very same question weighed
    words: float = 0.0  # its score by words, of that of the article that is best by words
    meant: float = 0.0  # …and by what is meant
    above: float = 0.0  # its score over the mean of those that follow, of its own
    coverage: float = 0.0  # of what the question says, the part that it has at all
    title: float = 0.0  # …and that its title and tags have
    filled: float = 0.0  # of what its title says, the part that the question has
    pieces: float = 0.0  # of the question's pieces, the part that its title and tags have
    theme: float = 0.0  # of what the question means, the part that its title and tags mean
    mass: float = 0.0  # how much the words tell that it shares with the question
    length: float = 0.0  # of the question

    def features(self) -> tuple[float, ...]:
        """What the probability is judged by, in the order of `FEATURES`.

        Products stand for what tells something only together.
        """
        score = log(max(self.score, _LEAST))
        whole, telling = self.filled * self.filled, self.words * self.mass
        heading, spelled = self.coverage * self.title, self.pieces * self.theme
        return (
            self.coverage, self.title, self.filled, whole, heading, self.pieces, spelled,
            self.meant, self.mass, telling, self.above, score, self.length, self.alike, self.same,
        )  # fmt: skip


def compare(found: Sequence[Match], k: int, scores: Scores) -> None:
    """Hold the first of the matches, of which the best comes first, against all that follow."""
    by_words = max(scores.words.values(), default=0.0) or 1.0
    by_meaning = max(scores.meant.values(), default=0.0) or 1.0
    for place, each in enumerate(found[:k], start=1):
        others = [other.score for other in found[place : place + _OTHERS]]
        each.above = 1 - (fmean(others) / each.score if others else 0.0)
        each.words = scores.words.get(each.index, 0.0) / by_words
        each.meant = scores.meant.get(each.index, 0.0) / by_meaning


def length_of(question: Question) -> float:
    """How much a question says, from 0 for nothing to about 1 for a story."""
    return log(1 + len(question.said)) / 3
