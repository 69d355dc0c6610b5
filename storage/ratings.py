"""How requesters found the help with their tickets; whose a mark is, its ticket says."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.rating import LOW, Rating
from storage.pen import Pen
from storage.tables import people, tickets
from storage.tables_beside import ratings

_LATEST = 200  # tickets of somebody, among which their marks are looked for


@dataclass(frozen=True, slots=True)
class Ratings:
    """`bot.registers.Ratings` on one connection."""

    pen: Pen

    def of(self, ticket: int) -> Rating | None:
        """What was asked and answered of a ticket; None where neither was."""
        row = self.pen.run(_OF, of=ticket).first()
        return None if row is None else Rating(*row)

    def was_asked(self, person: int, since: datetime) -> bool:
        """Whether somebody was asked of any ticket of theirs since then.

        Who asks them in another transaction at this moment has to look again.
        """
        self.pen.run(_ALONE, person=person)
        return self.pen.run(_ASKED, person=person, since=since).first() is not None

    def ask(self, ticket: int, at: datetime) -> None:
        """They are asked of it at this moment; a mark that they gave before stands."""
        self.pen.run(_ASK, ticket=ticket, asked_at=at, mark=None, words="", at=None)

    def keep(self, rating: Rating) -> None:
        """They gave this mark, in place of another one."""
        self.pen.run(
            _KEEP,
            ticket=rating.ticket,
            asked_at=rating.asked_at,
            mark=rating.mark,
            words=rating.words,
            at=rating.at,
        )

    def by(self, person: int, limit: int) -> list[Rating]:
        """The marks that somebody gave, the latest first."""
        rows = self.pen.run(_BY, person=person, tickets=_LATEST, most=limit)
        return [Rating(*row) for row in rows]

    def asked(self, since: datetime, until: datetime) -> tuple[int, int]:
        """Of how many tickets the desk asked from `since` until before `until`; how many answered.

        Who was asked twice of one ticket counts once, when they were asked last.
        """
        row = self.pen.run(_COUNTED, since=since, until=until).one()
        return row.asked, row.answered

    def marks(self, since: datetime, until: datetime) -> dict[int, int]:
        """How often each mark was given from `since` until before `until`."""
        return {row.mark: row.count for row in self.pen.run(_MARKS, since=since, until=until)}

    def low(self, since: datetime, until: datetime, limit: int) -> list[Rating]:
        """The low ones among them, the latest first."""
        rows = self.pen.run(_LOW, since=since, until=until, most=limit)
        return [Rating(*row) for row in rows]


_r, _t = ratings.c, tickets.c
_RATING = _r.ticket, _r.asked_at, _r.mark, _r.words, _r.at
_OF = sa.select(*_RATING).where(_r.ticket == bindparam("of"))
# Changes nothing but that two transactions can't both have done it: the later one runs again.
_ALONE = sa.update(people).where(people.c.id == bindparam("person")).values(name=people.c.name)
_ASKED = (
    sa.select(_r.ticket)
    .join(tickets, _t.id == _r.ticket)
    .where(_r.asked_at > bindparam("since"), _t.requester == bindparam("person"))
    .limit(sa.literal_column("1"))
)
_given = insert(ratings)
_ASK = _given.on_conflict_do_update(
    index_elements=[_r.ticket], set_={"asked_at": _given.excluded.asked_at}
)
_KEEP = _given.on_conflict_do_update(
    index_elements=[_r.ticket],
    set_={name: _given.excluded[name] for name in ("mark", "words", "at")},
)
_theirs = (
    sa.select(_t.id)
    .where(_t.requester == bindparam("person"))
    .order_by(_t.id.desc())
    .limit(bindparam("tickets"))
    .subquery()
)
_BY = (
    sa.select(*_RATING)
    .join(_theirs, _theirs.c.id == _r.ticket)
    .where(_r.mark.is_not(None))
    .order_by(_r.at.desc(), _r.ticket.desc())
    .limit(bindparam("most"))
)
_then = _r.at >= bindparam("since"), _r.at < bindparam("until")
_COUNTED = sa.select(
    sa.func.count().label("asked"),
    sa.func.count(_r.mark).filter(_r.at >= _r.asked_at).label("answered"),
).where(_r.asked_at >= bindparam("since"), _r.asked_at < bindparam("until"))
_MARKS = sa.select(_r.mark, sa.func.count().label("count")).where(*_then).group_by(_r.mark)
_LOW = (
    sa.select(*_RATING)
    .where(*_then, _r.mark <= sa.literal_column(str(LOW)))
    .order_by(_r.at.desc(), _r.ticket.desc())
    .limit(bindparam("most"))
)
