"""How much what was learned counts beside an article's own words: as much as helps most."""

from collections.abc import Collection, Mapping

from bot.knowledge.correction import ENOUGH, Seen

DEFAULT = 0.5
_SHARES = (0.1, 0.25, 0.5, 1.0, 2.0)


def best_share(known: Collection[Seen]) -> float:
    """The share with which most questions find their article first, the smaller in doubt."""
    told = [each for each in known if each.weight > 0]
    if len(told) < ENOUGH:
        return DEFAULT
    hits = {share: sum(_first(each, share) == each.article for each in told) for share in _SHARES}
    return max(_SHARES, key=lambda share: (hits[share], -share))


def mixed(
    base: Mapping[int, float], *others: tuple[float, Mapping[int, float]]
) -> dict[int, float]:
    """The scores with others added, each with how much it counts."""
    found = dict(base)
    for counts, scores in others:
        for index, score in scores.items():
            found[index] = found.get(index, 0.0) + counts * score
    return found


def _first(known: Seen, share: float) -> int:
    scores = {index: base + share * alike for index, (base, alike) in known.scores.items()}
    return max(scores, key=lambda index: (scores[index], -index))
