"""Which help article answers a question, and how sure that is."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import zip_longest

from bot.knowledge.field import Field
from bot.knowledge.judge import Judge
from bot.knowledge.learned import Learned
from bot.knowledge.match import CONCEPTS, PARTS, PIECES, WORDS, Match, Question, length_of
from bot.knowledge.mixing import DEFAULT, best_share
from bot.knowledge.wordbook import Wordbook, wordbook
from bot.knowledge.words import pieces, stems

Document = Mapping[str, object]
Allowed = Callable[[int], bool]

_CLOSEST = 30  # articles of which is looked at more than their score
_SAME = 3.0  # what a question counts that was linked before in the very same words
_FITTED = 300  # questions by which is measured how much what was learned counts


@dataclass(frozen=True, slots=True)
class Offer:
    """An article that may answer, and the probability that it does."""

    index: int
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Why:
    """How an offer is decided: data, the best article first."""

    question: Question
    matches: tuple[Match, ...]
    shared: tuple[Mapping[str, tuple[str, ...]], ...]  # of each, the terms by part
    learned: tuple[tuple[str, ...], ...]  # of each, the terms it shares with linked questions
    confidences: tuple[float, ...]
    threshold: float
    offered: int  # how many of them are offered


class Engine:
    """Articles as mappings with `title`, `body` and `language`, `tags` where there are any.

    An article is known by its index, its place in `documents`. Translations of one another share
    the value of `translates`.
    """

    def __init__(
        self, documents: Sequence[Document] = (), *, words: Wordbook | None = None
    ) -> None:
        """`words`: what each language says of its words, as packaged when None."""
        self._book = wordbook() if words is None else words
        self._fields = {part: Field() for part in PARTS}
        self._languages: dict[int, str] = {}
        self._families: dict[int, str] = {}
        self._spoken: dict[str, int] = {}  # articles of each language
        self._learned = Learned()
        self._share = DEFAULT
        self._judge = Judge()
        for index, document in enumerate(documents):
            self.put(index, document)

    def put(self, index: int, document: Document) -> None:
        """Add an article, or put it in place of the one of this index; what it learned stays."""
        self._leave(index)
        language = str(document.get("language", ""))
        self._languages[index] = language
        self._families[index] = str(document.get("translates") or "")
        self._spoken[language] = self._spoken.get(language, 0) + 1
        title, body = str(document.get("title", "")), str(document.get("body", ""))
        tags = document.get("tags")
        tagged = " ".join(map(str, tags)) if isinstance(tags, Iterable) else ""
        heading = self._book.stems(f"{title} {tagged}", language)
        told = self._book.stems(body, language)
        meant = self._book.meant(heading, language)
        terms = {
            "title": stems(title, language),  # whole: some are of words that say little
            "tags": self._book.stems(tagged, language),
            "body": told,
            "pieces": pieces(f"{title} {tagged}", self._book.common),
            "concepts": [*meant, *meant, *self._book.meant(told, language)],
        }
        for part, found in terms.items():
            self._fields[part].put(index, found)

    def remove(self, index: int) -> None:
        """Forget an article, if it is there; not what was learned of it."""
        self._leave(index)
        for each in self._fields.values():
            each.remove(index)

    def search(
        self, query: str, k: int = 3, allowed: Allowed | None = None, language: str = ""
    ) -> list[tuple[int, float]]:
        """The best articles among those that are allowed, the best first, with their scores.

        Of translations of one another only the best is among them: that in `language`, if any.
        """
        found = self._matches(self._question(query, language), k, allowed)
        return [(each.index, each.score) for each in found]

    def offers(
        self,
        query: str,
        *,
        language: str = "",
        allowed: Allowed | None = None,
        precision: float = 0.7,
        k: int = 3,
    ) -> list[Offer]:
        """What may be offered unasked: where `precision` of it should be right, else nothing."""
        found = self._matches(self._question(query, language), max(k, 2), allowed)
        sure = self._sureness(found)
        least = self._judge.threshold(precision)
        offered = [
            Offer(each.index, each.score, sureness)
            for each, sureness in zip(found[:k], sure, strict=False)
            if sureness >= least
        ]
        return offered if sure and sure[0] >= least else []

    def confidence(self, query: str, language: str = "") -> float:
        """The probability that the first article found is right, from 0 to 1."""
        sure = self._sureness(self._matches(self._question(query, language), 2, None))
        return sure[0] if sure else 0.0

    def sureness(
        self, query: str, k: int, allowed: Allowed | None = None, language: str = ""
    ) -> list[Offer]:
        """What `search` finds, each with the probability that it is right."""
        found = self._matches(self._question(query, language), max(k, 2), allowed)
        sure = self._sureness(found)
        return [Offer(x.index, x.score, p) for x, p in zip(found, sure, strict=True)][:k]

    def learn(self, query: str, index: int, weight: float = 1.0) -> None:
        """This question is answered by that article; below 0: it isn't."""
        self._learned.learn(self._question(query).learned_by, index, weight)

    def unlearn(self, index: int) -> None:
        """Forget all that was learned of an article."""
        self._learned.unlearn(index)

    def fit(self) -> None:
        """Measure by questions that were linked how much what was learned counts."""
        examples = self._learned.latest(_FITTED)
        self._share = best_share(
            (self._halves(each, article), article) for each, article in examples
        )

    def outcome(self, confidence: float, right: bool) -> None:
        """What was offered with this confidence was right, or not."""
        self._judge.heard(confidence, right=right)

    def why(
        self,
        query: str,
        *,
        language: str = "",
        allowed: Allowed | None = None,
        precision: float = 0.7,
        k: int = 3,
    ) -> Why:
        """How it is decided what is offered."""
        question = self._question(query, language)
        found = self._matches(question, max(k, 2), allowed)[:k]
        sure, least = self._sureness(found), self._judge.threshold(precision)
        return Why(
            question=question,
            matches=tuple(found),
            shared=tuple(self._shared(question, each.index) for each in found),
            learned=tuple(
                tuple(self._learned.shared(question.learned_by, each.index)) for each in found
            ),
            confidences=tuple(sure),
            threshold=least,
            offered=len(
                self.offers(query, language=language, allowed=allowed, precision=precision)
            ),
        )

    def _question(self, query: str, language: str = "") -> Question:
        """Its words as each language has them: people name things in another one, too."""
        words: set[str] = set()
        concepts: set[str] = set()
        for spoken in sorted({*self._spoken, *self._book.concepts}):
            said = self._book.stems(query, spoken) or stems(query, spoken)
            words.update(said if spoken in self._spoken else ())
            concepts.update(self._book.meant(said, spoken))
        spelled = pieces(query, self._book.common)
        return Question(frozenset(words), frozenset(spelled), frozenset(concepts), language)

    def _matches(self, question: Question, k: int, allowed: Allowed | None) -> list[Match]:
        """The best articles, each with what it shares with the question."""
        base = self._base(question)
        alike = self._learned.alike(question.learned_by, len(self._languages))
        same = self._learned.same(question.learned_by)
        mixed = self._mixed(base, alike, same)
        fit = (each for each in mixed.items() if allowed is None or allowed(each[0]))
        closest = nsmallest(max(_CLOSEST, 4 * k), fit, key=lambda each: (-each[1], each[0]))
        found = [
            Match(index, score, alike=alike.get(index, 0.0), same=same.get(index, 0.0))
            for index, score in closest
        ]
        found = self._without_twins(found, question.language)[: k + 1]
        for each, following in zip_longest(found, found[1:]):
            each.lead = 1 - (following.score / each.score if following else 0.0)
            self._look_closer(each, question)
        return found[:k]

    def _base(self, question: Question) -> dict[int, float]:
        """How well each article fits by its own words, 1 for about all the question says."""
        most = sum(self._fields["body"].weight(each) for each in question.words) or 1.0
        found: dict[int, float] = {}
        for part, (kind, counts) in PARTS.items():
            for index, score in self._fields[part].scores(question.terms(kind)).items():
                found[index] = found.get(index, 0.0) + counts * score / most
        return found

    def _mixed(
        self, base: Mapping[int, float], alike: Mapping[int, float], same: Mapping[int, float]
    ) -> dict[int, float]:
        found = dict(base)
        for index, likeness in alike.items():
            found[index] = found.get(index, 0.0) + self._share * likeness
        for index, weight in same.items():
            found[index] = found.get(index, 0.0) + _SAME * max(-1.0, min(1.0, weight))
        known = self._languages
        return {index: score for index, score in found.items() if score > 0 and index in known}

    def _halves(
        self, example: tuple[tuple[str, ...], float], article: int
    ) -> tuple[Mapping[int, float], Mapping[int, float]]:
        """How a learned question would be found had it not been learned: by each half."""
        question = Question(*_parted(example[0]))
        every = len(self._languages)
        return self._base(question), self._learned.alike(example[0], every, but=(example, article))

    def _without_twins(self, found: Collection[Match], language: str) -> list[Match]:
        """Of translations of one another the one in this language, else the best."""
        own = {
            self._families[each.index]: each
            for each in reversed([*found])
            if self._families[each.index] and self._languages[each.index] == language
        }
        kept: dict[object, Match] = {}
        for each in found:
            family = self._families[each.index]
            chosen = own.get(family, each) if family else each
            chosen.score = max(chosen.score, each.score)
            kept.setdefault(family or each.index, chosen)
        return [*kept.values()]

    def _look_closer(self, match: Match, question: Question) -> None:
        """What of the question the article has, weighed by how telling it is."""
        language = self._languages[match.index]
        match.own = not question.language or language == question.language
        match.length = length_of(question)
        body, title = self._fields["body"], self._fields["title"]
        weights = {each: max(body.weight(each), 0.5) for each in question.words}
        every = sum(weights.values()) or 1.0
        heading = {
            each
            for each in question.words
            if title.has(match.index, each) or self._fields["tags"].has(match.index, each)
        }
        told = {each for each in question.words if body.has(match.index, each)}
        match.title = sum(weights[each] for each in heading) / every
        match.filled = self._filled(match.index, title, question)
        match.strange = sum(weights[x] for x in question.words if not self._knows(x)) / every
        match.coverage = sum(weights[each] for each in heading | told) / every
        match.concepts = self._part(match.index, "concepts", question.concepts)
        match.pieces = self._part(match.index, "pieces", question.pieces)

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

    def _sureness(self, found: Sequence[Match]) -> list[float]:
        """The probability that each is right; together they are at most sure."""
        sure: list[float] = []
        for each in found:
            likely = self._judge.probability(tuple(each.features()))
            sure.append(min(likely, sure[-1]) if sure else likely)
        return sure

    def _shared(self, question: Question, index: int) -> dict[str, tuple[str, ...]]:
        found = {}
        for part, (kind, _) in PARTS.items():
            known = self._fields[part]
            terms = (each for each in question.terms(kind) if known.has(index, each))
            found[part] = tuple(sorted(terms, key=lambda each: (-known.weight(each), each)))
        return found

    def _leave(self, index: int) -> None:
        language = self._languages.pop(index, None)
        self._families.pop(index, None)
        if language is not None:
            self._spoken[language] -= 1
            if not self._spoken[language]:
                del self._spoken[language]


def _parted(terms: Iterable[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words, pieces and concepts of a question, as it was learned by them."""
    kinds: dict[str, set[str]] = {WORDS: set(), PIECES: set(), CONCEPTS: set()}
    for each in terms:
        kind = PIECES if each.startswith(" ") else CONCEPTS if "." in each else WORDS
        kinds[kind].add(each[1:] if kind is PIECES else each)
    return frozenset(kinds[WORDS]), frozenset(kinds[PIECES]), frozenset(kinds[CONCEPTS])
