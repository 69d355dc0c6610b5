"""The tickets in the book, their watchers and the networks' messages that belong to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.message import Address, ExternalId
from bot.model.ticket import Ticket
from bot.store import Conflict
from storage import searching
from storage.pen import Pen
from storage.tables import (
    CLOSING,
    HELD,
    MERGED,
    OPEN,
    RESOLVED,
    THREADED,
    entries,
    messages,
    outbox,
    tickets,
    watchers,
)
from storage.ticket_row import row_of, ticket_of

_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Tickets:
    """`bot.store.Tickets` on one connection."""

    pen: Pen

    def get(self, number: int) -> Ticket | None:
        """One ticket by its number; none has one that is too large for the column."""
        return self._one(_GET, number=number) if number <= _MOST else None

    def add(self, ticket: Ticket) -> Ticket:
        """Keep a new one; `Conflict` when its thread has an open ticket already."""
        number = self.pen.run(_ADD, **row_of(ticket)).scalar_one()
        return replace(ticket, id=number)

    def save(self, ticket: Ticket) -> None:
        """Keep a change: `Conflict` when the ticket on disk isn't the version before."""
        saved = self.pen.run(_SAVE, number=ticket.id, before=ticket.version - 1, **row_of(ticket))
        if saved.rowcount != 1:
            raise Conflict(f"ticket {ticket.id} was changed before version {ticket.version}")

    def at(self, conversation: Address) -> Ticket | None:
        """The latest ticket of this thread, an open one first; None where there is no thread."""
        return self._one(
            _AT, channel=conversation.channel, room=conversation.room, thread=conversation.thread
        )

    def latest_of(self, requester: int, channel: str, since: datetime) -> Ticket | None:
        """The last ticket this person opened on this channel at `since` or later."""
        return self._one(_LATEST_OF, requester=requester, channel=channel, since=since)

    def of_requester(self, person: int, limit: int = 20) -> list[Ticket]:
        """What somebody reported, those not done first, the latest first."""
        going = self._all(_GOING_OF, requester=person, limit=limit)
        return going + self._all(_DONE_OF, requester=person, limit=limit - len(going))

    def of_assignee(self, person: int, limit: int = 50) -> list[Ticket]:
        """What an agent has and is not done, most urgent first, then the oldest."""
        return self._all(_OF_ASSIGNEE, assignee=person, limit=limit)

    def queue(
        self, teams: Iterable[str], limit: int = 50, *, unclaimed: bool = False
    ) -> list[Ticket]:
        """What is not done in these teams, or what nobody has of it: urgent first, oldest first."""
        # One short walk of the index a team: it never sorts what it doesn't return.
        statement = _UNCLAIMED if unclaimed else _QUEUE
        each = [self._all(statement, team=team, limit=limit) for team in set(teams)]
        return list(islice(merge(*each, key=_urgency), limit))

    def strayed(self, teams: Iterable[str], limit: int = 50) -> list[Ticket]:
        """What isn't closed and belongs to another team than these, or to none."""
        known = list(teams)
        going = self._all(_STRAYED, teams=known, limit=limit)
        return going + self._all(_SOLVED_STRAYED, teams=known, limit=limit - len(going))

    def found(self, words: str, limit: int = 20) -> list[Ticket]:
        """The latest tickets whose summary holds each of these words, those not done first."""
        known = (self.get(number) for number in searching.numbers(self.pen, words, limit))
        return [ticket for ticket in known if ticket is not None]

    def conversations(self, channel: str, since: datetime, limit: int = 500) -> list[Address]:
        """Threads of this channel in which tickets go on, or were changed since; cards, too."""
        return searching.conversations(self.pen, channel, since, limit)

    def newest(self, limit: int = 50) -> list[Ticket]:
        """The latest tickets of all."""
        return self._all(_NEWEST, limit=limit)

    def merged_into(self, number: int) -> list[int]:
        """The tickets that go on in this one, at any depth, by number."""
        return list(self.pen.run(_MERGED_INTO, number=number).scalars())

    def to_wake(self, now: datetime, limit: int = 100) -> list[Ticket]:
        """Held tickets whose moment is `now` or past, the longest due first."""
        return self._all(_TO_WAKE, now=now, limit=limit)

    def to_close(
        self, resolved_before: datetime, warned_before: datetime | None = None, limit: int = 100
    ) -> list[Ticket]:
        """Tickets resolved before this moment, the longest first; warned of by then, if asked."""
        if warned_before is None:
            return self._all(_TO_CLOSE, moment=resolved_before, limit=limit)
        return self._all(_WARNED, moment=resolved_before, warned=warned_before, limit=limit)

    def to_warn(self, resolved_before: datetime, limit: int = 100) -> list[Ticket]:
        """Tickets resolved before this moment, of whose end nobody was warned since."""
        return self._all(_TO_WARN, moment=resolved_before, limit=limit)

    def watch(self, number: int, person: int) -> bool:
        """Add a watcher; False if they watched already."""
        return self.pen.run(_WATCH, ticket=number, person=person).first() is not None

    def unwatch(self, number: int, person: int) -> bool:
        """Take a watcher away; False if they didn't watch."""
        return self.pen.run(_UNWATCH, number=number, who=person).first() is not None

    def watchers(self, number: int) -> list[int]:
        """Who watches, by number."""
        return list(self.pen.run(_WATCHERS, number=number).scalars())

    def remember(
        self,
        channel: str,
        external_id: ExternalId,
        ticket: int,
        *,
        person: int | None,
        at: datetime,
    ) -> None:
        """This message belongs to this ticket; what was remembered first stays.

        So nobody takes a conversation over by sending a message under an id of ours.
        """
        self.pen.run(
            _REMEMBER, channel=channel, external_id=external_id, ticket=ticket, person=person, at=at
        )

    def of_messages(self, channel: str, ids: Sequence[ExternalId]) -> int | None:
        """The number of the ticket that the first known one of these messages belongs to."""
        if not ids:
            return None
        known = dict(self.pen.run(_OF_MESSAGES, channel=channel, ids=ids).all())
        return next((known[one] for one in ids if one in known), None)

    def thread_with(self, number: int, channel: str, person: int) -> tuple[ExternalId, ...]:
        """Messages of this ticket said by or to this person on this channel, oldest first."""
        return searching.thread_with(self.pen, number, channel, person)

    def hand_over(self, channel: str, ids: Sequence[ExternalId], ticket: int) -> None:
        """These messages belong to this ticket from now on."""
        self.pen.run(_HAND_OVER, its_channel=channel, ids=list(ids), to=ticket)

    def _one(self, statement: sa.Select[Any], **values: object) -> Ticket | None:
        row = self.pen.run(statement, **values).first()
        return None if row is None else ticket_of(row)

    def _all(self, statement: sa.Select[Any], **values: object) -> list[Ticket]:
        return [ticket_of(row) for row in self.pen.run(statement, **values)]


def _urgency(ticket: Ticket) -> tuple[int, datetime, int]:
    return -ticket.priority, ticket.opened_at, ticket.id


# The statements are built once: SQLAlchemy then finds each one's SQL by the statement's own key.
_t, _m, _w, _o = tickets.c, messages.c, watchers.c, outbox.c
_PICK = sa.select(tickets)
_LIMIT = bindparam("limit", type_=sa.Integer)
_URGENT_FIRST = (_t.priority.desc(), _t.opened_at, _t.id)
_LATEST_FIRST = (_t.opened_at.desc(), _t.id.desc())
_BY_REQUESTER = _PICK.where(_t.requester == bindparam("requester"))

_GET = _PICK.where(_t.id == bindparam("number"))
_ADD = sa.insert(tickets).returning(_t.id)
_SAVE = sa.update(tickets).where(_t.id == bindparam("number"), _t.version == bindparam("before"))
_AT = (
    _PICK.where(
        _t.channel == bindparam("channel"),
        _t.room == bindparam("room"),
        _t.thread == bindparam("thread"),
        THREADED,
    )
    .order_by(OPEN.desc(), _t.id.desc())
    .limit(1)
)
_LATEST_OF = (
    _BY_REQUESTER.where(_t.channel == bindparam("channel"), _t.opened_at >= bindparam("since"))
    .order_by(*_LATEST_FIRST)
    .limit(1)
)
_GOING_OF = _BY_REQUESTER.where(OPEN).order_by(*_LATEST_FIRST).limit(_LIMIT)
_DONE_OF = _BY_REQUESTER.where(~OPEN).order_by(*_LATEST_FIRST).limit(_LIMIT)
_OF_ASSIGNEE = (
    _PICK.where(_t.assignee == bindparam("assignee"), OPEN).order_by(*_URGENT_FIRST).limit(_LIMIT)
)
_QUEUE = _PICK.where(_t.team == bindparam("team"), OPEN).order_by(*_URGENT_FIRST).limit(_LIMIT)
_UNCLAIMED = _QUEUE.where(_t.assignee.is_(None))
_ELSEWHERE = _t.team.not_in(bindparam("teams", expanding=True))
_STRAYED = _PICK.where(_ELSEWHERE, OPEN).order_by(_t.id).limit(_LIMIT)
_SOLVED_STRAYED = _PICK.where(_ELSEWHERE, RESOLVED).order_by(_t.id).limit(_LIMIT)
_NEWEST = _PICK.order_by(_t.id.desc()).limit(_LIMIT)
_TO_WAKE = (
    _PICK.where(HELD, _t.held_until <= bindparam("now")).order_by(_t.held_until).limit(_LIMIT)
)
_TO_CLOSE = (
    _PICK.where(RESOLVED, _t.resolved_at < bindparam("moment"))
    .order_by(_t.resolved_at)
    .limit(_LIMIT)
)
_warning = sa.exists().where(
    entries.c.ticket == _t.id,
    CLOSING,
    entries.c.at >= _t.resolved_at,
)
_WARNED = _TO_CLOSE.where(_warning.where(entries.c.at <= bindparam("warned")))
_TO_WARN = _TO_CLOSE.where(~_warning)
_gone = sa.select(_t.id).where(MERGED, _t.merged_into == bindparam("number")).cte(recursive=True)
_further = tickets.alias("further")
_MERGED_INTO = sa.select(
    _gone.union(
        sa.select(_further.c.id).where(
            _further.c.merged_into.is_not(None), _further.c.merged_into == _gone.c.id
        )
    ).c.id
).order_by("id")
_WATCH = insert(watchers).on_conflict_do_nothing().returning(_w.person)
_UNWATCH = (
    sa.delete(watchers)
    .where(_w.ticket == bindparam("number"), _w.person == bindparam("who"))
    .returning(_w.person)
)
_WATCHERS = sa.select(_w.person).where(_w.ticket == bindparam("number")).order_by(_w.person)
_REMEMBER = insert(messages).on_conflict_do_nothing()
_HAND_OVER = (
    sa.update(messages)
    .where(
        _m.channel == bindparam("its_channel"),
        _m.external_id.in_(bindparam("ids", expanding=True)),
    )
    .values(ticket=bindparam("to"))
)
# What they wrote and what the desk wrote; under one of our ids nobody else's counts.
_OF_MESSAGES = sa.union_all(
    sa.select(_m.external_id, _m.ticket).where(
        _m.channel == bindparam("channel"), _m.external_id.in_(bindparam("ids", expanding=True))
    ),
    sa.select(_o.external_id, _o.ticket).where(
        _o.channel == bindparam("channel"),
        _o.external_id.in_(bindparam("ids", expanding=True)),
        _o.ticket.is_not(None),
    ),
)
