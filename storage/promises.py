"""Promises in the book: what was promised of each ticket, and what is due next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.diary import Tally
from bot.model.promise import Lap, Promise
from bot.model.target import Clock
from storage.pen import Pen
from storage.tables_time import promises


@dataclass(frozen=True, slots=True)
class Promises:
    """`bot.diary.Promises` on one connection."""

    pen: Pen

    def of(self, ticket: int) -> list[Promise]:
        """All of a ticket, in the order in which they were given."""
        return [_promise(row) for row in self.pen.run(_OF, of=ticket)]

    def keep(self, promise: Promise) -> Promise:
        """Keep a new one, or one as it is by now; returns it with its number."""
        values = {
            "clock": promise.clock.value,
            "due_at": promise.due_at,
            "step": promise.step,
            "knock_at": promise.knock_at,
            "ended_at": promise.ended_at,
            "kept": promise.kept,
            "laps": json.dumps([_written(each) for each in promise.laps]),
        }
        if promise.id:
            self.pen.run(_SAVE, number=promise.id, **values)
            return promise
        made = self.pen.run(_ADD, ticket=promise.ticket, **values)
        return replace(promise, id=made.scalar_one())

    def due(self, now: datetime, limit: int = 200) -> list[Promise]:
        """Those of which a step has come, the first to come first."""
        return [_promise(row) for row in self.pen.run(_DUE, now=now, most=limit)]

    def going(self, after: int, limit: int = 200) -> list[Promise]:
        """Those behind this number that haven't ended, in their order."""
        return [_promise(row) for row in self.pen.run(_GOING, after=after, most=limit)]

    def tally(self, since: datetime, until: datetime) -> Sequence[Tally]:
        """How many ended from `since` until before `until`, kept and not."""
        rows = self.pen.run(_TALLY, since=since, until=until)
        return [Tally(Clock(row.clock), row.kept or 0, row.broken or 0) for row in rows]


def _written(lap: Lap) -> list[object]:
    until = lap.until.isoformat() if lap.until else None
    length, worked = (each.total_seconds() for each in (lap.length, lap.worked))
    return [lap.since.isoformat(), until, lap.calendar, length, lap.target, worked]


def _lap(said: list[Any]) -> Lap:
    since, until, calendar, length, target, worked = said
    return Lap(
        datetime.fromisoformat(since),
        datetime.fromisoformat(until) if until else None,
        calendar,
        timedelta(seconds=length),
        target,
        timedelta(seconds=worked),
    )


def _promise(row: Any) -> Promise:
    return Promise(
        id=row.id,
        ticket=row.ticket,
        clock=Clock(row.clock),
        laps=tuple(map(_lap, json.loads(row.laps))),
        due_at=row.due_at,
        step=row.step,
        knock_at=row.knock_at,
        ended_at=row.ended_at,
        kept=row.kept,
    )


_p = promises.c
_OF = sa.select(promises).where(_p.ticket == bindparam("of")).order_by(_p.id)
_ADD = sa.insert(promises).returning(_p.id)
_SAVE = sa.update(promises).where(_p.id == bindparam("number"))
_DUE = (
    sa.select(promises)
    .where(_p.knock_at.is_not(None), _p.knock_at <= bindparam("now"))
    .order_by(_p.knock_at, _p.id)
    .limit(bindparam("most"))
)
_GOING = (
    sa.select(promises)
    .where(_p.ended_at.is_(None), _p.id > bindparam("after"))
    .order_by(_p.id)
    .limit(bindparam("most"))
)
_then = _p.ended_at >= bindparam("since"), _p.ended_at < bindparam("until")
_TALLY = (
    sa.select(
        _p.clock,
        sa.func.sum(sa.case((_p.kept, 1), else_=0)).label("kept"),
        sa.func.sum(sa.case((_p.kept.is_(False), 1), else_=0)).label("broken"),
    )
    .where(*_then, _p.kept.is_not(None))
    .group_by(_p.clock)
    .order_by(_p.clock)
)
