"""Fits the weights by which the probability of an answer is judged: python -m benchmarks.faq_fit.

Prints what `bot/knowledge/judge.py` holds. Which questions are right follows from the set; those
whose article was taken away, and those that none answers, are wrong whatever is found.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import exp
from typing import NamedTuple

from benchmarks.faq_set import Article, Question, articles, questions
from bot.knowledge import Engine
from bot.knowledge.match import FEATURES

_LEFT_OUT = 3  # of as many questions one is asked without its article
_ROUNDS, _RATE, _DECAY = 400, 1.0, 0.002
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
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.bias + weighed))))


def samples(every: list[Article], asked: list[Question]) -> Iterator[Sample]:
    """Each question once, the articles as they are written."""
    engine = Engine([document(each) for each in every])
    numbers = {each.id: number for number, each in enumerate(every)}
    for turn, each in enumerate(asked):
        without = numbers.get(each.article, -1) if turn % _LEFT_OUT == 0 else -1
        found = engine.why(each.text, language=each.language, allowed=lambda x, n=without: x != n)
        if found.matches:
            best = found.matches[0]
            right = every[best.index].id == each.article
            yield Sample(tuple(best.features()), right, each.article or _OUT)


def fit(known: Sequence[Sample]) -> Fitted:
    """Logistic regression by gradient descent, the weights held small."""
    bias, weights = 0.0, [SET.get(name, 0.0) for name in FEATURES]
    free = [at for at, name in enumerate(FEATURES) if name not in SET]
    for _ in range(_ROUNDS):
        fitted = Fitted(bias, tuple(weights))
        slope, slopes = 0.0, [0.0] * len(FEATURES)
        for each in known:
            off = fitted.probability(each.features) - each.right
            slope += off
            for at, value in enumerate(each.features):
                slopes[at] += off * value
        bias -= _RATE * slope / len(known)
        for at in free:
            weights[at] -= _RATE * (slopes[at] / len(known) + _DECAY * weights[at])
    return Fitted(bias, tuple(weights))


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
