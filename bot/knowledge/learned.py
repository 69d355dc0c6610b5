"""What was learned: questions that were linked to articles make each of these easier to find."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log, sqrt

from bot.knowledge.field import looked_at

Example = tuple[tuple[str, ...], float]  # the terms of a question, and what it weighs


class Learned:
    """The sum of the questions of each article, whose terms weigh by how few articles have them."""

    def __init__(self) -> None:
        self._examples: defaultdict[int, list[Example]] = defaultdict(list)
        self._sums: defaultdict[int, dict[str, float]] = defaultdict(dict)
        self._having: defaultdict[str, dict[int, None]] = defaultdict(dict)  # articles of a term
        self._lengths: dict[int, float] = {}
        self._same: defaultdict[tuple[str, ...], dict[int, float]] = defaultdict(dict)

    def __len__(self) -> int:
        return sum(map(len, self._examples.values()))

    def learn(self, terms: Iterable[str], article: int, weight: float) -> None:
        """Add a question; below 0 it weighs against the article."""
        example = tuple(sorted(set(terms))), weight
        if example[0]:
            self._examples[article].append(example)
            same = self._same[example[0]]
            same[article] = same.get(article, 0.0) + weight
            self._add(article, example, 1)

    def unlearn(self, article: int) -> None:
        """Forget all questions of an article."""
        for term in self._sums.pop(article, {}):
            self._having[term].pop(article, None)
            if not self._having[term]:
                del self._having[term]
        for terms, _ in self._examples.pop(article, ()):
            self._same[terms].pop(article, None)
            if not self._same[terms]:
                del self._same[terms]
        self._lengths.clear()

    def count(self, article: int) -> int:
        """How many questions speak for an article."""
        return sum(weight > 0 for _, weight in self._examples.get(article, ()))

    def holds(self, example: Example, article: int) -> bool:
        """Whether this question is one of an article's."""
        return example in self._examples.get(article, ())

    def beyond(
        self, article: int, examples: Sequence[tuple[Iterable[str], float]]
    ) -> Sequence[tuple[Iterable[str], float]] | None:
        """What of these examples comes after those of an article; None where they differ."""
        known = self._examples.get(article, [])
        sound = [(terms, weight) for terms, weight in examples if terms]
        same = ((tuple(sorted(set(terms))), weight) for terms, weight in sound[: len(known)])
        return sound[len(known) :] if [*same] == known else None

    def latest(self, most: int) -> list[tuple[Example, int]]:
        """Questions of articles, the latest of each, evenly from all.

        Only of articles for which several speak: without its one question nothing would be left.
        """
        turns = [
            [(each, article) for each in reversed(examples)]
            for article, examples in sorted(self._examples.items())
            if self.count(article) > 1
        ]
        deepest = max(map(len, turns), default=0)
        mixed = [each[at] for at in range(deepest) for each in turns if at < len(each)]
        return mixed[:most]

    def alike(
        self, terms: Collection[str], every: int, *, but: tuple[Example, int] | None = None
    ) -> dict[int, float]:
        """How alike a question is to those of each article, from -1 to 1, among `every` article.

        As if the example `but` had not been learned.
        """
        weights = {each: self._weight(each, every) for each in sorted(set(terms))}
        length = sqrt(sum(each * each for each in weights.values()))
        found: defaultdict[int, float] = defaultdict(float)
        if but is not None:
            self._add(but[1], but[0], -1)
        for term, having in looked_at(weights, self._having):
            square = weights[term] ** 2
            for article in having:
                found[article] += square * self._sums[article][term]
        alike = {
            article: score / (length * self._length(article, every))
            for article, score in found.items()
            if score
        }
        if but is not None:
            self._add(but[1], but[0], 1)
        return alike

    def same(self, terms: Iterable[str]) -> Mapping[int, float]:
        """What the very same question weighed for each article it was linked to."""
        return self._same.get(tuple(sorted(set(terms))), {})

    def shared(self, terms: Collection[str], article: int) -> list[str]:
        """The terms of a question that those of an article have, the weightiest first."""
        sums: Mapping[str, float] = self._sums.get(article, {})
        return sorted((each for each in set(terms) if sums.get(each)), key=lambda x: (-sums[x], x))

    def _add(self, article: int, example: Example, sign: int) -> None:
        terms, weight = example
        sums, part = self._sums[article], sign * weight / sqrt(len(terms))
        for term in terms:
            sums[term] = sums.get(term, 0.0) + part
            self._having[term][article] = None
        self._lengths.pop(article, None)

    def _length(self, article: int, every: int) -> float:
        known = self._lengths.get(article)
        if known is None:
            sums = self._sums[article]
            squares = ((self._weight(term, every) * part) ** 2 for term, part in sums.items())
            known = self._lengths[article] = sqrt(sum(squares)) or 1.0
        return known

    def _weight(self, term: str, every: int) -> float:
        return log(1 + every / (1 + len(self._having.get(term, ()))))
