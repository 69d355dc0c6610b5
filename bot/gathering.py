"""Gathering: each question joins those that it is like, one by one, and so topics grow.

What it costs is bound by the numbers below, however many questions there were.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from heapq import nlargest

from bot.known import Topics
from bot.model.topic import Topic, likeness, weights

_JOINS = 0.4  # a likeness from which on a question is one of a topic's…
_MERGES = 0.5  # …and two topics are one
_GROWN = 3  # questions from which on a topic may be one with another
_SOUGHT = 8  # terms by which topics are looked for, those that tell most
_GATHERED = 100  # topics for each of them, the latest
_COMPARED = 30  # of those, by all terms


def gather(topics: Topics, ticket: int, terms: Collection[str], at: datetime) -> None:
    """Let the question of a ticket join the topic that it is like, or begin one."""
    if not terms:
        return
    topics.count(terms)
    asked = Topic(size=1, terms=dict.fromkeys(terms, 1))
    weighed = weights(topics.counts(terms), topics.heard())
    likest, alike = _likest(topics, asked.weighed(weighed), weighed)
    if likest is None or alike < _JOINS:
        topics.begin(asked.weighed(weighed), ticket, at)
        return
    grown = likest.grown(asked.terms, asked.size)
    _merge(topics, topics.join(_weighed(topics, grown), ticket, at))


def _merge(topics: Topics, topic: Topic) -> None:
    """Make one topic of this and the one it has grown alike, if there is any."""
    if topic.size < _GROWN:
        return
    weighed = weights(topics.counts(topic.terms), topics.heard())
    other, alike = _likest(topics, topic, weighed)
    if other is None or (other.article, other.never) != (topic.article, topic.never):
        return  # agents said something of one that they didn't of the other
    if alike >= _MERGES:
        into, gone = (other, topic) if other.id < topic.id else (topic, other)
        topics.merge(gone, _weighed(topics, into.grown(gone.terms, gone.size)))


def _weighed(topics: Topics, topic: Topic) -> Topic:
    return topic.weighed(weights(topics.counts(topic.terms), topics.heard()))


def _likest(
    topics: Topics, asked: Topic, weighed: Mapping[str, float]
) -> tuple[Topic | None, float]:
    """The topic that is most like it, other than itself, and how alike they are."""
    likely: dict[int, float] = {}
    for term in nlargest(_SOUGHT, weighed, key=lambda term: (weighed[term], term)):
        for number in topics.holding(term, _GATHERED):
            likely[number] = likely.get(number, 0.0) + weighed[term]
    likely.pop(asked.id, None)
    nearest = nlargest(_COMPARED, likely, key=lambda number: (likely[number], -number))
    found = topics.many(nearest)
    alike = {each.id: likeness(asked, each, weighed) for each in found}
    best = max(found, key=lambda each: (alike[each.id], -each.id), default=None)
    return best, alike[best.id] if best else 0.0
