"""Panels in the outbox: one row each, which leaves again whenever what it shows has changed."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.mailroom import Delivery, Letter
from storage.letters import letter_of
from storage.pen import Pen
from storage.tables import outbox


def cards(pen: Pen, ticket: int) -> list[Letter]:
    """The cards of a ticket, oldest first."""
    return [letter_of(row) for row in pen.run(_CARDS, ticket=ticket)]


def homes(pen: Pen, people: Iterable[int]) -> list[Letter]:
    """The own pages of these people, one a channel."""
    return [letter_of(row) for row in pen.run(_HOMES, people=list(people))]


def shown_as(pen: Pen, letter: Letter) -> Letter | None:
    """The row that this panel has already."""
    known = cards(pen, letter.ticket) if letter.ticket else homes(pen, [letter.person or 0])
    return next((each for each in known if each.to == letter.to), None)


def draw_again(pen: Pen, known: Letter, letter: Letter) -> None:
    """Let it leave once more; what is being sent at this moment leaves again afterwards."""
    waits = known.state is Delivery.WAITING
    due = letter.not_before or letter.created_at
    pen.run(
        _AGAIN,
        number=known.id,
        made_at=known.created_at if waits else letter.created_at,
        tried=known.attempts if waits else 0,
        due=min(due, known.not_before or known.created_at) if waits else due,
    )


def _unless_sending(column: sa.Column[Any], value: str) -> sa.Case[Any]:
    return sa.case((_SENDING, column), else_=bindparam(value, type_=column.type))


_o = outbox.c
_SENDING = _o.state == Delivery.SENDING.value
_PANELS = sa.select(outbox).where(_o.shows.is_not(None)).order_by(_o.id)
_CARDS = _PANELS.where(_o.ticket == bindparam("ticket"), _o.ticket.is_not(None))
_HOMES = _PANELS.where(_o.person.in_(bindparam("people", expanding=True)))
_AGAIN = (
    sa.update(outbox)
    .where(_o.id == bindparam("number"))
    .values(
        redraw=sa.case((_SENDING, sa.true()), else_=None),
        state=sa.case((_SENDING, _o.state), else_=Delivery.WAITING.value),
        created_at=_unless_sending(_o.created_at, "made_at"),
        attempts=_unless_sending(_o.attempts, "tried"),
        due_at=_unless_sending(_o.due_at, "due"),
    )
)
