"""The shelf: the articles by their words, by pieces of these and by what they mean."""

from collections.abc import Collection, Iterable, Mapping

from bot.knowledge.field import Field
from bot.knowledge.match import PARTS, Match, Question, length_of
from bot.knowledge.wordbook import Wordbook
from bot.knowledge.words import pieces

Document = Mapping[str, object]


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

    def put(self, index: int, document: Document) -> None:
        """Add an article, or put it in place of the one of this index."""
        self._leave(index)
        language = str(document.get("language", ""))
        self.languages[index] = language
        self.families[index] = str(document.get("translates") or "")
        self._spoken[language] = self._spoken.get(language, 0) + 1
        title, body = str(document.get("title", "")), str(document.get("body", ""))
        tags = document.get("tags")
        tagged = " ".join(map(str, tags)) if isinstance(tags, Iterable) else ""
        above, told = (self._book.read(each, language) for each in (f"{title}\n{tagged}", body))
        terms = {
            "title": above.stems,  # with all words: some titles are of those that say little
            "body": told.telling,
            "whole": {*above.stems, *told.telling},
            "pieces": pieces(f"{title} {tagged}", self._book.common),
            "concepts": [*above.meant, *above.meant, *told.meant],
        }
        for part, found in terms.items():
            self._fields[part].put(index, found)

    def remove(self, index: int) -> None:
        """Forget an article, if it is there."""
        self._leave(index)
        for each in self._fields.values():
            each.remove(index)

    def question(self, query: str, language: str = "") -> Question:
        """Its words as its language has them; where that isn't known, as each language has them."""
        language = language or self._book.language(query)
        known = {*self._spoken, *self._book.concepts}
        words: set[str] = set()
        concepts: set[str] = set()
        for spoken in [language] if language in known else sorted(known):
            said = self._book.read(query, spoken)
            words.update(said.telling or said.stems)
            concepts.update(said.meant)
        spelled = pieces(query, self._book.common)
        return Question(frozenset(words), frozenset(spelled), frozenset(concepts), language)

    def scores(self, question: Question) -> dict[int, float]:
        """How well each article fits by its own words, 1 for about all the question says."""
        most = sum(self._fields["whole"].weight(each) for each in question.words) or 1.0
        found: dict[int, float] = {}
        for name, part in PARTS.items():
            field, terms = self._fields[name], question.terms(part.kind)
            scores = field.covered(terms) if name == "whole" else field.scores(terms)
            for index, score in scores.items():
                counts = part.own if self._is_own(index, question) else part.foreign
                found[index] = found.get(index, 0.0) + counts * score / most
        return found

    def look_closer(self, match: Match, question: Question) -> None:
        """What of the question the article has, weighed by how telling it is."""
        match.own = self._is_own(match.index, question)
        whole, title = self._fields["whole"], self._fields["title"]
        weights = {each: max(whole.weight(each), 0.5) for each in question.words}
        every = sum(weights.values()) or 1.0
        shared = {each for each in question.words if whole.has(match.index, each)}
        match.title = sum(weights[x] for x in shared if title.has(match.index, x)) / every
        match.filled = self._filled(match.index, title, question)
        match.strange = sum(weights[x] for x in question.words if not whole.knows(x)) / every
        match.coverage = sum(weights[each] for each in shared) / every
        meant = {x for x in question.concepts if self._fields["concepts"].has(match.index, x)}
        match.meanings, match.unmeant = length_of(meant), length_of(question.concepts - meant)
        match.concepts = self._part(match.index, "concepts", question.concepts)
        match.pieces = self._part(match.index, "pieces", question.pieces)

    def shared(self, question: Question, index: int) -> dict[str, tuple[str, ...]]:
        """The terms of a question that each part of an article has, the most telling first."""
        found = {}
        for name, part in PARTS.items():
            known = self._fields[name]
            terms = (each for each in question.terms(part.kind) if known.has(index, each))
            found[name] = tuple(sorted(terms, key=lambda each: (-known.weight(each), each)))
        return found

    def _filled(self, index: int, title: Field, question: Question) -> float:
        """The part of an article's title that a question has."""
        terms = {each: title.weight(each) for each in title.terms(index)}
        has = sum(weight for each, weight in terms.items() if each in question.words)
        return has / (sum(terms.values()) or 1.0)

    def _is_own(self, index: int, question: Question) -> bool:
        """Whether an article is in the language of a question, as far as that is known."""
        return not question.language or self.languages[index] == question.language

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
