"""The roles that were given in a chat."""

from dataclasses import dataclass
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
        return None if row is None else _appointment(row)

    def every(self) -> list[Appointment]:
        """Those of all."""
        return [_appointment(row) for row in self.pen.run(_EVERY)]

    def keep(self, appointment: Appointment) -> None:
        """It holds from now on, in place of what they were before."""
        self.drop(appointment.person)
        self.pen.run(
            _KEEP,
            person=appointment.person,
            role=appointment.role.value,
            level=appointment.level,
            posts=write_posts(appointment.posts),
            by=appointment.by,
            at=appointment.at,
        )

    def drop(self, person: int) -> None:
        """The config says by now what they are."""
        self.pen.run(_DROP, appointed=person)


def _appointment(row: sa.Row[Any]) -> Appointment:
    return Appointment(
        person=row.person,
        role=Role(row.role),
        by=row.by,
        at=row.at,
        level=row.level,
        posts=read_posts(row.posts),
    )


_a = appointments.c
_OF = sa.select(appointments).where(_a.person == bindparam("appointed"))
_EVERY = sa.select(appointments).order_by(_a.person)
_KEEP = sa.insert(appointments)
_DROP = sa.delete(appointments).where(_a.person == bindparam("appointed"))
