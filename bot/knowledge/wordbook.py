"""The wordbook: which words say nothing, and which stand for one thing, in each language."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from bot.knowledge.words import stem, stems, words
from bot.language import HEARD, tables
from bot.model.fold import fold
from bot.model.lazy import lazy

_CONCEPTS = "concepts"
Phrase = tuple[str, ...]  # of stems


class Reading(NamedTuple):
    """What a text says, in stems in their order, and what that means."""

    stems: list[str]  # of every word
    telling: list[str]  # of those that say something
    meant: list[str]  # the concepts that its words stand for, as often as they do
    gist: frozenset[str]  # what it means where that is known, else its telling stems


@dataclass(frozen=True)
class Wordbook:
    """What each language says of its words: those that say little, and what others stand for."""

    little: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    concepts: Mapping[str, Mapping[Phrase, tuple[str, ...]]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    @lazy
    def common(self) -> frozenset[str]:
        """The words of every language that say little, folded."""
        return frozenset().union(*self.little.values())

    def language(self, text: str) -> str:
        """The language whose little words are most among these; "" where that isn't clear."""
        said = words(text)
        counts = sorted(
            ((sum(word in little for word in said), name) for name, little in self.little.items()),
            reverse=True,
        )
        (most, name), (next_most, _) = [*counts, (0, ""), (0, "")][:2]
        return name if most > next_most else ""

    def read(self, text: str, language: str) -> Reading:
        """A text as articles and questions are found by it."""
        said = [(word, stem(word, language)) for word in words(text)]
        every = [each for _, each in said]
        telling = [each for word, each in said if word not in self.common]
        whole, rest = (self._meanings(each, language) for each in (every, telling))
        meant = Counter(x for _, those in whole for x in those)
        meant |= Counter(x for _, those in rest for x in those)
        gist = {min(those) for _, those in whole if those}
        gist.update(min(those) if those else each for each, those in rest)
        return Reading(every, telling, [*meant.elements()], frozenset(gist))

    def _meanings(self, said: list[str], language: str) -> list[tuple[str, tuple[str, ...]]]:
        """Each word or phrase, the longest first: the stem it begins with, and its concepts."""
        known, begun = self.concepts.get(language, {}), self._sizes.get(language, {})
        found = []
        at = 0
        while at < len(said):
            first = said[at]
            sizes = (each for each in begun.get(first, ()) if tuple(said[at : at + each]) in known)
            size = next(sizes, 0)
            found.append((first, known[tuple(said[at : at + size])] if size else ()))
            at += size or 1
        return found

    @lazy
    def _sizes(self) -> Mapping[str, Mapping[str, list[int]]]:
        """How long the phrases are that begin with a stem, the longest first; by language."""
        found: dict[str, dict[str, list[int]]] = {}
        for language, known in self.concepts.items():
            sizes: defaultdict[str, set[int]] = defaultdict(set)
            for phrase in known:
                sizes[phrase[0]].add(len(phrase))
            found[language] = {each: sorted(those, reverse=True) for each, those in sizes.items()}
        return found


@cache
def wordbook(own: Path | None = None) -> Wordbook:
    """That of the packaged languages, the desk's own words added. Raises `TextError`."""
    little = {
        language: frozenset(map(fold, heard.get("matter", {}).get("common", "").split()))
        for language, heard in tables(HEARD, own).items()
    }
    concepts = {
        language: _compiled(table, language) for language, table in tables(_CONCEPTS, own).items()
    }
    return Wordbook(little, concepts)


def _compiled(
    table: Mapping[str, Mapping[str, str]], language: str
) -> dict[Phrase, tuple[str, ...]]:
    """What each phrase of a language stands for; one may stand for several things."""
    found: dict[Phrase, tuple[str, ...]] = {}
    for shelf, concepts in table.items():
        for name, said in concepts.items():
            for phrase in _phrases(said.split(","), language):
                found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), f"{shelf}.{name}")))
    return found


def _phrases(words: Iterable[str], language: str) -> Iterable[Phrase]:
    """Each as it stands among the stems of a text."""
    return filter(None, {tuple(stems(each, language)) for each in words})
