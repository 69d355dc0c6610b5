"""The filters of the queue that somebody saved under a name."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.fold import fold
from storage.pen import Pen
from storage.tables_beside import views


@dataclass(frozen=True, slots=True)
class Views:
    """`bot.registers.Views` on one connection."""

    pen: Pen

    def of(self, person: int) -> list[tuple[str, str]]:
        """Names and words of theirs, by name."""
        return [(row.name, row.words) for row in self.pen.run(_OF, owner=person)]

    def get(self, person: int, name: str) -> str | None:
        """The words under a name, accents and case aside."""
        row = self.pen.run(_GET, owner=person, folded=fold(name)).first()
        return None if row is None else row.words

    def save(self, person: int, name: str, words: str) -> None:
        """Keep one, in place of another of the same name."""
        self.pen.run(_SAVE, person=person, folded_name=fold(name), name=name, words=words)

    def drop(self, person: int, name: str) -> None:
        """Forget one."""
        self.pen.run(_DROP, owner=person, folded=fold(name))


_v = views.c
_MINE = _v.person == bindparam("owner")
_NAMED = _v.folded_name == bindparam("folded")
_OF = sa.select(views).where(_MINE).order_by(_v.folded_name)
_GET = sa.select(views).where(_MINE, _NAMED)
_ADD = insert(views)
_SAVE = _ADD.on_conflict_do_update(
    index_elements=["person", "folded_name"],
    set_={"name": _ADD.excluded.name, "words": _ADD.excluded.words},
)
_DROP = sa.delete(views).where(_MINE, _NAMED)
