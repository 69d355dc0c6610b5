"""Which help article answers a question, by its words and by pieces of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest

from bot.knowledge.field import Field
from bot.knowledge.words import pieces, stems

Document = Mapping[str, object]

_TITLE, _TAGS, _BODY, _PIECES = range(4)
_WEIGHTS = (1.0, 0.5, 1.0, 0.4)


class Engine:
    """Articles as mappings with `title`, `body` and `language`, `tags` where there are any.

    An article is known by its index, its place in `documents`.
    """

    def __init__(self, documents: Sequence[Document] = ()) -> None:
        self._fields = tuple(Field() for _ in _WEIGHTS)
        self._languages: dict[int, str] = {}
        self._spoken: defaultdict[str, int] = defaultdict(int)  # articles of each language
        for index, document in enumerate(documents):
            self.put(index, document)

    def put(self, index: int, document: Document) -> None:
        """Add an article, or put it in place of the one of this index."""
        self._leave(index)
        language = str(document.get("language", ""))
        self._languages[index] = language
        self._spoken[language] += 1
        title, body = str(document.get("title", "")), str(document.get("body", ""))
        tags = document.get("tags")
        tagged = " ".join(map(str, tags)) if isinstance(tags, Iterable) else ""
        self._fields[_TITLE].put(index, stems(title, language))
        self._fields[_TAGS].put(index, stems(tagged, language))
        self._fields[_BODY].put(index, stems(body, language))
        self._fields[_PIECES].put(index, pieces(f"{title} {tagged}"))

    def remove(self, index: int) -> None:
        """Forget an article, if it is there."""
        self._leave(index)
        for field in self._fields:
            field.remove(index)

    def search(
        self, query: str, k: int = 3, allowed: Callable[[int], bool] | None = None
    ) -> list[tuple[int, float]]:
        """The best articles among those that are allowed, the best first, with their scores."""
        found = self._scores(query)
        fit = [each for each in found.items() if allowed is None or allowed(each[0])]
        return nsmallest(k, fit, key=lambda each: (-each[1], each[0]))

    def _scores(self, query: str) -> dict[int, float]:
        found: defaultdict[int, float] = defaultdict(float)
        spelled = pieces(query)
        # Stems of every language at once: a question may name things in another one.
        words = {stem for language in sorted(self._spoken) for stem in stems(query, language)}
        for place, (field, weight) in enumerate(zip(self._fields, _WEIGHTS, strict=True)):
            terms = spelled if place == _PIECES else words
            for index, score in field.scores(terms).items():
                found[index] += weight * score
        return {index: score for index, score in found.items() if score > 0}

    def _leave(self, index: int) -> None:
        language = self._languages.pop(index, None)
        if language is not None:
            self._spoken[language] -= 1
            if not self._spoken[language]:
                del self._spoken[language]
