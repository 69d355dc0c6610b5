"""How tickets belong together in the book: each pair once, the child before its parent."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.relation import Relation
from storage.pen import Pen
from storage.tables_beside import relations


@dataclass(frozen=True, slots=True)
class Relations:
    """`bot.registers.Relations` on one connection."""

    pen: Pen

    def of(self, ticket: int) -> dict[int, Relation]:
        """What others are to a ticket, by their numbers."""
        theirs = {row.ticket: Relation(row.how).opposite for row in self.pen.run(_TO, of=ticket)}
        return theirs | {row.other: Relation(row.how) for row in self.pen.run(_FROM, of=ticket)}

    def keep(self, ticket: int, other: int, how: Relation, at: datetime) -> None:
        """The other is this to the ticket from now on, and nothing else; NONE forgets it."""
        self.pen.run(_FORGET, one=ticket, another=other)
        self.pen.run(_FORGET, one=other, another=ticket)
        if how is Relation.CHILD:
            ticket, other, how = other, ticket, Relation.PARENT
        if how is not Relation.NONE:
            self.pen.run(_KEEP, ticket=ticket, other=other, how=how.value, at=at)

    def ancestors(self, ticket: int) -> set[int]:
        """Its parents, their parents, and so on."""
        return set(self.pen.run(_ANCESTORS, of=ticket).scalars())


_r = relations.c
_KEEP = sa.insert(relations)
_FORGET = sa.delete(relations).where(
    _r.ticket == bindparam("one"), _r.other == bindparam("another")
)
_FROM = sa.select(_r.other, _r.how).where(_r.ticket == bindparam("of")).order_by(_r.other)
_TO = sa.select(_r.ticket, _r.how).where(_r.other == bindparam("of")).order_by(_r.ticket)
_PARENT = Relation.PARENT.value
_above = (
    sa.select(_r.other)
    .where(_r.ticket == bindparam("of"), _r.how == sa.literal_column(f"'{_PARENT}'"))
    .cte(recursive=True)
)
_higher = relations.alias("higher").c
_ANCESTORS = sa.select(
    _above.union(
        sa.select(_higher.other).where(
            _higher.ticket == _above.c.other, _higher.how == sa.literal_column(f"'{_PARENT}'")
        )
    ).c.other
)
