"""The shelf: the articles by their words, by pieces of these and by what they mean."""

from collections.abc import Collection, Iterable, Mapping

from bot.knowledge.field import Field
from bot.knowledge.match import (
    CONCEPTS,
    PARTS,
    PIECES,
    SPELLED,
    WORDS,
    Match,
    Question,
    Scores,
    length_of,
)
from bot.knowledge.wordbook import Wordbook
from bot.knowledge.words import pieces, stem, words_of

Document = Mapping[str, object]

_MUCH = 15.0  # what a few telling words weigh
_FOREIGN = 0.6  # what meaning counts more in a language of which the question has no word


class Shelf:
    """Articles come and go one by one, each known by its index."""

    def __init__(self, book: Wordbook) -> None:
        self.languages: dict[int, str] = {}
        self.families: dict[int, str] = {}  # shared by translations of one another
        self._book = book
        self._fields = {part: Field() for part in PARTS}
        self._spoken: dict[str, int] = {}  # articles of each language

    def __len__(self) -> int:
        return len(self.languages)

    def __contains__(self, index: object) -> bool:
        return index in self.languages

    def put(self, index: int, document: Document) -> None:
        """Add an article, or put it in place of the one of this index."""
        self._leave(index)
        language = str(document.get("language", ""))
        self.languages[index] = language
        self.families[index] = str(document.get("translates") or "")
        self._spoken[language] = self._spoken.get(language, 0) + 1
        title, body = str(document.get("title", "")), str(document.get("body", ""))
        tags = document.get("tags")
        labels = " ".join(map(str, tags)) if isinstance(tags, Iterable) else ""
        named, tagged, told = (self._book.said(x, language) for x in (title, labels, body))
        heading = [*named, *tagged]
        terms: dict[str, Iterable[str]] = {
            "title": named.telling or named.whole,  # as questions are read
            "tags": tagged.telling,
            "body": told.telling,
            "pieces": pieces(f"{title} {labels}", self._book.common),
            "theme": self._book.meant(heading, language),
            "concepts": self._book.meant(told, language),
        }
        for part, found in terms.items():
            self._fields[part].put(index, found)

    def remove(self, index: int) -> None:
        """Forget an article, if it is there."""
        self._leave(index)
        for each in self._fields.values():
            each.remove(index)

    def question(self, query: str, language: str = "") -> Question:
        """Its words as each language has them: people name things in another one, too."""
        read = {x: self._book.said(query, x) for x in sorted({*self._spoken, *self._book.concepts})}
        concepts: dict[str, float] = {}
        for spoken, said in read.items():
            for each, times in self._book.meant(said, spoken).items():
                concepts[each] = max(min(times, 1.0), concepts.get(each, 0.0))
        telling = any(said.telling for said in read.values())
        spoken_in = (said for each, said in read.items() if each in self._spoken)
        forms = [said.telling if telling else said.whole for said in spoken_in]
        words = tuple(map(frozenset, zip(*forms, strict=True)))
        every = frozenset(each for word in words for each in word)
        return Question(query, every, self._spelled(query), concepts, language, words)

    def scores(self, question: Question) -> Scores:
        """How well each article fits by its own words, 1 for about all the question says."""
        most = sum(self._fields["body"].weight(each) for each in question.words) or 1.0
        every: dict[int, float] = {}
        self._add(every, question, WORDS, 1 / most)
        reach = self._reach(every)
        words = every.copy()
        self._add(every, question, PIECES, 1 / most)
        meant: dict[int, float] = {}
        self._add(meant, question, CONCEPTS, 1 / most)
        for index, score in meant.items():
            every[index] = every.get(index, 0.0) + score * reach[self.languages[index]]
        return Scores(every, words, meant)

    def _add(self, found: dict[int, float], question: Question, kind: str, counts: float) -> None:
        """Add what the articles have of one kind of terms."""
        for part, (asked, telling) in PARTS.items():
            if asked is kind:
                self._fields[part].add_scores(found, question.terms(kind), telling * counts)

    def _reach(self, by_words: Mapping[int, float]) -> Mapping[str, float]:
        """What meaning counts in each language, the more where the question's words don't reach.

        Else an article in another language than the question's loses to any that has some of its
        words by chance.
        """
        best = dict.fromkeys(self._spoken, 0.0)
        for index, score in by_words.items():
            language = self.languages[index]
            best[language] = max(best[language], score)
        most = max(best.values(), default=0.0) or 1.0
        return {language: 1 + _FOREIGN * (1 - each / most) for language, each in best.items()}

    def _spelled(self, query: str) -> dict[str, float]:
        """The pieces of its words; those of a word that no article has, a slip maybe, count."""
        found: dict[str, float] = {}
        for word in words_of(query, self._book.common):
            known = any(self._knows(stem(word, each)) for each in self._spoken)
            for piece in pieces(word):
                found[piece] = max(SPELLED if known else 1.0, found.get(piece, 0.0))
        return found

    def look_closer(self, match: Match, question: Question) -> None:
        """What of the question the article has, weighed by how telling it is."""
        body, at = self._fields["body"], match.index
        headings = self._fields["title"], self._fields["tags"]
        every = heading = told = 0.0
        for word in question.said:
            weight = max((body.weight(x) for x in word if self._knows(x)), default=0.0)
            weight = weight or body.weight("")  # one that no article has
            every += weight
            if any(part.has(at, each) for part in headings for each in word):
                heading += weight
            elif any(body.has(at, each) for each in word):
                told += weight
        match.mass = (heading + told) / _MUCH
        match.title, match.coverage = heading / (every or 1.0), (heading + told) / (every or 1.0)
        match.filled = self._filled(at, self._fields["title"], question)
        match.theme = self._part(at, "theme", question.concepts)
        match.pieces = self._part(at, "pieces", question.pieces)
        match.length = length_of(question)

    def shared(self, question: Question, index: int) -> dict[str, tuple[str, ...]]:
        """The terms of a question that each part of an article has, the most telling first."""
        found = {}
        for part, (kind, _) in PARTS.items():
            known = self._fields[part]
            terms = (each for each in question.terms(kind) if known.has(index, each))
            found[part] = tuple(sorted(terms, key=lambda each: (-known.weight(each), each)))
        found["concepts"] = tuple(dict.fromkeys((*found.pop("theme"), *found["concepts"])))
        return found

    def _filled(self, index: int, title: Field, question: Question) -> float:
        """The part of an article's title that a question has."""
        terms = {each: title.weight(each) for each in title.terms(index)}
        has = sum(weight for each, weight in terms.items() if each in question.words)
        return has / (sum(terms.values()) or 1.0)

    def _knows(self, word: str) -> bool:
        """Whether any article has this word."""
        return any(self._fields[part].knows(word) for part in ("title", "tags", "body"))

    def _part(self, index: int, part: str, terms: Collection[str]) -> float:
        """The part of these terms' weight that an article has."""
        known = self._fields[part]
        every = sum(known.weight(each) for each in terms)
        has = sum(known.weight(each) for each in terms if known.has(index, each))
        return has / every if every else 0.0

    def _leave(self, index: int) -> None:
        language = self.languages.pop(index, None)
        self.families.pop(index, None)
        if language is not None:
            self._spoken[language] -= 1
            if not self._spoken[language]:
                del self._spoken[language]
