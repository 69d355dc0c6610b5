"""Fits the weights by which the probability of an answer is judged: python -m benchmarks.faq_fit.

Prints what `bot/knowledge/judge.py` holds. Which questions are right follows from the set; those
whose article was taken away, and those that none answers, are wrong whatever is found.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import exp
from operator import mul
from random import Random
from statistics import fmean, pstdev
from typing import NamedTuple

from benchmarks.faq_set import Article, Question, articles, questions
from bot.knowledge import Engine
from bot.knowledge.match import FEATURES

_SIZES = (40, 8)  # articles of smaller shelves
_LEFT_OUT = 3  # of as many questions one is asked without its article
_ROUNDS, _RATE, _DECAY = 800, 1.0, 0.002
_OUT = "out"  # the group of what no article answers
#: Not fitted: in the set the questions of one article are worded apart on purpose, and so tell
#: nothing of how alike those are that come again.
SET = {"alike": 2.0, "same": 3.0}


class Sample(NamedTuple):
    """The best match of one question, and whether it is right."""

    features: tuple[float, ...]
    right: bool
    group: str  # the article it is about: never both fitted and measured by


class Fitted(NamedTuple):
    """What a probability is judged by."""

    bias: float
    weights: tuple[float, ...]

    def probability(self, features: Sequence[float]) -> float:
        """That a match with these features is right."""
        weighed = sum(weight * value for weight, value in zip(self.weights, features, strict=True))
        return _logistic(self.bias + weighed)


def samples(every: list[Article], asked: list[Question]) -> Iterator[Sample]:
    """What is found on shelves of all sizes, since a desk begins with few articles."""
    chance = Random(1)  # noqa: S311 - it only deals articles and questions out
    yield from _asked_of(every, asked, _LEFT_OUT)
    for size in _SIZES:
        dealt = chance.sample(every, len(every))
        for begin in range(0, len(dealt), size):
            shelf = dealt[begin : begin + size]
            here = {each.id for each in shelf}
            own = [each for each in asked if each.article in here]
            others = chance.sample([each for each in asked if each.article not in here], len(own))
            yield from _asked_of(shelf, [*own, *others])


def _asked_of(shelf: list[Article], asked: list[Question], left_out: int = 0) -> Iterator[Sample]:
    """Each question once; of so many, one without its article."""
    engine = Engine([document(each) for each in shelf])
    numbers = {each.id: number for number, each in enumerate(shelf)}
    for turn, each in enumerate(asked):
        without = numbers.get(each.article, -1) if left_out and turn % left_out == 0 else -1
        found = engine.why(each.text, language=each.language, allowed=lambda x, n=without: x != n)
        if found.matches:
            best = found.matches[0]
            right = shelf[best.index].id == each.article
            yield Sample(tuple(best.features()), right, each.article or _OUT)


def fit(known: Sequence[Sample]) -> Fitted:
    """Logistic regression by gradient descent, the weights held small; each sign on one scale."""
    columns = [*zip(*(each.features for each in known), strict=True)]
    means, spreads = [*map(fmean, columns)], [pstdev(column) or 1.0 for column in columns]
    scaled = [
        [(value - mean) / spread for value in column]
        for column, mean, spread in zip(columns, means, spreads, strict=True)
    ]
    bias, weights = 0.0, [0.0] * len(columns)
    for _ in range(_ROUNDS):
        sums = [bias] * len(known)
        for weight, column in zip(weights, scaled, strict=True):
            sums = [total + weight * value for total, value in zip(sums, column, strict=True)]
        off = [_logistic(total) - each.right for total, each in zip(sums, known, strict=True)]
        bias -= _RATE * fmean(off)
        for at, column in enumerate(scaled):
            slope = sum(map(mul, off, column)) / len(known)
            weights[at] -= _RATE * (slope + _DECAY * weights[at])
    fitted = [weight / spread for weight, spread in zip(weights, spreads, strict=True)]
    bias -= sum(map(mul, fitted, means))
    chosen = (SET.get(name, fitted[at]) for at, name in enumerate(FEATURES))
    return Fitted(bias, tuple(chosen))


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


def judged(known: Sequence[Sample], folds: int = 5) -> list[tuple[float, Sample]]:
    """The probability of each sample by what was fitted without its article."""
    groups = sorted({each.group for each in known})
    fold = {group: number % folds for number, group in enumerate(groups)}
    found = []
    for number in range(folds):
        fitted = fit([each for each in known if fold[each.group] != number])
        held = [each for each in known if fold[each.group] == number]
        found += [(fitted.probability(each.features), each) for each in held]
    return found


def auroc(found: Iterable[tuple[float, bool]]) -> float:
    """How often what is right is judged likelier than what is wrong, in per cent."""
    ranked = sorted(found)
    below = wins = rights = 0.0
    for _, right in ranked:
        if right:
            wins += below
            rights += 1
        else:
            below += 1
    return 100 * wins / (rights * below) if rights and below else 0.0


def document(each: Article) -> dict[str, object]:
    """An article as the engine reads it."""
    family = min(each.id, each.translates) if each.translates else ""
    return {
        "title": each.title,
        "body": each.body,
        "language": each.language,
        "tags": each.tags,
        "translates": family,
    }


def main() -> None:
    """Fit on all questions, and print the weights."""
    known = [*samples(articles(), questions())]
    found = [(likely, each.right) for likely, each in judged(known)]
    print(f"# {len(known)} questions, AUROC held out {auroc(found):.1f} %")
    fitted = fit(known)
    print(f"BIAS = {fitted.bias:.2f}")
    for name, weight in zip(FEATURES, fitted.weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
