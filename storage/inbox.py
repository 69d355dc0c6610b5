"""What came in, as the book keeps it: each item once, with its bytes and how it ended."""

import zlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.mailroom import Account, Arrival, Outcome
from bot.model.message import ExternalId
from storage.pen import Pen
from storage.tables import GREETING, inbox, raws, tickets


@dataclass(frozen=True, slots=True)
class Inbox:
    """`bot.post.Inbox` on one connection."""

    pen: Pen

    def arrive(self, arrival: Arrival) -> int | None:
        """Keep it; its number, or None when it was here before (then it is counted)."""
        number: int | None = self.pen.run(_ARRIVE, **_row(arrival)).scalar()
        if number is None:
            self.pen.run(_AGAIN, its_channel=arrival.channel, its_id=arrival.external_id)
        elif arrival.raw:
            self.pen.run(_KEEP_RAW, inbox=number, bytes=zlib.compress(arrival.raw))
        return number

    def settle(
        self,
        number: int,
        outcome: Outcome,
        *,
        person: int | None = None,
        ticket: int | None = None,
        reason: str = "",
        text: str = "",
    ) -> None:
        """Say how it ended; a person or ticket known before stays when none is named."""
        settled = self.pen.run(
            _SETTLE,
            number=number,
            outcome=outcome.value,
            the_person=person,
            the_ticket=ticket,
            reason=reason,
            text=text,
        )
        if not settled.rowcount:
            raise KeyError(number)

    def number(self, channel: str, external_id: ExternalId) -> int:
        """The number of an item that arrived. Raises `KeyError` when none did."""
        number: int | None = self.pen.run(
            _NUMBER, channel=channel, external_id=external_id
        ).scalar()
        if number is None:
            raise KeyError(external_id)
        return number

    def ended(self, channel: str, external_id: ExternalId) -> tuple[Outcome | None, str] | None:
        """How an item ended, and why it was set aside; None when none arrived."""
        row = self.pen.run(_HOW_ENDED, channel=channel, external_id=external_id).first()
        return row and (Outcome(row.outcome) if row.outcome else None, row.reason)

    def said_by(self, channel: str, external_id: ExternalId) -> int | None:
        """Who said this item to the desk; None for what never came, or was set aside."""
        person: int | None = self.pen.run(
            _SAID_BY, channel=channel, external_id=external_id
        ).scalar()
        return person

    def greetings(self, person: int, channel: str, since: datetime) -> list[Arrival]:
        """Greetings of this person that wait for what follows, oldest first, with their bytes."""
        waiting = self.pen.run(_GREETINGS, person=person, channel=channel, since=since)
        return [_arrival(row) for row in waiting]

    def raw(self, ticket: int) -> list[bytes]:
        """The bytes of a ticket's inbound items, oldest first."""
        return [zlib.decompress(kept) for kept in self.pen.run(_RAW, ticket=ticket).scalars()]

    def accounts(self) -> list[Account]:
        """The sums, per channel, by its name; reads the whole inbox."""
        outcomes: defaultdict[str, dict[Outcome, int]] = defaultdict(dict)
        unsettled: defaultdict[str, int] = defaultdict(int)
        for channel, outcome, items in self.pen.run(_ENDED):
            if outcome is None:
                unsettled[channel] = items
            else:
                outcomes[channel][Outcome(outcome)] = items
        reasons: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for channel, reason, items in self.pen.run(_ASIDE):
            reasons[channel][reason] = items
        opened: dict[str, int] = dict(self.pen.run(_OPENED).all())
        return [
            Account(
                channel=channel,
                arrived=arrived,
                outcomes=outcomes[channel],
                reasons=reasons[channel],
                unsettled=unsettled[channel],
                tickets=opened.get(channel, 0),
                duplicates=seen - arrived,
            )
            for channel, arrived, seen in self.pen.run(_ARRIVED)
        ]


def _arrival(row: sa.Row[Any]) -> Arrival:
    return Arrival(
        id=row.id,
        channel=row.channel,
        external_id=ExternalId(row.external_id),
        at=row.at,
        raw=b"" if row.bytes is None else zlib.decompress(row.bytes),
        person=row.person,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason,
        ticket=row.ticket,
        text=row.text,
        seen=row.seen,
    )


def _row(arrival: Arrival) -> dict[str, object]:
    return {
        "channel": arrival.channel,
        "external_id": arrival.external_id,
        "at": arrival.at,
        "person": arrival.person,
        "outcome": arrival.outcome.value if arrival.outcome else None,
        "reason": arrival.reason,
        "ticket": arrival.ticket,
        "text": arrival.text,
        "seen": arrival.seen,
    }


_in, _raw = inbox.c, raws.c
_ARRIVE = (
    insert(inbox)
    .on_conflict_do_nothing(index_elements=[_in.channel, _in.external_id])
    .returning(_in.id)
)
_AGAIN = (
    sa.update(inbox)
    .where(_in.channel == bindparam("its_channel"), _in.external_id == bindparam("its_id"))
    .values(seen=_in.seen + 1)
)
_KEEP_RAW = sa.insert(raws)
_NUMBER = sa.select(_in.id).where(
    _in.channel == bindparam("channel"), _in.external_id == bindparam("external_id")
)
_HOW_ENDED = sa.select(_in.outcome, _in.reason).where(
    _in.channel == bindparam("channel"), _in.external_id == bindparam("external_id")
)
_SAID_BY = sa.select(_in.person).where(
    _in.channel == bindparam("channel"),
    _in.external_id == bindparam("external_id"),
    _in.outcome != Outcome.ASIDE.value,
)
_SETTLE = (
    sa.update(inbox)
    .where(_in.id == bindparam("number"))
    .values(
        person=sa.func.coalesce(bindparam("the_person", type_=sa.Integer), _in.person),
        ticket=sa.func.coalesce(bindparam("the_ticket", type_=sa.Integer), _in.ticket),
    )
)
_GREETINGS = (
    sa.select(inbox, _raw.bytes)
    .outerjoin(raws, _raw.inbox == _in.id)
    .where(
        GREETING,
        _in.person == bindparam("person"),
        _in.channel == bindparam("channel"),
        _in.at >= bindparam("since"),
    )
    .order_by(_in.at, _in.id)
)
_RAW = (
    sa.select(_raw.bytes)
    .join(inbox, _raw.inbox == _in.id)
    .where(_in.ticket == bindparam("ticket"))
    .order_by(_in.at, _in.id)
)
_ARRIVED = (
    sa.select(_in.channel, sa.func.count(), sa.func.sum(_in.seen, type_=sa.Integer))
    .group_by(_in.channel)
    .order_by(_in.channel)
)
_ENDED = sa.select(_in.channel, _in.outcome, sa.func.count()).group_by(_in.channel, _in.outcome)
_ASIDE = (
    sa.select(_in.channel, _in.reason, sa.func.count())
    .where(_in.outcome == Outcome.ASIDE.value)
    .group_by(_in.channel, _in.reason)
    .order_by(sa.func.count().desc(), _in.reason)
)
_OPENED = sa.select(tickets.c.channel, sa.func.count()).group_by(tickets.c.channel)
