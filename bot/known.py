"""What the desk knows, as the book keeps it: articles, their use, and what people ask."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.model.article import Article, Offer, State, Use
from bot.model.topic import Topic


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a topic was asked since some moment, and by how many people."""

    topic: Topic
    count: int
    people: int


class Articles(Protocol):
    """The articles with all their versions."""

    def get(self, number: int) -> Article | None:
        """One of them, wherever it stands."""

    def by_source(self, source: str) -> Article | None:
        """The one that comes from a file."""

    def add(self, article: Article) -> Article:
        """Keep a new one; returns it with its number."""

    def save(self, article: Article) -> Article:
        """Keep a change: `article.version` is the new one. Raises `Conflict` if overtaken."""

    def versions(self, number: int, limit: int = 20) -> list[Article]:
        """What it said before, the latest first."""

    def family(self, name: str) -> list[Article]:
        """Translations of one another that aren't retired."""

    def listed(self, states: Collection[State], limit: int = 1000) -> list[Article]:
        """Those that stand so, the latest changed first."""

    def made_of(self, ticket: int) -> Article | None:
        """The one that was made of a ticket, if any that isn't retired."""

    def to_review(self, day: date, limit: int = 100) -> list[Article]:
        """Published ones that somebody should look at by then, the longest due first."""

    def files(self) -> dict[str, int]:
        """Those that come from files and aren't retired, by these."""

    def stamp(self) -> int:
        """How far all that the desk knows has changed; 0 where nothing is known."""

    def changed_since(self, stamp: int) -> list[Article]:
        """Those changed after it, in the order of their changes."""


class Offers(Protocol):
    """Articles that were shown for questions or linked to them, and what was said of them."""

    def add(self, offer: Offer) -> Offer:
        """Keep a new one; returns it with its number."""

    def judge(self, offer: Offer) -> None:
        """Keep what was said of it, or that the matter came back: the desk learns by it.

        It may be of another article than was shown: of that which stands for it by now.
        """

    def get(self, number: int) -> Offer | None:
        """One of them."""

    def of_ticket(self, ticket: int) -> list[Offer]:
        """Those of a ticket, in their order."""

    def last_to(self, person: int, article: int) -> Offer | None:
        """When an article was shown last to somebody who searched."""

    def judged_since(self, stamp: int, limit: int = 20_000) -> list[Offer]:
        """What there is to learn since then, the latest first where it is too much."""

    def lessons(self, article: int, limit: int = 200) -> list[Offer]:
        """What is learned of one article, the latest first."""

    def move(self, old: int, new: int, at: datetime) -> None:
        """What was learned of one article is known of another from now on."""

    def forget(self, person: int) -> None:
        """What somebody asked is known no more; what was counted of it stays."""

    def uses(self, since: datetime, until: datetime) -> list[Use]:
        """How the articles did that were shown or linked from `since` until before `until`."""


class Topics(Protocol):
    """What people ask again and again: questions that are alike, found one by one."""

    def due(self, after: int, since: datetime, before: datetime, limit: int) -> list[int]:
        """The tickets behind this number that were opened from `since` until before `before`."""

    def heard(self) -> int:
        """How many questions there were."""

    def count(self, terms: Collection[str]) -> None:
        """One question more has these terms."""

    def counts(self, terms: Collection[str]) -> dict[str, int]:
        """How many questions have each of these terms."""

    def holding(self, term: str, limit: int) -> list[int]:
        """The latest topics that have a term, by number."""

    def many(self, numbers: Collection[int]) -> list[Topic]:
        """These topics, as far as there are any."""

    def of(self, ticket: int) -> Topic | None:
        """The one that the question of a ticket belongs to."""

    def begin(self, topic: Topic, ticket: int, at: datetime) -> Topic:
        """Keep a new one, of the question of a ticket; returns it with its number."""

    def join(self, topic: Topic, ticket: int, at: datetime) -> Topic:
        """Keep it as it is with one question more. Raises `Conflict` if overtaken."""

    def merge(self, gone: Topic, into: Topic) -> None:
        """Keep `into` as it is with the questions of the other, which is no more."""

    def settle(self, topic: Topic) -> None:
        """Keep what answers it, or that nothing needs to."""

    def move(self, old: int, new: int) -> None:
        """What one article answered is answered by another from now on."""

    def recurring(self, since: datetime, least: int, people: int, limit: int) -> list[Asked]:
        """The topics that so many people asked so often since then, the most often asked first.

        None that nothing needs to answer.
        """

    def questions(self, topic: int, limit: int = 200) -> list[int]:
        """The tickets with its questions, the latest first."""

    def forget(self, person: int) -> None:
        """Somebody's questions are counted no more, and what they alone said is known no more."""
