"""The roles that were given in a chat: every one there was, the latest of a person holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.appointment import Appointment
from bot.model.person import Role
from storage.pen import Pen
from storage.person_row import read_posts, write_posts
from storage.tables_beside import appointments


@dataclass(frozen=True, slots=True)
class Appointments:
    """`bot.registers.Appointments` on one connection."""

    pen: Pen

    def of(self, person: int) -> Appointment | None:
        """Somebody's, and be it that they are a requester again."""
        row = self.pen.run(_OF, appointed=person).first()
        return None if row is None or row.role is None else _appointment(row)

    def history(self, person: int) -> list[Appointment]:
        """All that an admin ever made of them, the latest first."""
        return [_appointment(row) for row in self.pen.run(_HISTORY, appointed=person)]

    def every(self) -> list[Appointment]:
        """Those of all that hold."""
        return [_appointment(row) for row in self.pen.run(_EVERY)]

    def keep(self, appointment: Appointment) -> None:
        """It holds from now on; what they were before stays in the book."""
        self.pen.run(
            _KEEP,
            person=appointment.person,
            role=appointment.role.value,
            level=appointment.level,
            posts=write_posts(appointment.posts),
            by=appointment.by,
            channel=appointment.channel,
            at=appointment.at,
        )

    def drop(self, person: int, at: datetime) -> None:
        """From now on the config says what they are."""
        self.pen.run(
            _KEEP,
            person=person,
            role=None,
            level=1,
            posts=write_posts(()),
            by=None,
            channel="",
            at=at,
        )


def _appointment(row: sa.Row[Any]) -> Appointment:
    return Appointment(
        person=row.person,
        role=Role(row.role),
        by=row.by,
        at=row.at,
        level=row.level,
        posts=read_posts(row.posts),
        channel=row.channel,
    )


_a = appointments.c
_OF = (
    sa.select(appointments)
    .where(_a.person == bindparam("appointed"))
    .order_by(_a.id.desc())
    .limit(1)
)
_SAID = [column for column in _a if column is not _a.id]
_HISTORY = (  # a join may have said one again
    sa.select(*_SAID)
    .where(_a.person == bindparam("appointed"), _a.role.is_not(None))
    .group_by(*_SAID)
    .order_by(_a.at.desc(), sa.func.max(_a.id).desc())
)
_LATEST = sa.select(sa.func.max(_a.id)).group_by(_a.person)
_EVERY = sa.select(appointments).where(_a.id.in_(_LATEST), _a.role.is_not(None)).order_by(_a.person)
_KEEP = sa.insert(appointments)
