"""How much what was learned counts beside an article's own words: as much as helps most."""

from collections.abc import Iterable, Mapping

DEFAULT = 0.5
_SHARES = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
_ENOUGH = 30  # questions, before which nothing is known of it

Half = Mapping[int, float]


def best_share(held_out: Iterable[tuple[tuple[Half, Half], int]]) -> float:
    """The share with which most questions find their article first, the smaller in doubt.

    Each question comes with its scores by words, by what was learned of the others, and its
    article.
    """
    hits = dict.fromkeys(_SHARES, 0)
    count = 0
    for (base, alike), article in held_out:
        count += 1
        for share in _SHARES:
            hits[share] += _first(base, alike, share) == article
    if count < _ENOUGH:
        return DEFAULT
    return max(_SHARES, key=lambda share: (hits[share], -share))


def _first(base: Half, alike: Half, share: float) -> int | None:
    mixed = {**base}
    for index, likeness in alike.items():
        mixed[index] = mixed.get(index, 0.0) + share * likeness
    return max(mixed, key=lambda index: (mixed[index], -index), default=None)
