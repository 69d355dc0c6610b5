"""The wordbook: which words say nothing, and which stand for one thing, in each language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.knowledge.words import stems
from bot.language import HEARD, tables
from bot.model.fold import fold

_CONCEPTS = "concepts"
Phrase = tuple[str, ...]  # of stems


@dataclass(frozen=True)
class Wordbook:
    """What each language says of its words; by language, but for `common`."""

    common: frozenset[str] = frozenset()  # folded, of every language
    concepts: Mapping[str, Mapping[Phrase, tuple[str, ...]]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def stems(self, text: str, language: str) -> list[str]:
        """The stems of the words that say something."""
        return stems(text, language, self.common)

    def meant(self, said: list[str], language: str) -> list[str]:
        """The concepts that stems in their order stand for, the longest phrases first."""
        known = self.concepts.get(language, {})
        longest = max(map(len, known), default=0)
        found: list[str] = []
        at = 0
        while at < len(said):
            for size in range(min(longest, len(said) - at), 0, -1):
                if concepts := known.get(tuple(said[at : at + size])):
                    found += concepts
                    at += size - 1
                    break
            at += 1
        return found


@cache
def wordbook(own: Path | None = None) -> Wordbook:
    """That of the packaged languages, the desk's own words added. Raises `TextError`."""
    common = {
        fold(word)
        for heard in tables(HEARD, own).values()
        for word in heard.get("matter", {}).get("common", "").split()
    }
    concepts = {
        language: _compiled(table, language, frozenset(common))
        for language, table in tables(_CONCEPTS, own).items()
    }
    return Wordbook(frozenset(common), concepts)


def _compiled(
    table: Mapping[str, Mapping[str, str]], language: str, common: frozenset[str]
) -> dict[Phrase, tuple[str, ...]]:
    """What each phrase of a language stands for; one may stand for several things."""
    found: dict[Phrase, tuple[str, ...]] = {}
    for shelf, concepts in table.items():
        for name, words in concepts.items():
            for phrase in _phrases(words.split(","), language, common):
                found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), f"{shelf}.{name}")))
    return found


def _phrases(words: Iterable[str], language: str, common: frozenset[str]) -> Iterable[Phrase]:
    """Each as it stands among the stems of a text, without the words that say nothing."""
    return filter(None, {tuple(stems(each, language, common)) for each in words})
