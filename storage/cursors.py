"""How far each door has read its network, as the book keeps it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from storage.pen import Pen
from storage.tables import cursors


@dataclass(frozen=True, slots=True)
class Cursors:
    """`bot.post.Cursors` on one connection."""

    pen: Pen

    def load(self, key: str) -> str:
        """The place, "" when there is none."""
        return self.pen.run(_LOAD, key=key).scalar() or ""

    def save(self, key: str, value: str) -> None:
        """Keep the place."""
        self.pen.run(_SAVE, key=key, value=value)


_LOAD = sa.select(cursors.c.value).where(cursors.c.key == bindparam("key"))
_new = insert(cursors)
_SAVE = _new.on_conflict_do_update(
    index_elements=[cursors.c.key], set_={"value": _new.excluded.value}
)
