"""Who is writing an answer at this moment, so that two agents don't answer over each other."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from storage.pen import Pen
from storage.tables import drafts


@dataclass(frozen=True, slots=True)
class Drafts:
    """`bot.registers.Drafts` on one connection."""

    pen: Pen

    def begin(self, ticket: int, person: int, until: datetime) -> None:
        """They write until then, unless they end it before."""
        self.pen.run(_BEGIN, ticket=ticket, person=person, until=until)

    def end(self, ticket: int, person: int) -> bool:
        """They write no more; False if they didn't."""
        return self.pen.run(_END, of=ticket, by=person).rowcount > 0

    def until(self, ticket: int, person: int) -> datetime | None:
        """Until when somebody writes; None if they don't."""
        row = self.pen.run(_UNTIL, of=ticket, by=person).first()
        return None if row is None else row.until

    def of(self, ticket: int, now: datetime) -> list[int]:
        """Who writes, by number."""
        return list(self.pen.run(_OF, of=ticket, now=now).scalars())

    def over(self, now: datetime) -> list[int]:
        """Forget who has written for too long; the tickets of these, by number."""
        return sorted(set(self.pen.run(_OVER, now=now).scalars()))


_d = drafts.c
_written = insert(drafts)
_BEGIN = _written.on_conflict_do_update(
    index_elements=[_d.ticket, _d.person], set_={"until": _written.excluded.until}
)
_END = sa.delete(drafts).where(_d.ticket == bindparam("of"), _d.person == bindparam("by"))
_UNTIL = sa.select(_d.until).where(_d.ticket == bindparam("of"), _d.person == bindparam("by"))
_OVER = sa.delete(drafts).where(_d.until <= bindparam("now")).returning(_d.ticket)
_OF = (
    sa.select(_d.person)
    .where(_d.ticket == bindparam("of"), _d.until > bindparam("now"))
    .order_by(_d.person)
)
