"""Explaining: why the desk offers an article or keeps silent, as values that texts can say."""

from collections.abc import Iterable, Mapping
from itertools import islice

from bot.knowledge import Why

_WORDS = ("title", "tags", "body")
_MOST = 8  # words of one kind
_SUREST = 99  # per cent: nobody knows more


def explained(why: Why, articles: Mapping[int, Mapping[str, object]]) -> dict[str, object]:
    """What was matched and learned of each article found, and what decided; per cent.

    `articles` are those that are still there, as texts list them.
    """
    found = zip(why.matches, why.shared, why.beside, why.learned, why.confidences, strict=True)
    return {
        "rows": [
            {
                **articles[match.index],
                "words": _first(dict.fromkeys(x for part in _WORDS for x in shared[part])),
                "concepts": _first(each.rpartition(".")[2] for each in shared["concepts"]),
                "translated": _first(aid.words or ()),
                "alike": _per_cent(aid.likeness) if aid.words is None else 0,
                "learned": _first(each for each in learned if not each.startswith(" ")),
                "same": match.same > 0,
                "sure": _per_cent(sure),
            }
            for match, shared, aid, learned, sure in found
            if match.index in articles
        ],
        "least": round(100 * min(why.threshold, 1.0)),
        "count": why.offered,
    }


def _per_cent(part: float) -> int:
    return min(_SUREST, round(100 * part))


def _first(words: Iterable[str]) -> list[str]:
    return [*islice(words, _MOST)]
