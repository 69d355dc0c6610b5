"""What the book tells of a stretch of time: each question is bound by an index and the stretch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.ledger import Hourly, Promised
from bot.model.entry import What
from bot.model.rating import Rating
from bot.model.target import Clock
from bot.model.ticket import Ticket
from storage.columns import EPOCH, Moment
from storage.detail import unpacked
from storage.pen import Pen
from storage.tables import AGENTS, COMPLAINTS, OPEN, SOLVED, entries, people, tickets
from storage.tables_beside import ratings
from storage.tables_time import estimates, promises
from storage.ticket_row import ticket_of

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Ledger:
    """`bot.ledger.Ledger` on one connection."""

    pen: Pen

    def opened(self, since: datetime, until: datetime, team: str = "") -> Hourly:
        """How many tickets were opened in each hour."""
        return self._hourly(_OPENED, since, until, team)

    def solved(self, since: datetime, until: datetime, team: str = "") -> Hourly:
        """How many tickets were solved in each hour."""
        return self._hourly(_SOLVED, since, until, team)

    def hardest(
        self, since: datetime, until: datetime, team: str = "", limit: int = 10
    ) -> Sequence[Ticket]:
        """What was solved, that took most first."""
        rows = self.pen.run(_HARDEST, since=since, until=until, team=team, most=limit)
        return [ticket_of(row) for row in rows]

    def complaints(
        self, since: datetime, until: datetime, team: str = "", limit: int = 50
    ) -> Sequence[Ticket]:
        """Complaints that were opened, and those of before that nobody answered."""
        rows = self.pen.run(_COMPLAINTS, since=since, until=until, team=team, most=limit)
        return [ticket_of(row) for row in rows]

    def promised(self, until: datetime, team: str = "", limit: int = 20) -> Sequence[Promised]:
        """What is promised until then and hasn't come, the first first."""
        rows = self.pen.run(_PROMISED, until=until, team=team, most=limit)
        return [Promised(ticket_of(row), Clock(row.clock), row.due_at) for row in rows]

    def comments(self, since: datetime, until: datetime, limit: int = 5) -> Sequence[Rating]:
        """Marks that were given with words, the latest first."""
        return [
            Rating(*row) for row in self.pen.run(_COMMENTS, since=since, until=until, most=limit)
        ]

    def solvers(self, since: datetime, until: datetime, limit: int = 5) -> Sequence[int]:
        """Who, not asked to, said what solved it, most often first."""
        rows = self.pen.run(_SOLVERS, since=since, until=until)
        names = [int(unpacked(each)["new"]) for each in rows.scalars()]
        return sorted({*names}, key=lambda each: (-names.count(each), each))[:limit]

    def estimate(self, ticket: int, expected_at: datetime) -> None:
        """Its requester was told until when; said once."""
        self.pen.run(_ESTIMATE, ticket=ticket, expected_at=expected_at)

    def estimates(self, since: datetime, until: datetime) -> tuple[int, int]:
        """Of the estimates that are over by `until`: how many held, and how many there are."""
        row = self.pen.run(_ESTIMATES, since=since, until=until).one()
        return row.held or 0, row.told

    def readers(self, since: datetime, after: int, limit: int) -> Sequence[int]:
        """Who wrote since then and takes the weekly word, behind that number."""
        return list(self.pen.run(_READERS, since=since, after=after, most=limit).scalars())

    def _hourly(
        self, statement: sa.Select[int, int], since: datetime, until: datetime, team: str
    ) -> Hourly:
        rows = self.pen.run(statement, since=since, until=until, team=team)
        return [(EPOCH + int(row.hour) * _HOUR, row.how_many) for row in rows]


class _HourOf(FunctionElement[int]):
    """The number of the hour since 1970 in which a moment is."""

    inherit_cache = True
    type = sa.BigInteger()


@compiles(_HourOf, "sqlite")
def _in_sqlite(element: _HourOf, compiler: SQLCompiler, **_: Any) -> str:
    return f"({compiler.process(element.clauses)} / 3600000000)"


@compiles(_HourOf)
def _in_postgresql(element: _HourOf, compiler: SQLCompiler, **_: Any) -> str:
    return f"floor(extract(epoch FROM {compiler.process(element.clauses)}) / 3600)::bigint"


_t, _p, _r, _e = tickets.c, promises.c, ratings.c, estimates.c
_SINCE, _UNTIL = bindparam("since", type_=Moment), bindparam("until", type_=Moment)
_TEAM = bindparam("team", type_=sa.Text)
_ITS_TEAM = sa.or_(_t.team == _TEAM, sa.literal_column("''") == _TEAM)
_MOST = bindparam("most", type_=sa.Integer)


def _by_hour(
    moment: sa.ColumnElement[datetime], *where: sa.ColumnElement[bool]
) -> sa.Select[int, int]:
    hour = _HourOf(moment).label("hour")
    return (
        sa.select(hour, sa.func.count().label("how_many"))
        .where(moment >= _SINCE, moment < _UNTIL, _ITS_TEAM, *where)
        .group_by(sa.text("hour"))
        .order_by(sa.text("hour"))
    )


_OPENED = _by_hour(_t.opened_at)
_SOLVED = _by_hour(_t.resolved_at, SOLVED)
_then_solved = SOLVED, ~OPEN, _t.resolved_at >= _SINCE, _t.resolved_at < _UNTIL
_HARDEST = (
    sa.select(tickets)
    .where(*_then_solved, _ITS_TEAM)
    .order_by(
        _t.level.desc(),
        sa.func.coalesce(_t.minutes, 0).desc(),
        (_t.resolved_at - _t.opened_at).desc(),
    )
    .limit(_MOST)
)
_unanswered = sa.and_(_t.first_answer_at.is_(None), OPEN)
_COMPLAINTS = (
    sa.select(tickets)
    .where(COMPLAINTS, _t.opened_at < _UNTIL, _ITS_TEAM)
    .where(sa.or_(_t.opened_at >= _SINCE, _unanswered))
    .order_by(_t.opened_at, _t.id)
    .limit(_MOST)
)
_PROMISED = (
    sa.select(tickets, _p.clock, _p.due_at)
    .join(promises, _p.ticket == _t.id)
    .where(_p.ended_at.is_(None), _p.due_at < _UNTIL, _ITS_TEAM)
    .order_by(_p.due_at, _p.id)
    .limit(_MOST)
)
_COMMENTS = (
    sa.select(_r.ticket, _r.asked_at, _r.mark, _r.words, _r.at)
    .where(_r.at >= _SINCE, _r.at < _UNTIL, _r.words != sa.literal_column("''"))
    .order_by(_r.at.desc(), _r.ticket.desc())
    .limit(_MOST)
)
_SOLVERS = (
    sa.select(entries.c.detail)
    .join(tickets, _t.id == entries.c.ticket)
    .where(*_then_solved, entries.c.what == sa.literal_column(f"'{What.RESOLVED}'"))
    .where(entries.c.detail.like('%"new":"%'))
)
_ESTIMATE = insert(estimates).on_conflict_do_nothing()
_ESTIMATES = (
    sa.select(
        sa.func.count().label("told"),
        sa.func.count().filter(_t.first_answer_at <= _e.expected_at).label("held"),
    )
    .join(tickets, _t.id == _e.ticket)
    .where(_t.opened_at >= _SINCE, _t.opened_at < _UNTIL, _e.expected_at < _UNTIL)
    # What was solved or given up before anybody had to answer says nothing of the estimate.
    .where(sa.or_(_t.first_answer_at.is_not(None), OPEN, _t.resolved_at > _e.expected_at))
)
_READERS = (
    sa.select(people.c.id)
    .where(people.c.id > bindparam("after", type_=sa.Integer), people.c.last_at >= _SINCE)
    .where(people.c.reachable, people.c.weekly.is_not(sa.false()), ~AGENTS)
    .order_by(people.c.id)
    .limit(_MOST)
)
