"""How much what was learned counts beside an article's own words: as much as helps most."""

from collections.abc import Collection, Mapping
from math import exp, log

from bot.knowledge.correction import ENOUGH, SHARPNESS, Seen

DEFAULT = 0.5
_SHARES = (0.1, 0.25, 0.5, 1.0, 2.0)


def best_share(known: Collection[Seen]) -> float:
    """The share with which it is likeliest that questions find theirs, the smaller in doubt."""
    told = [each for each in known if each.weight > 0]
    if len(told) < ENOUGH:
        return DEFAULT
    likely = {share: sum(_likely(each, share) for each in told) for share in _SHARES}
    return max(_SHARES, key=lambda share: (likely[share], -share))


def mixed(
    base: Mapping[int, float], *others: tuple[float, Mapping[int, float]]
) -> dict[int, float]:
    """The scores with others added, each with how much it counts."""
    found = dict(base)
    for counts, scores in others:
        for index, score in scores.items():
            found[index] = found.get(index, 0.0) + counts * score
    return found


def _likely(known: Seen, share: float) -> float:
    """How likely a question's article is found first, as a logarithm."""
    odds = {x: SHARPNESS * (base + share * alike) for x, (base, alike) in known.scores.items()}
    most = max(odds.values())
    return odds[known.article] - most - log(sum(exp(each - most) for each in odds.values()))
