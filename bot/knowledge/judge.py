"""The judge: how likely a match is right, and from which probability on it may be offered."""

from collections.abc import Hashable, Mapping, Sequence
from math import exp, log
from types import MappingProxyType

from bot.knowledge.match import FEATURES

#: Fitted by `python -m benchmarks.faq_fit` on the two sets of `benchmarks/faq`, of which no
#: desk's own is part.
BIAS = -5.45
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "coverage": -1.15,
        "title": -5.43,
        "filled": -1.32,
        "whole": 2.62,
        "heading": 4.28,
        "pieces": 0.83,
        "spelled": 3.15,
        "meant": 1.42,
        "mass": -0.09,
        "telling": 3.42,
        "above": 4.79,
        "score": 0.78,
        "length": 0.63,
        "alike": 3.68,
        "same": 3.00,
    }
)
_DOUBT = 0.01  # that is left whatever was weighed
_ENOUGH = 20  # outcomes, before which the shipped weights are believed
_KEPT = 500  # outcomes, the latest
_CAUTION = 0.1  # of the way to certainty, added to what is asked
_FIRM = 3.0  # how firmly the shipped weights are believed: as so many outcomes, about
_STEPS = 8  # of Newton's, of at most `_STRIDE` each
_STRIDE = 1.0
_FLATTEST = 0.2  # the least by which what was weighed still counts


class Judge:
    """Weighs what a match shares with a question, and learns from what came of offers."""

    def __init__(self) -> None:
        self._outcomes: dict[Hashable, tuple[float, bool]] = {}  # the latest last
        self._line: tuple[float, float] | None = None

    def probability(self, features: Sequence[float]) -> float:
        """That a match with these features is right; one that has no weight doesn't count."""
        weighed = zip((WEIGHTS.get(name, 0.0) for name in FEATURES), features, strict=True)
        weight = BIAS + sum(weight * value for weight, value in weighed)
        return _DOUBT + (1 - 2 * _DOUBT) * _likely(weight)

    def heard(self, confidence: float, *, right: bool, about: Hashable = None) -> None:
        """What was offered with this confidence was right, or not.

        Of what is heard twice `about` the same offer the later counts.
        """
        about = object() if about is None else about
        self._outcomes.pop(about, None)
        self._outcomes[about] = confidence, right
        if len(self._outcomes) > _KEPT:
            del self._outcomes[next(iter(self._outcomes))]
        self._line = None

    def threshold(self, precision: float) -> float:
        """The least confidence of what may be offered, so that `precision` of it is right.

        What is asked and a little more, as it would stand on the scale on which this desk's
        outcomes have shown the confidence to be true.
        """
        asked = precision + _CAUTION * (1 - precision)
        if len(self._outcomes) < _ENOUGH or not 0 < asked < 1:
            return asked
        if self._line is None:
            self._line = _line([*self._outcomes.values()])
        slope, shift = self._line
        return _likely((_odds(asked) - shift) / slope)


def _line(outcomes: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Platt's: by which slope and shift the odds of the confidence become what was true."""
    slope, shift = 1.0, 0.0
    known = [(_odds(confidence), right) for confidence, right in outcomes]
    for _ in range(_STEPS):
        steep, both, flat = _FIRM, 0.0, _FIRM / 3
        off, lean = _FIRM / 3 * shift, _FIRM * (slope - 1)
        for odds, right in known:
            likely = _likely(slope * odds + shift)
            spread, miss = likely * (1 - likely), likely - right
            off, lean = off + miss, lean + miss * odds
            flat, both, steep = flat + spread, both + spread * odds, steep + spread * odds * odds
        whole = steep * flat - both * both
        slope -= max(-_STRIDE, min(_STRIDE, (flat * lean - both * off) / whole))
        shift -= max(-_STRIDE, min(_STRIDE, (steep * off - both * lean) / whole))
    return max(slope, _FLATTEST), shift


def _odds(likely: float) -> float:
    """The logarithm of the odds, of what is neither certain nor impossible."""
    held = max(_DOUBT, min(1 - _DOUBT, likely))
    return log(held / (1 - held))


def _likely(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
