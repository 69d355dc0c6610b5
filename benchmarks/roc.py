"""How well a judge tells right from wrong."""

from collections.abc import Iterable


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
