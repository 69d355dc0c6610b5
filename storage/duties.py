"""Agents' duties: who is away, and when the desk gave each of them a ticket last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.duty import WAITED, Duty
from bot.model.entry import What
from storage.columns import Moment, among
from storage.pen import Pen
from storage.tables import OPEN, entries, tickets
from storage.tables_beside import duties

_TICK = timedelta(microseconds=1)  # the least by which two moments differ


@dataclass(frozen=True, slots=True)
class Duties:
    """`bot.registers.Duties` on one connection."""

    pen: Pen

    def of(self, person: int) -> Duty:
        """What is known of somebody; of most it is nothing."""
        row = self.pen.run(_OF, agent=person).first()
        if row is None:
            return Duty()
        return Duty(row.away_until, row.substitute, row.assigned_at)

    def away(self, now: datetime) -> Sequence[int]:
        """Who is away at this moment, by number."""
        return list(self.pen.run(_AWAY, now=now).scalars())

    def leave(self, person: int, until: datetime, substitute: int | None) -> None:
        """They are away until then; whoever stands in gets what would be theirs."""
        self.pen.run(_LEAVE, person=person, away_until=until, substitute=substitute)

    def come_back(self, person: int) -> None:
        """They are back."""
        self.pen.run(_RETURN, agent=person)

    def give(self, person: int, now: datetime) -> None:
        """The desk gave them a ticket: whoever got one before comes before them.

        Turns keep their order though the clock stands still, or is set back: each is later than
        all before.
        """
        last: datetime | None = self.pen.run(_LAST).scalar()
        at = now if last is None else max(now, last + _TICK)
        self.pen.run(_GIVE, person=person, assigned_at=at)

    def unclaimed(
        self, team: str, before: datetime, after: int = 0, limit: int = 50
    ) -> Sequence[int]:
        """Tickets of a team that nobody has had since `before`, by number, from behind `after` on.

        Those that are laid aside or wait for the requester aren't among them, nor those that were
        given to somebody for it before, but for those that went to another team, a level up, or
        were opened again since: their time begins then.
        """
        known = {"team": team, "before": before, "after": after, "limit": limit}
        return list(self.pen.run(_UNCLAIMED, **known).scalars())


_d, _t, _e = duties.c, tickets.c, entries.c
_OF = sa.select(duties).where(_d.person == bindparam("agent"))
_AWAY = sa.select(_d.person).where(_d.away_until > bindparam("now")).order_by(_d.person)
_left = insert(duties)
_LEAVE = _left.on_conflict_do_update(
    index_elements=[_d.person],
    set_={"away_until": _left.excluded.away_until, "substitute": _left.excluded.substitute},
)
_RETURN = (
    sa.update(duties)
    .where(_d.person == bindparam("agent"))
    .values(away_until=None, substitute=None)
)
_LAST = sa.select(sa.func.max(_d.assigned_at, type_=Moment))
_gave = insert(duties)
_GIVE = _gave.on_conflict_do_update(
    index_elements=[_d.person], set_={"assigned_at": _gave.excluded.assigned_at}
)
_ANEW = (What.TRANSFERRED, What.ESCALATED, What.REOPENED)  # others see to it than before
_later = entries.alias("later")
_MOVED_SINCE = sa.exists().where(
    _later.c.ticket == _e.ticket, _later.c.id > _e.id, _later.c.what.in_(_ANEW)
)
_OFFERED = sa.exists().where(
    _e.ticket == _t.id,
    _e.what == What.ASSIGNED,
    _e.by.is_(None),
    _e.detail.like(f'%"{WAITED}:%'),
    ~_MOVED_SINCE,
)
_BACK_SINCE = sa.exists().where(
    _e.ticket == _t.id, _e.what.in_((What.RELEASED, *_ANEW)), _e.at > bindparam("before")
)
_RESTS = among(_t.status, "waiting", "held")  # nobody could do anything about it now
_UNCLAIMED = (
    sa.select(_t.id)
    .where(
        _t.team == bindparam("team"),
        OPEN,
        ~_RESTS,
        _t.assignee.is_(None),
        _t.opened_at <= bindparam("before"),
        _t.id > bindparam("after"),
        ~_OFFERED,
        ~_BACK_SINCE,
    )
    .order_by(_t.id)
    .limit(bindparam("limit", type_=sa.Integer))
)
