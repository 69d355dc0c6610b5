"""The judge: how likely a match is right, and from which probability on it may be offered."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import exp, sqrt
from operator import itemgetter
from types import MappingProxyType

from bot.knowledge.match import FEATURES

#: Fitted by `python -m benchmarks.faq_fit` on `benchmarks/faq`, of which no desk's own is part.
BIAS = -7.37
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "coverage": -0.09,
        "title": -8.17,
        "filled": -3.98,
        "whole": 9.90,
        "heading": 5.78,
        "pieces": 1.17,
        "spelled": 4.62,
        "meant": 2.26,
        "mass": -0.88,
        "telling": 3.49,
        "above": 5.41,
        "score": 0.51,
        "length": 2.32,
        "alike": 1.00,
        "same": 3.00,
    }
)
_DOUBT = 0.01  # that is left whatever was weighed
_ENOUGH = 60  # outcomes, before which the shipped rule holds
_KEPT = 2_000  # outcomes, the latest
_Z = 1.64  # of the Wilson bound: 95 of 100 times the truth is above it
_CAUTION = 0.1  # of the way to certainty, added to what is asked while little is known
_STEP = 0.05  # by which the threshold is lowered at most below all that was ever offered


class Judge:
    """Weighs what a match shares with a question, and learns from what came of offers."""

    def __init__(self) -> None:
        self._outcomes: list[tuple[float, bool]] = []

    def probability(self, features: Sequence[float]) -> float:
        """That a match with these features is right; one that has no weight doesn't count."""
        weighed = zip((WEIGHTS.get(name, 0.0) for name in FEATURES), features, strict=True)
        weight = BIAS + sum(weight * value for weight, value in weighed)
        return _DOUBT + (1 - 2 * _DOUBT) / (1 + exp(-max(-30.0, min(30.0, weight))))

    def heard(self, confidence: float, *, right: bool) -> None:
        """What was offered with this confidence was right, or not."""
        self._outcomes.append((confidence, right))
        del self._outcomes[:-_KEPT]

    def threshold(self, precision: float) -> float:
        """The least confidence from which on at least `precision` of offers are surely right.

        By the outcomes that were heard; while these are few, what is asked and a little more. Above
        1 where nothing would be.
        """
        if len(self._outcomes) < _ENOUGH:
            return precision + _CAUTION * (1 - precision)
        best, count, right = 1.01, 0, 0
        falling = groupby(sorted(self._outcomes, reverse=True), key=itemgetter(0))
        for confidence, outcomes in falling:
            heard = [is_right for _, is_right in outcomes]
            count, right = count + len(heard), right + sum(heard)
            if wilson(right, count) >= precision:
                best = confidence
        lowest = min(confidence for confidence, _ in self._outcomes)
        return best - _STEP if best <= lowest else best


def wilson(right: int, count: int) -> float:
    """The lower Wilson bound of a share."""
    share = right / count
    centre = share + _Z * _Z / (2 * count)
    spread = _Z * sqrt((share * (1 - share) + _Z * _Z / (4 * count)) / count)
    return (centre - spread) / (1 + _Z * _Z / count)
