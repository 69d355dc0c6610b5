"""How many tickets there are of a sort, and how long they waited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.tally import Opened
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind
from storage.columns import Lasting, Moment
from storage.pen import Pen
from storage.tables import OPEN, tickets


@dataclass(frozen=True, slots=True)
class Tallies:
    """`bot.registers.Tallies` on one connection."""

    pen: Pen

    def queue(self, teams: Iterable[str], *, unclaimed: bool = False) -> int:
        """How many are not done in these teams; `unclaimed`: of those that nobody has."""
        statement = _UNCLAIMED if unclaimed else _QUEUE
        return sum(self.pen.run(statement, team=team).scalar_one() for team in set(teams))

    def before(self, ticket: Ticket) -> int:
        """How many of its team that nobody has come before it: the graver, then the older."""
        place = {"team": ticket.team, "priority": ticket.priority.value, "id": ticket.id}
        count: int = self.pen.run(_BEFORE, **place).scalar_one()
        return count

    def assigned(self, person: int) -> int:
        """How many an agent has that are not done."""
        count: int = self.pen.run(_ASSIGNED, assignee=person).scalar_one()
        return count

    def reported(self, person: int) -> int:
        """How many somebody reported, whatever became of them."""
        count: int = self.pen.run(_REPORTED, requester=person).scalar_one()
        return count

    def opened(self, since: datetime, until: datetime) -> list[Opened]:
        """Those that were opened from `since` until before `until`, by how they stand now."""
        return [
            Opened(
                channel=row.channel,
                team=row.team,
                kind=Kind(row.kind),
                status=Status(row.status),
                claimed=bool(row.claimed),
                solved=bool(row.solved),
                count=row.how_many,
            )
            for row in self.pen.run(_OPENED, since=since, until=until)
        ]

    def first_answers(self, since: datetime, until: datetime) -> tuple[int, timedelta]:
        """How many of those a person answered, and how long half of these waited at most for it."""
        count: int = self.pen.run(_ANSWERED, since=since, until=until).scalar_one()
        if not count:
            return 0, timedelta(0)
        middle = {"since": since, "until": until, "before": (count - 1) // 2}
        waited: timedelta = self.pen.run(_WAITED, **middle).scalar_one()
        return count, waited


_t = tickets.c
_COUNT = sa.select(sa.func.count()).select_from(tickets)
_QUEUE = _COUNT.where(_t.team == bindparam("team"), OPEN)
_UNCLAIMED = _QUEUE.where(_t.assignee.is_(None))
_graver = _t.priority > bindparam("priority")
_older = sa.and_(_t.priority == bindparam("priority"), _t.id < bindparam("id"))
_BEFORE = _UNCLAIMED.where(sa.or_(_graver, _older))
_ASSIGNED = _COUNT.where(_t.assignee == bindparam("assignee"), OPEN)
_REPORTED = _COUNT.where(_t.requester == bindparam("requester"))
_SINCE, _UNTIL = bindparam("since", type_=Moment), bindparam("until", type_=Moment)
_IN_TIME = sa.and_(_t.opened_at >= _SINCE, _t.opened_at < _UNTIL)
_ALIKE = (
    _t.channel,
    _t.team,
    _t.kind,
    _t.status,
    _t.assignee.is_not(None).label("claimed"),
    sa.and_(~OPEN, _t.resolved_at.is_not(None)).label("solved"),
)
_OPENED = sa.select(*_ALIKE, sa.func.count().label("how_many")).where(_IN_TIME).group_by(*_ALIKE)
_ANSWERED = _COUNT.where(_IN_TIME, _t.first_answer_at.is_not(None))
_WAIT = sa.type_coerce(_t.first_answer_at - _t.opened_at, Lasting)
_WAITED = (
    sa.select(_WAIT.label("waited"))
    .where(_IN_TIME, _t.first_answer_at.is_not(None))
    .order_by(sa.column("waited"))
    .limit(1)
    .offset(bindparam("before"))
)
