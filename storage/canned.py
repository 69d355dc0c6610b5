"""The ready answers that agents saved, and how often each was sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.canned import ReadyAnswer
from storage.detail import packed, unpacked
from storage.pen import Pen
from storage.tables_beside import canned


@dataclass(frozen=True, slots=True)
class Canned:
    """`bot.registers.Canned` on one connection."""

    pen: Pen

    def of(self, teams: Collection[str], limit: int = 1000) -> list[ReadyAnswer]:
        """Those of these teams ("" is one), the most used first.

        One without words was only counted: its words stand elsewhere.
        """
        rows = (
            row for team in sorted(set(teams)) for row in self.pen.run(_OF, its=team, most=limit)
        )
        found = [_answer(row) for row in rows]
        return sorted(found, key=lambda each: (-each.used, *reversed(each.key)))[:limit]

    def save(self, answer: ReadyAnswer, at: datetime) -> None:
        """Keep it in place of the one that is known by the same key; its count stays."""
        self.pen.run(_SAVE, **_row(answer, at), used=0)

    def drop(self, answer: ReadyAnswer) -> None:
        """Forget it, with its count."""
        team, name = answer.key
        self.pen.run(_DROP, its=team, called=name)

    def sent(self, answer: ReadyAnswer, at: datetime) -> None:
        """Count that it was sent once more."""
        counted = ReadyAnswer(answer.name, {}, answer.team)
        self.pen.run(_SENT, **_row(counted, at), used=1)


def _row(answer: ReadyAnswer, at: datetime) -> dict[str, object]:
    team, folded = answer.key
    detail = packed({"words": dict(answer.words), "does": list(answer.does)}) or ""
    return {
        "team": team,
        "name": answer.name,
        "folded_name": folded,
        "detail": detail,
        "at": at,
    }


def _answer(row: sa.Row[tuple[object, ...]]) -> ReadyAnswer:
    detail = unpacked(row.detail)
    words, does = detail.get("words", {}), tuple(detail.get("does", ()))
    return ReadyAnswer(row.name, words, row.team, does, row.used)


_c = canned.c
_OF = (
    sa.select(canned)
    .where(_c.team == bindparam("its"))
    .order_by(_c.used.desc(), _c.folded_name)
    .limit(bindparam("most", type_=sa.Integer))
)
_new = insert(canned)
_SAVE = _new.on_conflict_do_update(
    index_elements=[_c.team, _c.folded_name],
    set_={"name": _new.excluded.name, "detail": _new.excluded.detail, "at": _new.excluded.at},
)
_SENT = _new.on_conflict_do_update(
    index_elements=[_c.team, _c.folded_name], set_={"used": _c.used + 1}
)
_DROP = sa.delete(canned).where(_c.team == bindparam("its"), _c.folded_name == bindparam("called"))
