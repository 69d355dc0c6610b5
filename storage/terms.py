"""The terms of solved tickets in the book: what each is found by, and which others share it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import bindparam

from storage.pen import Pen
from storage.tables_beside import terms


@dataclass(frozen=True, slots=True)
class Terms:
    """`bot.registers.Terms` on one connection."""

    pen: Pen

    def keep(self, ticket: int, terms: Iterable[str]) -> None:
        """It is found by these terms from now on, and by no others."""
        self.forget(ticket)
        for term in dict.fromkeys(terms):
            self.pen.run(_KEEP, ticket=ticket, term=term)

    def forget(self, ticket: int) -> None:
        """It is found no more."""
        self.pen.run(_FORGET, number=ticket)

    def of(self, ticket: int) -> list[str]:
        """The terms by which it is found, in alphabetic order; none where it isn't solved."""
        return sorted(self.pen.run(_OF, number=ticket).scalars())

    def counts(self, terms: Iterable[str], most: int) -> dict[str, int]:
        """How many tickets have each of these terms, counted no further than `most`."""
        return {each: self.pen.run(_COUNT, word=each, limit=most).scalar_one() for each in terms}

    def newest(self, term: str, limit: int) -> list[int]:
        """The latest tickets that have a term, by number."""
        return list(self.pen.run(_NEWEST, word=term, limit=limit).scalars())

    def shared(self, terms: Collection[str], tickets: Collection[int]) -> dict[int, list[str]]:
        """Which of these terms each of these tickets has; without those that have none."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        if terms and tickets:
            for row in self.pen.run(_SHARED, words=list(terms), numbers=list(tickets)):
                found[row.ticket].append(row.term)
        return dict(found)


_t = terms.c
_LIMIT = bindparam("limit", type_=sa.Integer)
_KEEP = sa.insert(terms)
_FORGET = sa.delete(terms).where(_t.ticket == bindparam("number"))
_OF = sa.select(_t.term).where(_t.ticket == bindparam("number"))
_NEWEST = (
    sa.select(_t.ticket)
    .where(_t.term == bindparam("word"))
    .order_by(_t.ticket.desc())
    .limit(_LIMIT)
)
_COUNT = sa.select(sa.func.count()).select_from(
    sa.select(_t.ticket).where(_t.term == bindparam("word")).limit(_LIMIT).subquery()
)
_SHARED = sa.select(_t.ticket, _t.term).where(
    _t.ticket.in_(bindparam("numbers", expanding=True)),
    _t.term.in_(bindparam("words", expanding=True)),
)
