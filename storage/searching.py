"""Questions to the tickets that go through many of them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.fold import fold
from bot.model.message import Address, ExternalId
from storage.pen import Pen
from storage.tables import OPEN, THREADED, messages, outbox, tickets

_LATEST = 2000  # tickets looked through for each half of a search


def numbers(pen: Pen, words: str, limit: int) -> list[int]:
    """The latest tickets whose summary holds each word, accents and case aside; done ones last."""
    return list(islice(_fitting(pen, fold(words).split()), limit))


def conversations(pen: Pen, channel: str, since: datetime, limit: int) -> list[Address]:
    """Threads of this channel in which tickets go on, or were changed since; the latest first."""
    rows = pen.run(_CONVERSATIONS, channel=channel, since=since, limit=limit)
    return [Address(channel, row.room, row.thread) for row in rows]


def _fitting(pen: Pen, words: list[str]) -> Iterator[int]:
    for half in (_GOING, _DONE):
        for row in pen.run(half, limit=_LATEST):
            summary = fold(row.summary)
            if all(word in summary for word in words):
                yield row.id


_t, _o = tickets.c, outbox.c
_LIMIT = bindparam("limit", type_=sa.Integer)
_SUMMARIES = sa.select(_t.id, _t.summary).order_by(_t.id.desc()).limit(_LIMIT)
_GOING, _DONE = _SUMMARIES.where(OPEN), _SUMMARIES.where(~OPEN, _t.merged_into.is_(None))
_goes_on = sa.or_(OPEN, _t.updated_at >= bindparam("since"))
_homes = sa.select(_t.room, _t.thread, _t.updated_at).where(
    _t.channel == bindparam("channel"), THREADED, _goes_on
)
_cards = (
    sa.select(_o.room, _o.external_id, _t.updated_at)
    .join(tickets, _t.id == _o.ticket)
    .where(
        _o.channel == bindparam("channel"),
        _o.shows == sa.literal_column("'card'"),
        _o.shows.is_not(None),
        _o.external_id.is_not(None),
        _goes_on,
    )
)
_CONVERSATIONS = (
    sa.union_all(_homes, _cards).order_by(sa.desc("updated_at"), "room", "thread").limit(_LIMIT)
)


def thread_with(pen: Pen, number: int, channel: str, person: int) -> tuple[ExternalId, ...]:
    """Messages of a ticket said by or to this person on this channel, oldest first."""
    said = pen.run(_THREAD_WITH, number=number, channel=channel, person=person)
    # What hasn't left yet has no id. The query can't say so: it would go through each that has.
    return tuple(each for each in said.scalars() if each is not None)


_THREAD_WITH = sa.union_all(
    sa.select(messages.c.external_id, messages.c.at.label("said_at")).where(
        messages.c.ticket == bindparam("number"),
        messages.c.channel == bindparam("channel"),
        messages.c.person == bindparam("person"),
    ),
    sa.select(outbox.c.external_id, outbox.c.sent_at).where(
        outbox.c.ticket == bindparam("number"),
        outbox.c.channel == bindparam("channel"),
        outbox.c.person == bindparam("person"),
    ),
).order_by("said_at", "external_id")
