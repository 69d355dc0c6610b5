"""Which help article answers a question, and how sure that is."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from bot.knowledge.beside import Beside
from bot.knowledge.correction import Correction, Seen, seen, trained
from bot.knowledge.judge import Judge
from bot.knowledge.learned import Example, Learned
from bot.knowledge.match import Match, Question, compare
from bot.knowledge.mixing import DEFAULT, best_share, mixed
from bot.knowledge.shelf import Document, Shelf
from bot.knowledge.wordbook import Wordbook, wordbook

Allowed = Callable[[int], bool]
_NO_TURN = nullcontext()

_CLOSEST = 30  # articles of which is looked at more than their score
_SAME = 3.0  # what a question counts that was linked before in the very same words
_FITTED = 3_000  # questions, the latest, by which what was learned is weighed and set right


@dataclass(frozen=True, slots=True)
class Offer:
    """An article that may answer, and the probability that it does."""

    index: int
    score: float
    confidence: float


class Aid(NamedTuple):
    """What finds an article beside its own words: a translation, or a model."""

    likeness: float = 0.0
    words: tuple[str, ...] | None = ()  # of the question, the most telling first; a model has None


@dataclass(frozen=True, slots=True)
class Why:
    """How an offer is decided: data, the best article first."""

    question: Question
    matches: tuple[Match, ...]
    shared: tuple[Mapping[str, tuple[str, ...]], ...]  # of each, the terms by part
    beside: tuple[Aid, ...]  # of each
    learned: tuple[tuple[str, ...], ...]  # of each, the terms it shares with linked questions
    confidences: tuple[float, ...]
    threshold: float
    offered: int  # how many of them are offered


class Engine:
    """Articles as mappings with `title`, `body` and `language`, `tags` where there are any.

    An article is known by its index, its place in `documents`; translations by `translates`.
    """

    def __init__(
        self,
        documents: Sequence[Document] = (),
        *,
        words: Wordbook | None = None,
        beside: Beside | None = None,
    ) -> None:
        """`words`: what each language says of its words, as packaged when None.

        `beside`: what finds articles otherwise, such as `bot.knowledge.semantic.Semantic`.
        """
        self._shelf = Shelf(wordbook() if words is None else words)
        self._beside = beside
        self._learned = Learned()
        self._share = DEFAULT
        self._correction = Correction()
        self._forgotten: Counter[int] = Counter()  # how often, of each article
        self._judge = Judge()
        for index, document in enumerate(documents):
            self.put(index, document)

    def put(self, index: int, document: Document) -> None:
        """Add an article, or put it in place of the one of this index; what it learned stays."""
        self._shelf.put(index, document)
        if self._beside is not None:
            self._beside.put(index, document)

    def remove(self, index: int) -> None:
        """Forget an article, if it is there; not what was learned of it."""
        self._shelf.remove(index)
        self._set_back(index)
        if self._beside is not None:
            self._beside.remove(index)

    def settled(self) -> None:
        """Wait until every article is found by all that finds it."""
        if self._beside is not None:
            self._beside.settled()

    def search(
        self, query: str, k: int = 3, allowed: Allowed | None = None, language: str = ""
    ) -> list[tuple[int, float]]:
        """The best articles among those that are allowed, the best first, with their scores.

        Of translations of one another only the best is among them: that in `language`, if any.
        """
        found = self._matches(self._shelf.question(query, language), k, allowed)
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
        found = self._matches(self._shelf.question(query, language), max(k, 2), allowed)
        sure = self._sureness(found)
        least = self._judge.threshold(precision)
        return [
            Offer(each.index, each.score, sureness)
            for each, sureness in zip(found[:k], sure, strict=False)
            if sureness >= least
        ]

    def confidence(self, query: str, language: str = "") -> float:
        """The probability that the first article found is right, from 0 to 1."""
        sure = self._sureness(self._matches(self._shelf.question(query, language), 2, None))
        return sure[0] if sure else 0.0

    def sureness(
        self, query: str, k: int, allowed: Allowed | None = None, language: str = ""
    ) -> list[Offer]:
        """What `search` finds, each with the probability that it is right."""
        found = self._matches(self._shelf.question(query, language), max(k, 2), allowed)
        sure = self._sureness(found)
        return [Offer(x.index, x.score, p) for x, p in zip(found, sure, strict=True)][:k]

    def learn(self, query: str, index: int, weight: float = 1.0) -> None:
        """This question is answered by that article; below 0: it isn't."""
        self._learned.learn(self._shelf.question(query).learned_by, index, weight)

    def unlearn(self, index: int) -> None:
        """Forget all that was learned of an article."""
        self._learned.unlearn(index)
        self._set_back(index)

    def relearn(self, index: int, questions: Iterable[tuple[str, float]]) -> None:
        """Let an article have learned these questions, with what each weighs, and nothing else."""
        asked = [(self._shelf.question(text).learned_by, weight) for text, weight in questions]
        more = self._learned.beyond(index, asked)
        if more is None:  # some of what it had learned is no lesson any more
            self.unlearn(index)
            more = asked
        for terms, weight in more:
            self._learned.learn(terms, index, weight)

    def fit(self, turn: AbstractContextManager[object] = _NO_TURN) -> None:
        """Measure by linked questions how much what was learned counts, and correct it.

        Each is looked at in a `turn` of its own: whoever searches meanwhile hardly waits.
        """
        with turn:
            examples, before = self._learned.latest(_FITTED), self._forgotten.copy()
        share = best_share(known := [*self._seen(examples, turn)])
        correction = trained(known, share)
        with turn:
            for article in self._forgotten - before:
                correction.forget(article)
            self._share, self._correction = share, correction

    def outcome(self, confidence: float, right: bool, about: Hashable = None) -> None:
        """What was offered with this confidence was right, or not.

        Of what is heard twice `about` the same offer the later counts.
        """
        self._judge.heard(confidence, right=right, about=about)

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
        question = self._shelf.question(query, language)
        found = self._matches(question, max(k, 2), allowed)[:k]
        sure, least = self._sureness(found), self._judge.threshold(precision)
        terms = question.learned_by
        return Why(
            question=question,
            matches=tuple(found),
            shared=tuple(self._shelf.shared(question, each.index) for each in found),
            beside=self._aids(question, found),
            learned=tuple(tuple(self._learned.shared(terms, each.index)) for each in found),
            confidences=tuple(sure),
            threshold=least,
            offered=sum(each >= least for each in sure),
        )

    def _matches(self, question: Question, k: int, allowed: Allowed | None) -> list[Match]:
        """The best articles, each with what it shares with the question."""
        scores, terms = self._shelf.scores(question), question.learned_by
        alike, same = self._learned.alike(terms, len(self._shelf)), self._learned.same(terms)
        learned = mixed(
            {},
            (self._share, alike),
            (1.0, self._correction.scores(terms)),
            (_SAME, {index: max(-1.0, min(1.0, weight)) for index, weight in same.items()}),
        )
        every = mixed(self._found_beside(question, scores.every), (1.0, learned))
        for index in learned:
            if every[index] <= 0 or index not in self._shelf.languages:
                del every[index]
        if allowed is not None:
            every = {index: score for index, score in every.items() if allowed(index)}
        closest = _highest(every, max(_CLOSEST, 4 * k))
        found = [
            Match(index, score, alike=alike.get(index, 0.0), same=same.get(index, 0.0))
            for index, score in closest
        ]
        found = self._without_twins(found, question.language)
        compare(found, k, scores)
        for each in found[:k]:
            self._shelf.look_closer(each, question)
        return found[:k]

    def _found_beside(self, question: Question, base: Mapping[int, float]) -> Mapping[int, float]:
        """The scores with what is found beside words."""
        if self._beside is None:
            return base
        likeness = self._beside.likeness(question.text, question.language)
        return mixed(base, (self._beside.counts, likeness))

    def _aids(self, question: Question, found: Sequence[Match]) -> tuple[Aid, ...]:
        """What finds each of these beside its own words."""
        if self._beside is None:
            return (Aid(),) * len(found)
        text, language = question.text, question.language
        alike, words = self._beside.likeness(text, language), self._beside.words
        return tuple(
            Aid(alike.get(each.index, 0.0), words(text, language, each.index)) for each in found
        )

    def _seen(
        self, examples: Iterable[tuple[Example, int]], turn: AbstractContextManager[object]
    ) -> Iterator[Seen]:
        """How each learned question would be found had it not been learned."""
        every = len(self._shelf)
        for example, article in examples:
            with turn:
                base = self._shelf.scores(Question.of(example[0])).every
            with turn:
                if not self._learned.holds(example, article) or article not in self._shelf:
                    continue  # it was forgotten meanwhile, or nobody is shown it
                alike = self._learned.alike(example[0], every, but=(example, article))
            yield seen(example, article, base, alike)

    def _set_back(self, index: int) -> None:
        """Correct nothing of an article any more, not by what is being fitted either."""
        self._correction.forget(index)
        self._forgotten[index] += 1

    def _without_twins(self, found: Collection[Match], language: str) -> list[Match]:
        """Of translations of one another the one in this language, else the best."""
        own = {
            self._shelf.families[each.index]: each
            for each in reversed([*found])
            if self._shelf.families[each.index] and self._shelf.languages[each.index] == language
        }
        kept: dict[object, Match] = {}
        for each in found:
            family = self._shelf.families[each.index]
            chosen = own.get(family, each) if family else each
            chosen.score = max(chosen.score, each.score)
            kept.setdefault(family or each.index, chosen)
        return [*kept.values()]

    def _sureness(self, found: Sequence[Match]) -> list[float]:
        """The probability that each is right; together they are at most sure."""
        sure: list[float] = []
        for each in found:
            likely = self._judge.probability(each.features())
            sure.append(min(likely, sure[-1]) if sure else likely)
        return sure


def _highest(scores: Mapping[int, float], most: int) -> list[tuple[int, float]]:
    """The best of them, the best first, in the order of their indexes where they are even."""
    least = min(nlargest(most, scores.values()), default=0.0)
    highest = (each for each in scores.items() if each[1] >= least)
    return sorted(highest, key=lambda each: (-each[1], each[0]))[:most]
