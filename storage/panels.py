"""Panels in the outbox: one row each, which leaves again whenever what it shows has changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.mailroom import Delivery, Letter
from storage.letters import letter_of
from storage.pen import Pen
from storage.tables import PANEL, STUCK, outbox


def cards(pen: Pen, ticket: int) -> list[Letter]:
    """The cards of a ticket, oldest first."""
    return [letter_of(row) for row in pen.run(_CARDS, ticket=ticket)]


def homes(pen: Pen, people: Iterable[int]) -> list[Letter]:
    """The own pages of these people, one a channel."""
    return [letter_of(row) for row in pen.run(_HOMES, people=list(people))]


def shown_as(pen: Pen, letter: Letter) -> Letter | None:
    """The row that this panel has already: each has a lane of its own, and a unique index."""
    row = pen.run(_SHOWN, its_channel=letter.to.channel, its_lane=letter.lane).first()
    return None if row is None else letter_of(row)


def stuck(pen: Pen, before: datetime, limit: int) -> list[Letter]:
    """Cards that were never shown and have waited since then, unless they were noticed."""
    return [letter_of(row) for row in pen.run(_STUCK, before=before, limit=limit)]


def notice(pen: Pen, number: int) -> None:
    """Something was done about a stuck card."""
    pen.run(_NOTICE, number=number)


def draw_again(pen: Pen, known: Letter, letter: Letter) -> None:
    """Let it leave once more; what is being sent at this moment leaves again afterwards.

    What waits already leaves when it would have; one that failed keeps its pause.
    """
    waits = known.state is Delivery.WAITING
    due = letter.not_before or letter.created_at
    waited_for = known.not_before or known.created_at
    if waits:
        due = waited_for if known.attempts else min(due, waited_for)
    pen.run(
        _AGAIN,
        number=known.id,
        owner=letter.person,
        made_at=known.created_at if waits else letter.created_at,
        tried=known.attempts if waits else 0,
        due=due,
    )


def _unless_sending(column: sa.Column[Any], value: str) -> sa.Case[Any]:
    return sa.case((_SENDING, column), else_=bindparam(value, type_=column.type))


_o = outbox.c
_SENDING = _o.state == Delivery.SENDING.value
_PANELS = sa.select(outbox).where(PANEL).order_by(_o.id)
_SHOWN = _PANELS.where(_o.channel == bindparam("its_channel"), _o.lane == bindparam("its_lane"))
_CARDS = _PANELS.where(_o.ticket == bindparam("ticket"), _o.ticket.is_not(None))
_HOMES = _PANELS.where(_o.person.in_(bindparam("people", expanding=True)))
_STUCK = (
    sa.select(outbox)
    .where(STUCK, _o.created_at < bindparam("before"))
    .order_by(_o.created_at, _o.id)
    .limit(bindparam("limit", type_=sa.Integer))
)
_NOTICE = sa.update(outbox).where(_o.id == bindparam("number")).values(noticed=True)
_AGAIN = (
    sa.update(outbox)
    .where(_o.id == bindparam("number"))
    .values(
        person=bindparam("owner"),
        redraw=sa.case((_SENDING, sa.true()), else_=None),
        state=sa.case((_SENDING, _o.state), else_=Delivery.WAITING.value),
        created_at=_unless_sending(_o.created_at, "made_at"),
        attempts=_unless_sending(_o.attempts, "tried"),
        not_before=_unless_sending(_o.not_before, "due"),
        due_at=_unless_sending(_o.due_at, "due"),
    )
)
