"""Fits the weights by which the probability of an answer is judged: python -m benchmarks.faq_fit.

Prints what `bot/knowledge/judge.py` holds. Which questions are right follows from the sets; those
whose article was taken away, and those that none answers, are wrong whatever is found. One set has
questions of an article that are worded apart, in the other people repeat one another.
"""

from collections.abc import Iterator, Sequence
from math import exp
from operator import mul
from statistics import fmean, pstdev
from typing import NamedTuple

from benchmarks.faq_repeated import held_out, taught
from benchmarks.faq_repeated_set import LANGUAGES, TAUGHT, others
from benchmarks.faq_set import Article, Question, articles, family, questions
from benchmarks.roc import auroc
from bot.knowledge import Engine
from bot.knowledge.judge import Judge
from bot.knowledge.match import FEATURES

_LEFT_OUT = 3  # of as many questions one is asked without its article
_ROUNDS, _RATE, _DECAY = 1_000, 2.0, 0.001
_OUT = "out"  # the groups of what no article answers
_LINKS = (0, 10, TAUGHT)  # an article, of the engines that are asked by turns
SET = {"same": 3.0}  # not fitted: in neither set are the very same words asked again


class Sample(NamedTuple):
    """The best match of one question, and whether it is right."""

    features: tuple[float, ...]
    right: bool
    group: str  # the article it is about, and its translation: never both fitted and measured by


class Fitted(NamedTuple):
    """What a probability is judged by."""

    bias: float
    weights: tuple[float, ...]

    def probability(self, features: Sequence[float]) -> float:
        """That a match with these features is right."""
        return _likely(self.bias + sum(map(mul, self.weights, features)))


def samples(every: list[Article], asked: list[Question]) -> Iterator[Sample]:
    """Each question once, the articles as they are written.

    An article is left out with its translation, which answers as well.
    """
    families = [family(each) for each in every]
    engine = Engine([document(each) for each in every])
    numbers = {each.id: number for number, each in enumerate(every)}
    for turn, each in enumerate(asked):
        group = families[numbers[each.article]] if each.article else f"{_OUT} {turn}"
        without = group if turn % _LEFT_OUT == 0 else ""
        found = engine.why(each.text, allowed=lambda x, but=without: families[x] != but)
        if found.matches:
            best = found.matches[0]
            yield Sample(best.features(), families[best.index] == group, group)


def repeated() -> Iterator[Sample]:
    """Each question of the second set once, of engines that learned nothing, some or much."""
    engines = [taught(LANGUAGES, links) for links in _LINKS]
    asked = [*held_out(LANGUAGES), *((-1, each) for each in others())]
    for turn, (place, each) in enumerate(asked):
        engine = engines[turn // _LEFT_OUT % len(engines)]
        without = place if turn % _LEFT_OUT == 0 else -1
        found = engine.why(each.text, allowed=lambda x, but=without: x != but)
        if found.matches:
            best = found.matches[0]
            group = each.matter or f"{_OUT} of {turn}"
            yield Sample(best.features(), best.index == place, group)


def fit(known: Sequence[Sample]) -> Fitted:
    """Logistic regression by gradient descent, the weights held small."""
    columns = [*zip(*(each.features for each in known), strict=True)]
    means, spreads = [fmean(each) for each in columns], [pstdev(each) or 1.0 for each in columns]
    free = [at for at, name in enumerate(FEATURES) if name not in SET]
    rows = [[(each.features[at] - means[at]) / spreads[at] for at in free] for each in known]
    given = [
        sum(SET.get(n, 0.0) * x for n, x in zip(FEATURES, each.features, strict=True))
        for each in known
    ]
    bias, weights = 0.0, [0.0] * len(free)
    for _ in range(_ROUNDS):
        offs = [
            _likely(bias + start + sum(map(mul, weights, row))) - each.right
            for row, start, each in zip(rows, given, known, strict=True)
        ]
        bias -= _RATE * fmean(offs)
        for at, column in enumerate(zip(*rows, strict=True)):
            slope = sum(map(mul, offs, column)) / len(known)
            weights[at] -= _RATE * (slope + _DECAY * weights[at])
    found = dict.fromkeys(range(len(FEATURES)), 0.0)
    found |= {at: weight / spreads[at] for at, weight in zip(free, weights, strict=True)}
    bias -= sum(found[at] * means[at] for at in free)
    every = (SET.get(name, found[at]) for at, name in enumerate(FEATURES))
    return Fitted(bias, tuple(every))


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


def document(each: Article) -> dict[str, object]:
    """An article as the engine reads it."""
    return {
        "title": each.title,
        "body": each.body,
        "language": each.language,
        "tags": each.tags,
        "translates": family(each) if each.translates else "",
    }


def _likely(weighed: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, weighed))))


def _tell(name: str, tried: Sequence[tuple[float, Sample]]) -> None:
    """Print how well those of one set were judged by weights that don't know them."""
    found = [(likely, each.right) for likely, each in tried]
    print(f"# {name}: {len(tried)} questions, AUROC held out {auroc(found):.1f} %")
    nowhere = sum(each.group.startswith(_OUT) for _, each in tried)
    for asked in (70, 90):
        offered = [each for likely, each in tried if likely >= Judge().threshold(asked / 100)]
        right = 100 * fmean(each.right for each in offered)
        alarms = 100 * sum(each.group.startswith(_OUT) for each in offered) / nowhere
        print(f"# {name}, {asked} % asked: {right:.1f} % right, false alarms {alarms:.1f} %")


def main() -> None:
    """Fit on all questions of both sets, and print the weights."""
    apart, again = [*samples(articles(), questions())], [*repeated()]
    tried = judged([*apart, *again])
    for name, known in (("worded apart", apart), ("repeated", again)):
        groups = {each.group for each in known}
        _tell(name, [each for each in tried if each[1].group in groups])
    fitted = fit([*apart, *again])
    print(f"BIAS = {fitted.bias:.2f}")
    for name, weight in zip(FEATURES, fitted.weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
