"""One question held against the articles: what each shares with it, and how telling that is."""

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from math import log
from typing import NamedTuple

WORDS, PIECES, CONCEPTS = "words", "pieces", "concepts"


class Part(NamedTuple):
    """By what a part of an article is found, and how much that counts."""

    kind: str
    own: float  # in the language of the question
    foreign: float  # in another: hardly a word of it can be there, so what it means counts for more


PARTS: Mapping[str, Part] = {
    "title": Part(WORDS, 0.2, 0.0),  # with the tags
    "body": Part(WORDS, 0.5, 0.1),
    "whole": Part(WORDS, 0.5, 0.0),  # how much of the question is there at all, however often
    "pieces": Part(PIECES, 0.06, 0.05),
    "concepts": Part(CONCEPTS, 0.4, 1.1),
}
FEATURES = (
    "coverage", "title", "filled", "strange", "concepts", "meanings", "unmeant", "pieces", "lead",
    "ahead", "score", "alike", "same", "own",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, as articles are found by it."""

    words: frozenset[str]  # stems, in each language that articles are in
    pieces: frozenset[str]
    concepts: frozenset[str]
    language: str = ""

    def terms(self, kind: str) -> frozenset[str]:
        """What it holds of one kind."""
        return {WORDS: self.words, PIECES: self.pieces, CONCEPTS: self.concepts}[kind]

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
    own: bool = True  # it is in the language of the question
    lead: float = 0.0  # over the next one, of its own score
    ahead: float = 0.0  # of the next ones together, by their mean score
    coverage: float = 0.0  # of what the question says, the part that it has at all
    title: float = 0.0  # …and that its title and tags have
    filled: float = 0.0  # of what its title says, the part that the question has
    strange: float = 0.0  # of what the question says, the part that no article has
    concepts: float = 0.0  # of what the question means, the part that it has
    meanings: float = 0.0  # how many of these it has…
    unmeant: float = 0.0  # …and how many it hasn't
    pieces: float = 0.0

    def features(self) -> Iterator[float]:
        """What the probability is judged by, in the order of `FEATURES`."""
        for name in FEATURES:
            value = float(getattr(self, name))
            yield max(-1.0, min(3.0, value))


def length_of(terms: Sized) -> float:
    """How much so many terms say, from 0 for nothing to about 1 for a story."""
    return log(1 + len(terms)) / 4
