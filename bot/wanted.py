"""Wanted articles: what people ask again and again, and no article answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import story
from bot.fitting import question_of
from bot.gathering import gather
from bot.known import Asked
from bot.library import Library
from bot.model.article import State, Verdict
from bot.model.settings import Desk as Settings
from bot.model.ticket import Ticket
from bot.model.topic import Topic
from bot.model.triage import Kind
from bot.store import Work

LOOKED_BACK = timedelta(days=90)
LEAST, PEOPLE = 5, 3  # questions, by so many people, from which on an article is worth its writing
_MOST = 50  # topics that are looked at
_LATEST = 50  # questions of each
_QUOTED = 3  # of these, in people's own words


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question that lacks its article."""

    topic: Topic
    count: int  # in the time that is looked back
    people: int
    best: Ticket  # of whose answer an article is best made
    asked: tuple[str, ...]  # in people's words, the latest first
    tickets: tuple[int, ...]  # the latest first
    minutes: int  # that all of the answers took
    assumed: bool  # nobody wrote down how long they took


def take_in(library: Library, work: Work, ticket: Ticket) -> None:
    """Let the question of a ticket be one of those that are alike.

    Not what an article has answered, nor complaints, nor what its requester had asked already.
    """
    if ticket.kind is Kind.COMPLAINT or _is_answered(work, ticket.id):
        return
    if work.topics.of(ticket.id) is not None:
        return
    other = work.tickets.get(ticket.merged_into) if ticket.merged_into else None
    if other is not None and other.requester == ticket.requester:
        return
    question = question_of(library, work, ticket)
    terms = library.gist(question, ticket.language or library.language(question))
    gather(work.topics, ticket.id, terms, ticket.opened_at)


def wanted(work: Work, settings: Settings, now: datetime, limit: int) -> list[Wanted]:
    """The questions that lack an article, those first that took most time."""
    recurring = work.topics.recurring(now - LOOKED_BACK, LEAST, PEOPLE, _MOST)
    found = [each for asked in recurring for each in _looked_at(work, settings, asked)]
    return sorted(found, key=lambda each: (-each.minutes, each.topic.id))[:limit]


def wanted_with(work: Work, ticket: int, now: datetime) -> Topic | None:
    """The topic of a ticket's question, where it comes again and lacks an article."""
    topic = work.topics.of(ticket)
    if topic is None or topic.size < LEAST or _is_settled(work, topic):
        return None
    recurring = work.topics.recurring(now - LOOKED_BACK, LEAST, PEOPLE, _MOST)
    return next((each.topic for each in recurring if each.topic.id == topic.id), None)


def settled_by(topic: Topic, article: int) -> Topic:
    """It as it is answered by an article."""
    return replace(topic, article=article, never=False)


def _looked_at(work: Work, settings: Settings, asked: Asked) -> Iterator[Wanted]:
    """What is known of a topic, if it still lacks an article."""
    if _is_settled(work, asked.topic):
        return
    numbers = work.topics.questions(asked.topic.id, _LATEST)
    open_ones = [number for number in numbers if not _is_answered(work, number)]
    tickets = (work.tickets.get(number) for number in open_ones)
    found = [each for each in tickets if each and each.summary]  # none: its words were forgotten
    if len(found) < min(LEAST, len(numbers)):
        return
    spent = [each.minutes for each in found if each.minutes]
    assumed = settings.knowledge.answer / timedelta(minutes=1)
    mean = sum(spent) / len(spent) if spent else assumed
    said = dict.fromkeys(each.summary for each in found if each.summary)
    yield Wanted(
        topic=asked.topic,
        count=asked.count,
        people=asked.people,
        best=_best(work, found),
        asked=tuple(said)[:_QUOTED],
        tickets=tuple(each.id for each in found),
        minutes=round(mean * asked.count),
        assumed=not spent,
    )


def _best(work: Work, tickets: Sequence[Ticket]) -> Ticket:
    """The one whose answer was found best: by its mark, else the fullest words that solved it."""

    def worth(ticket: Ticket) -> tuple[int, int]:
        solution = story.solution(work.entries.of(ticket.id))
        rating = work.ratings.of(ticket.id)
        mark = rating.mark if rating and rating.mark else 0
        return (mark, len(solution.words)) if solution else (-1, 0)

    return max(tickets, key=worth)


def _is_answered(work: Work, ticket: int) -> bool:
    """Whether an article answers it, as somebody said, that is still there."""
    offers = work.offers.of_ticket(ticket)
    right = (x for x in offers if x.verdict and x.verdict is not Verdict.REFUSED and not x.back_at)
    return any(_stands(work, each.article) for each in right)


def _is_settled(work: Work, topic: Topic) -> bool:
    """Whether nothing needs to answer it, or an article does that is still there."""
    return topic.never or (topic.article is not None and _stands(work, topic.article))


def _stands(work: Work, number: int) -> bool:
    article = work.articles.get(number)
    return article is not None and article.state is not State.RETIRED
