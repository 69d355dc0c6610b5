"""How many tickets a list holds that is shown in part."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import bindparam

from storage.pen import Pen
from storage.tables import OPEN, tickets


@dataclass(frozen=True, slots=True)
class Tallies:
    """`bot.store.Tallies` on one connection."""

    pen: Pen

    def queue(self, teams: Iterable[str], *, unclaimed: bool = False) -> int:
        """How many are not done in these teams; `unclaimed`: of those that nobody has."""
        statement = _UNCLAIMED if unclaimed else _QUEUE
        return sum(self.pen.run(statement, team=team).scalar_one() for team in set(teams))

    def assigned(self, person: int) -> int:
        """How many an agent has that are not done."""
        count: int = self.pen.run(_ASSIGNED, assignee=person).scalar_one()
        return count

    def reported(self, person: int) -> int:
        """How many somebody reported, whatever became of them."""
        count: int = self.pen.run(_REPORTED, requester=person).scalar_one()
        return count


_t = tickets.c
_COUNT = sa.select(sa.func.count()).select_from(tickets)
_QUEUE = _COUNT.where(_t.team == bindparam("team"), OPEN)
_UNCLAIMED = _QUEUE.where(_t.assignee.is_(None))
_ASSIGNED = _COUNT.where(_t.assignee == bindparam("assignee"), OPEN)
_REPORTED = _COUNT.where(_t.requester == bindparam("requester"))
