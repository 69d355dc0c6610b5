"""The wordbook: which words say nothing, and which stand for one thing, in each language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from bot.knowledge.words import stem, stems, words_of
from bot.language import HEARD, tables
from bot.model.fold import fold

_CONCEPTS = "concepts"
Phrase = tuple[str, ...]  # of stems
Phrases = Mapping[str, Mapping[Phrase, tuple[str, ...]]]  # by their first stem, the longest first


class Said(NamedTuple):
    """The stems of a text in their order."""

    whole: Phrase
    telling: Phrase  # without the words that say little


@dataclass(frozen=True)
class Wordbook:
    """What each language says of its words; by language, but for `common`."""

    common: frozenset[str] = frozenset()  # folded, of every language
    concepts: Mapping[str, Phrases] = field(default_factory=lambda: MappingProxyType({}))

    def said(self, text: str, language: str) -> Said:
        """The stems of a text."""
        words = words_of(text)
        whole = tuple(stem(each, language) for each in words)
        telling = (each for word, each in zip(words, whole, strict=True) if word not in self.common)
        return Said(whole, tuple(telling))

    def meant(self, said: Iterable[Phrase], language: str) -> dict[str, float]:
        """How often each concept is meant; a word that stands for several is shared out.

        Phrases are looked up with the words that say little and without them: "no access" is other
        than "access", "forgot the password" is not other than "forgot password".
        """
        found: dict[str, float] = {}
        known = self.concepts.get(language, {})
        for each in said:
            for concept, times in _meant(each, known).items():
                found[concept] = max(times, found.get(concept, 0.0))
        return found

    def gist(self, text: str, language: str) -> frozenset[str]:
        """What a text means where that is known, else the stems of its words.

        By these terms questions are alike, in whatever language and words they are asked.
        """
        said, known = self.said(text, language), self.concepts.get(language, {})
        named = {min(concepts) for _, concepts in _read(said.whole, known) if concepts}
        telling = _read(said.telling, known)
        return frozenset(named | {min(meant) if meant else first for first, meant in telling})


def _meant(said: Phrase, known: Phrases) -> dict[str, float]:
    found: dict[str, float] = {}
    for _, concepts in _read(said, known):
        for each in concepts:
            found[each] = found.get(each, 0.0) + 1 / len(concepts)
    return found


def _read(said: Phrase, known: Phrases) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Stem by stem, the longest phrases first: with what each begins, and what it stands for."""
    passed = 0
    for at, first in enumerate(said):
        if at < passed:
            continue
        fits = (x for x in known.get(first, {}).items() if said[at : at + len(x[0])] == x[0])
        phrase, concepts = next(fits, ((first,), ()))
        passed = at + len(phrase)
        yield first, concepts


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
) -> Phrases:
    """What each phrase of a language stands for; one may stand for several things."""
    found: dict[Phrase, tuple[str, ...]] = {}
    for shelf, concepts in table.items():
        for name, words in concepts.items():
            for phrase in filter(None, _phrases(words.split(","), language, common)):
                found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), f"{shelf}.{name}")))
    known: defaultdict[str, dict[Phrase, tuple[str, ...]]] = defaultdict(dict)
    for phrase in sorted(found, key=lambda each: (-len(each), each)):
        known[phrase[0]][phrase] = found[phrase]
    return dict(known)


def _phrases(words: Iterable[str], language: str, common: frozenset[str]) -> Iterable[Phrase]:
    """Each as it stands among the stems of a text, and without the words that say little.

    One of which these leave a single word stays whole: "no access" isn't "access".
    """
    for each in words:
        whole, short = tuple(stems(each, language)), tuple(stems(each, language, common))
        yield from {whole, short} if len(short) > 1 else {whole}
