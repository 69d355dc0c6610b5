"""One question held against the articles: what each shares with it, and how telling that is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

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
    "coverage", "title", "filled", "strange", "concepts", "pieces", "lead", "score", "alike",
    "same", "length", "own",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, as articles are found by it."""

    words: frozenset[str]  # stems, in each language that articles are in
    pieces: Mapping[str, float]  # and how much each counts
    concepts: Mapping[str, float]  # and how surely it means each
    language: str = ""

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
    own: bool = True  # it is in the language of the question
    lead: float = 0.0  # over the next one, of its own score
    coverage: float = 0.0  # of what the question says, the part that it has at all
    title: float = 0.0  # …and that its title and tags have
    filled: float = 0.0  # of what its title says, the part that the question has
    strange: float = 0.0  # of what the question says, the part that no article has
    concepts: float = 0.0
    pieces: float = 0.0
    length: float = 0.0  # of the question

    def features(self) -> Iterator[float]:
        """What the probability is judged by, in the order of `FEATURES`."""
        for name in FEATURES:
            value = float(getattr(self, name))
            yield max(-1.0, min(3.0, value))


def length_of(question: Question) -> float:
    """How much a question says, from 0 for nothing to about 1 for a story."""
    return log(1 + len(question.words)) / 4
