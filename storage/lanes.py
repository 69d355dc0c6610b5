"""Whose order counts among what hasn't left: the lanes of readers, where that changes meanwhile."""

import sqlalchemy as sa
from sqlalchemy import bindparam

from storage.pen import Pen
from storage.tables import UNFINISHED, outbox


def part(pen: Pen, *, by_ticket: bool) -> None:
    """Give each ticket's letters to a reader a lane of their own, or a reader one for all."""
    pen.run(_PART if by_ticket else _UNITE)


def join(pen: Pen, ticket: int, into: int) -> None:
    """The letters of a ticket that goes on in another: that one's follow them."""
    pen.run(_JOIN, old=f":{ticket}", new=f":{into}")


_o = outbox.c
# As `bot.model.mailroom.reader_lane` names them; panels and rooms have lanes of another kind.
_of_reader = _o.channel + ":" + _o.recipient
_LETTERS = sa.update(outbox).where(
    UNFINISHED, _o.person.is_not(None), _o.ticket.is_not(None), _o.shows.is_(None)
)
_PART = _LETTERS.where(_o.lane == _of_reader).values(
    lane=_of_reader + ":" + sa.cast(_o.ticket, sa.Text)
)
_UNITE = _LETTERS.where(_o.lane != _of_reader).values(lane=_of_reader)
_JOIN = _LETTERS.where(_o.lane == _of_reader + bindparam("old", type_=sa.Text)).values(
    lane=_of_reader + bindparam("new", type_=sa.Text)
)
