"""Paces in the book: how long things took, by kinds of tickets."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.pace import Histogram
from bot.model.target import Clock
from storage.pen import Pen
from storage.tables_time import paces


@dataclass(frozen=True, slots=True)
class Paces:
    """`bot.diary.Paces` on one connection."""

    pen: Pen

    def add(self, clock: Clock, cells: Sequence[str], bucket: int, weight: float) -> None:
        """One more was seen in this bucket of each of these cells."""
        for cell in sorted(cells):  # in one order, so that two who do it never block each other
            self.pen.run(_ADD, clock=clock.value, cell=cell, bucket=bucket, weight=weight)

    def known(self, clock: Clock, cells: Sequence[str]) -> list[Histogram]:
        """The histogram of each of these cells, in their order."""
        found: dict[str, dict[int, float]] = {each: {} for each in cells}
        for row in self.pen.run(_KNOWN, clock=clock.value, cells=list(cells)):
            found[row.cell][row.bucket] = row.weight
        return [found[each] for each in cells]


_seen = insert(paces)
_ADD = _seen.on_conflict_do_update(
    index_elements=[paces.c.clock, paces.c.cell, paces.c.bucket],
    set_={"weight": paces.c.weight + _seen.excluded.weight},
)
_KNOWN = sa.select(paces.c.cell, paces.c.bucket, paces.c.weight).where(
    paces.c.clock == bindparam("clock"), paces.c.cell.in_(bindparam("cells", expanding=True))
)
