"""What may find articles beside their words."""

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol

from bot.knowledge.translated import Translated
from bot.knowledge.wordbook import Wordbook

_SEMANTIC, _TRANSLATED = "semantic", "translated"


class Beside(Protocol):
    """Articles come and go with those of the engine, and by the same indexes."""

    counts: float  # what its likeness counts beside the score of words

    def put(self, index: int, document: Mapping[str, object]) -> None:
        """Add an article, or put it in place of the one of this index; it need not wait for it."""

    def remove(self, index: int) -> None:
        """Forget an article, if it is there."""

    def settled(self) -> None:
        """Wait until all that was put is found."""

    def likeness(self, query: str, language: str) -> Mapping[int, float]:
        """How alike a question and articles are, from 0 to 1; `language` may be ""."""

    def words(self, query: str, language: str, index: int) -> tuple[str, ...] | None:
        """The words by which it finds an article, the most telling first; None if not by words."""


def beside_words(engine: str, words: Wordbook) -> Beside | None:
    """What the engine of this name has beside words; None for that which has nothing.

    Raises `ImportError` where the extra of its name isn't installed.
    """
    if engine == _TRANSLATED:
        return Translated(words)
    if engine == _SEMANTIC:
        found: Beside = import_module("bot.knowledge.semantic").Semantic()
        return found
    return None
