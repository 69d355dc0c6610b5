"""The library: what the desk knows, found by what people ask; one for all threads of a desk.

It keeps in memory what the book holds, and is brought up to date by whoever asks.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType

from bot.ear import Ear
from bot.knowledge import Engine, Why, beside_words
from bot.model.article import LONGEST_QUESTION, Article, Offer, Readership, State, Verdict
from bot.model.secret import MARK
from bot.model.settings import Desk as Settings
from bot.model.signing import parted
from bot.store import Work

#: How much each verdict teaches, of one link that an agent made.
WEIGHTS = MappingProxyType({Verdict.LINKED: 1.0, Verdict.HELPED: 1.0, Verdict.REFUSED: -0.3})
_FITTING = 50  # verdicts, after which is measured anew how much they count


@dataclass(frozen=True, slots=True)
class Found:
    """An article that may answer a question."""

    article: Article
    sureness: float  # the probability that it does, from 0 to 1


class Library:
    """The published articles, and what was learned of them."""

    def __init__(self, settings: Settings, ear: Ear) -> None:
        self._settings = settings
        self.ear = ear
        self._known: Engine | None = None
        self._articles: dict[int, Article] = {}
        self._stamp = 0
        self._unfitted = 0  # verdicts since it was measured how much they count
        self._lock = Lock()

    def catch_up(self, work: Work) -> None:
        """Take in what the book knows by now; where nothing changed, that is one look."""
        if work.articles.stamp() <= self._stamp:
            return
        with self._lock:
            before, stamp = self._stamp, work.articles.stamp()
            if stamp <= before:
                return
            changed = work.articles.changed_since(before)
            for article in changed:
                self._shelve(article)
            anew = {each.id for each in changed} if before else set()
            for number in anew:  # which may have got what was learned of another
                self._learn(number, work.offers.lessons(number))
            lessons = work.offers.judged_since(before)
            for number in {each.article for each in lessons} - anew:
                all_of_it = work.offers.lessons(number) if before else lessons
                self._learn(number, [each for each in all_of_it if each.article == number])
            for each in lessons:
                self._hear(each)
            self._unfitted += len(lessons)
            self._stamp = stamp

    def settled(self) -> None:
        """Wait until every article is found by all that finds it."""
        self._engine.settled()

    @property
    def wants_fitting(self) -> bool:
        """Whether so much was learned that what it counts should be measured again."""
        return self._unfitted >= _FITTING

    def fit(self) -> None:
        """Measure how much what was learned counts; whoever searches meanwhile hardly waits."""
        self._unfitted = 0
        self._engine.fit(self._lock)

    def offers(self, question: str, language: str) -> list[Found]:
        """What the desk may offer whoever asks this unasked; most often nothing."""
        settings = self._settings.knowledge
        if not (self._articles and settings.most and question.strip()):
            return []
        with self._lock:
            offered = self._engine.offers(
                question,
                language=language,
                allowed=self._is_for(inside=False),
                precision=settings.precision,
                k=settings.most,
            )
            return [Found(self._articles[each.index], each.confidence) for each in offered]

    def search(self, question: str, language: str, *, inside: bool, limit: int = 5) -> list[Found]:
        """What somebody who searches is shown, the best first; `inside`: they are an agent."""
        if not self._articles:
            return []
        with self._lock:
            found = self._engine.sureness(question, limit, self._is_for(inside=inside), language)
            return [Found(self._articles[each.index], each.confidence) for each in found]

    def why(self, question: str, language: str, *, inside: bool) -> Why:
        """How the desk decides what it offers for a question."""
        with self._lock:
            return self._engine.why(
                question,
                language=language,
                allowed=self._is_for(inside=inside),
                precision=self._settings.knowledge.precision,
            )

    def article(self, number: int) -> Article | None:
        """One of those that are published."""
        return self._articles.get(number)

    def language(self, question: str) -> str:
        """The language in which somebody asks, as far as it is heard; else the desk's own."""
        return self.ear.languages.detect(question) or self._settings.language

    def gist(self, question: str, language: str) -> frozenset[str]:
        """The terms by which what somebody asks is like what others ask."""
        return self.ear.wordbook().gist(question, language)

    def question(self, subject: str, text: str, name: str = "") -> str:
        """What somebody called `name` asks: without how they end, and without secrets."""
        words = parted(self.ear.closings, self._settings, text, name).words
        asked = words if subject.strip() in words else f"{subject.strip()}\n{words}"
        return MARK.sub(" ", asked).strip()[:LONGEST_QUESTION]

    @property
    def _engine(self) -> Engine:
        """The search, made when there is something to find."""
        if self._known is None:
            words = self.ear.wordbook()
            beside = beside_words(self._settings.knowledge.engine, words)
            self._known = Engine(words=words, beside=beside)
        return self._known

    def _shelve(self, article: Article) -> None:
        """Put an article where it is found, or take it away."""
        self._engine.remove(article.id)
        self._articles.pop(article.id, None)
        if article.state is State.PUBLISHED:
            self._engine.put(article.id, article.document)
            self._articles[article.id] = article

    def _learn(self, number: int, lessons: Collection[Offer]) -> None:
        """Learn of an article what it taught, and nothing else."""
        taught = sorted(lessons, key=lambda each: each.changed) if number in self._articles else []
        self._engine.relearn(
            number,
            (
                (each.words, WEIGHTS[each.verdict])
                for each in taught
                if each.teaches and each.verdict is not None
            ),
        )

    def _hear(self, offer: Offer) -> None:
        """Take in whether what was offered for a ticket was right, to be as sure as it says."""
        if offer.verdict is None or offer.sureness is None or offer.ticket is None:
            return
        right = offer.verdict.is_right and offer.back_at is None
        self._engine.outcome(offer.sureness, right, about=offer.id)

    def _is_for(self, *, inside: bool) -> Callable[[int], bool]:
        """Which articles somebody may read."""
        articles = self._articles
        return lambda number: inside or articles[number].readership is Readership.EVERYBODY
