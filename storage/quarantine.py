"""What our own mistakes kept from being answered, as the book keeps it."""

import zlib
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.mailroom import Outcome, Quarantined
from bot.model.message import ExternalId
from storage.pen import Pen
from storage.tables import inbox, quarantine


@dataclass(frozen=True, slots=True)
class Quarantine:
    """`bot.post.Quarantine` on one connection."""

    pen: Pen

    def stumble(self, item: Quarantined) -> int:
        """Count a failure of this item; how many so far. The first moment and bytes stay."""
        failures: int = self.pen.run(
            _STUMBLE,
            channel=item.channel,
            external_id=item.external_id,
            at=item.at,
            error=item.error,
            raw=zlib.compress(item.raw),
            context=item.context,
            attempts=item.attempts,
        ).scalar_one()
        return failures

    def get(self, number: int) -> Quarantined | None:
        """One, with its bytes."""
        row = self.pen.run(_GET, number=number).first()
        return None if row is None else _quarantined(row, zlib.decompress(row.raw))

    def list(self) -> list[Quarantined]:
        """What waits for a mend, oldest first, without bytes."""
        return [_quarantined(row, b"") for row in self.pen.run(_WAITING)]


def _quarantined(row: sa.Row[Any], raw: bytes) -> Quarantined:
    return Quarantined(
        id=row.id,
        channel=row.channel,
        external_id=ExternalId(row.external_id),
        at=row.at,
        error=row.error,
        raw=raw,
        context=row.context,
        attempts=row.attempts,
    )


_q = quarantine.c
_new = insert(quarantine)
_STUMBLE = _new.on_conflict_do_update(
    index_elements=[_q.channel, _q.external_id],
    set_={
        "attempts": _q.attempts + 1,
        "error": _new.excluded.error,
    },
).returning(_q.attempts)
_GET = sa.select(quarantine).where(_q.id == bindparam("number"))
_WAITING = (
    sa.select(*(column for column in _q if column.name != "raw"))
    .where(
        sa.exists().where(
            inbox.c.channel == _q.channel,
            inbox.c.external_id == _q.external_id,
            inbox.c.outcome == Outcome.QUARANTINE,
        )
    )
    .order_by(_q.at, _q.id)
)
