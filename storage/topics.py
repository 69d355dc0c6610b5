"""Topics in the book: what people ask again and again, and the words by which it is known."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.known import Asked
from bot.model.topic import Topic
from bot.store import Conflict
from storage.columns import Moment
from storage.pen import Pen
from storage.tables import tickets
from storage.tables_known import RECURS, question_terms, questions, topic_terms, topics

_EVERY = ""  # the term that all questions have


@dataclass(frozen=True, slots=True)
class Topics:
    """`bot.known.Topics` on one connection."""

    pen: Pen

    def due(self, after: int, since: datetime, before: datetime, limit: int) -> list[int]:
        """The tickets behind this number that were opened from `since` until before `before`."""
        when = {"after": after, "since": since, "before": before}
        return list(self.pen.run(_DUE, **when, most=limit).scalars())

    def heard(self) -> int:
        """How many questions there were."""
        return self.counts([_EVERY])[_EVERY]

    def count(self, terms: Collection[str]) -> None:
        """One question more has these terms."""
        for term in sorted({*terms, _EVERY}):
            self.pen.run(_COUNT, term=term, count=1)

    def counts(self, terms: Collection[str]) -> dict[str, int]:
        """How many questions have each of these terms."""
        rows = self.pen.run(_COUNTS, words=sorted(terms)) if terms else ()
        return dict.fromkeys(terms, 0) | {row.term: row.count for row in rows}

    def holding(self, term: str, limit: int) -> list[int]:
        """The latest topics that have a term, by number."""
        return list(self.pen.run(_HOLDING, word=term, most=limit).scalars())

    def many(self, numbers: Collection[int]) -> list[Topic]:
        """These topics, as far as there are any."""
        rows = self.pen.run(_MANY, numbers=list(numbers)) if numbers else ()
        return [_topic(row) for row in rows]

    def of(self, ticket: int) -> Topic | None:
        """The one that the question of a ticket belongs to."""
        row = self.pen.run(_OF, of=ticket).first()
        return None if row is None else _topic(row)

    def begin(self, topic: Topic, ticket: int, at: datetime) -> Topic:
        """Keep a new one, of the question of a ticket; returns it with its number."""
        number = self.pen.run(_BEGIN, **_row(topic), latest=at).scalar_one()
        begun = replace(topic, id=number)
        self._index(begun, ())
        self.pen.run(_ASK, ticket=ticket, topic=number, at=at)
        return begun

    def join(self, topic: Topic, ticket: int, at: datetime) -> Topic:
        """Keep it as it is with one question more. Raises `Conflict` if overtaken."""
        joined = self._keep(topic)
        self.pen.run(_LATER, number=topic.id, moment=at)
        self.pen.run(_ASK, ticket=ticket, topic=topic.id, at=at)
        return joined

    def merge(self, gone: Topic, into: Topic) -> None:
        """Keep `into` as it is with the questions of the other, which is no more."""
        latest = self.pen.run(_LATEST, number=gone.id).scalar_one()
        self._keep(into)
        self.pen.run(_LATER, number=into.id, moment=latest)
        self.pen.run(_MOVE, gone=gone.id, topic=into.id)
        self._drop(gone.id)

    def settle(self, topic: Topic) -> None:
        """Keep what answers it, or that nothing needs to."""
        self._keep(topic)

    def move(self, old: int, new: int) -> None:
        """What one article answered is answered by another from now on."""
        self.pen.run(_ANSWER, old=old, new=new)

    def recurring(self, since: datetime, least: int, people: int, limit: int) -> list[Asked]:
        """The topics that so many people asked so often since then, the most often asked first."""
        found = self.pen.run(_RECURRING, since=since, least=max(least, RECURS), people=people)
        rows = found.all()[:limit]
        known = {each.id: each for each in self.many([row.topic for row in rows])}
        return [Asked(known[row.topic], row.times, row.people) for row in rows]

    def questions(self, topic: int, limit: int = 200) -> list[int]:
        """The tickets with its questions, the latest first."""
        return list(self.pen.run(_QUESTIONS, of=topic, most=limit).scalars())

    def forget(self, person: int) -> None:
        """Somebody's questions are counted no more, nor is known what they alone said."""
        theirs = self.pen.run(_THEIRS, person=person).all()
        self.pen.run(_FORGET, person=person)
        known = {each.id: each for each in self.many([row.topic for row in theirs])}
        for number, times in theirs:
            alone = {term: n for term, n in known[number].terms.items() if n <= times}
            for term, n in sorted(alone.items()):
                self.pen.run(_COUNT, term=term, count=-n)
            left = known[number].size - times
            if left <= 0:
                self._drop(number)
                continue
            said = known[number].terms.items()
            common = {term: min(n, left) for term, n in said if term not in alone}
            self._keep(replace(known[number], size=left, terms=common))
        self.pen.run(_UNHEARD)

    def _keep(self, topic: Topic) -> Topic:
        """Keep a change, and by what it is found. Raises `Conflict` if overtaken."""
        [before] = self.many([topic.id])
        values = _row(replace(topic, version=topic.version + 1))
        if not self.pen.run(_SAVE, **values, number=topic.id, before=topic.version).rowcount:
            raise Conflict(f"topic {topic.id} was changed meanwhile")
        self._index(topic, before.terms)
        return replace(topic, version=topic.version + 1)

    def _index(self, topic: Topic, before: Collection[str]) -> None:
        for term in sorted(topic.terms.keys() - set(before)):
            self.pen.run(_FIND, term=term, topic=topic.id)
        for term in sorted(set(before) - topic.terms.keys()):
            self.pen.run(_LOSE, word=term, of=topic.id)

    def _drop(self, number: int) -> None:
        self.pen.run(_LOSE_ALL, of=number)
        self.pen.run(_DROP, number=number)


def _row(topic: Topic) -> dict[str, object]:
    plain = {name: getattr(topic, name) for name in ("size", "norm", "article", "never", "version")}
    return plain | {"terms": json.dumps(topic.terms, ensure_ascii=False, separators=(",", ":"))}


def _topic(row: Any) -> Topic:
    said = row._asdict() | {"terms": json.loads(row.terms)}
    del said["latest"]
    return Topic(**said)


_t, _q, _w = topics.c, questions.c, topic_terms.c
_MOST = bindparam("most", type_=sa.Integer)
_NUMBER = _t.id == bindparam("number")
_DUE = (
    sa.select(tickets.c.id)
    .where(
        tickets.c.id > bindparam("after"),
        tickets.c.opened_at >= bindparam("since", type_=Moment),
        tickets.c.opened_at < bindparam("before", type_=Moment),
    )
    .order_by(tickets.c.id)
    .limit(_MOST)
)
_new = insert(question_terms)
_COUNT = _new.on_conflict_do_update(
    index_elements=[question_terms.c.term],
    set_={"count": question_terms.c.count + _new.excluded.count},
)
_COUNTS = sa.select(question_terms).where(
    question_terms.c.term.in_(bindparam("words", expanding=True))
)
_UNHEARD = sa.delete(question_terms).where(question_terms.c.count <= sa.text("0"))
_HOLDING = (
    sa.select(_w.topic).where(_w.term == bindparam("word")).order_by(_w.topic.desc()).limit(_MOST)
)
_MANY = sa.select(topics).where(_t.id.in_(bindparam("numbers", expanding=True))).order_by(_t.id)
_OF = sa.select(topics).join(questions).where(_q.ticket == bindparam("of"))
_BEGIN = sa.insert(topics).returning(_t.id)
_SAVE = sa.update(topics).where(_NUMBER, _t.version == bindparam("before"))
_ANSWER = (
    sa.update(topics)
    .where(_t.article == bindparam("old"))
    .values(article=bindparam("new"), version=_t.version + 1)
)
_LATEST = sa.select(_t.latest).where(_NUMBER)
_LATER = (
    sa.update(topics)
    .where(_NUMBER, _t.latest < bindparam("moment", type_=Moment))
    .values(latest=bindparam("moment", type_=Moment))
)
_DROP = sa.delete(topics).where(_NUMBER)
_ASK = sa.insert(questions)
_MOVE = sa.update(questions).where(_q.topic == bindparam("gone"))
_FIND = sa.insert(topic_terms)
_LOSE = sa.delete(topic_terms).where(_w.term == bindparam("word"), _w.topic == bindparam("of"))
_LOSE_ALL = sa.delete(topic_terms).where(_w.topic == bindparam("of"))
_times, _people = sa.func.count(), sa.func.count(tickets.c.requester.distinct())
_RECURRING = (
    sa.select(_q.topic, _times.label("times"), _people.label("people"))
    .select_from(questions.join(topics).join(tickets))
    .where(
        _t.size >= sa.text(str(RECURS)),
        _t.latest >= bindparam("since", type_=Moment),
        sa.not_(_t.never),
        _q.at >= bindparam("since", type_=Moment),
    )
    .group_by(_q.topic)
    .having(_times >= bindparam("least"), _people >= bindparam("people"))
    .order_by(_times.desc(), _q.topic)
)
_QUESTIONS = (
    sa.select(_q.ticket)
    .where(_q.topic == bindparam("of"))
    .order_by(_q.at.desc(), _q.ticket.desc())
    .limit(_MOST)
)
_OF_PERSON = _q.ticket.in_(
    sa.select(tickets.c.id).where(tickets.c.requester == bindparam("person"))
)
_THEIRS = sa.select(_q.topic, sa.func.count()).where(_OF_PERSON).group_by(_q.topic)
_FORGET = sa.delete(questions).where(_OF_PERSON)
