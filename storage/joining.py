"""How two records of one person become one, and what it takes to part them again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.entry import What
from storage.columns import Moment
from storage.detail import packed, unpacked
from storage.pen import Pen
from storage.tables import (
    drafts,
    entries,
    identities,
    inbox,
    links,
    messages,
    outbox,
    people,
    tickets,
    watchers,
)
from storage.tables_beside import appointments, duties, joins, views
from storage.tables_known import articles, offers, versions
from storage.tables_notices import notices

LOST, KEPT = bindparam("lost", type_=sa.Integer), bindparam("kept", type_=sa.Integer)
PLACE = ("last_channel", "last_room", "last_external_id", "last_at")  # where they last wrote
Record = dict[str, Any]
"""What belonged to a record that is no more: JSON, whose parts are named as below.

"row" and "kept" are both rows as they were. Of `MOVES` and `NAMING_PEOPLE` it holds the keys of
what went over. "people" names others by number: these are put right when they are joined
themselves.
"""


def join(pen: Pen, lost: int, into: int) -> Record:
    """All that is known of one person belongs to the other; returns what was whose."""
    both = {"lost": lost, "kept": into}
    rows = {each.id: plain(each._asdict()) for each in pen.run(PEOPLE, numbers=[lost, into])}
    record: Record = {"row": rows[lost], "kept": rows[into]}
    holds = pen.run(_HOLDS, **both).scalar()
    for name, statement in (*_HELD.items(), *_COPIES.items(), *_MOVED.items()):
        record[name] = [_key(row) for row in pen.run(statement, **both)]
    record["people"] = {name: [key for (key,) in record.pop(name)] for name in NAMING_PEOPLE}
    record["people"]["substitute"] = [each[1] for each in record["duty"] if each[1]]
    record["named"] = rename(pen, _naming(pen, lost), lost, into)
    record["told"] = renumber(pen, lost, into)
    _go_on_at(pen, lost, into, rows)
    record["held_again"] = _hold_again(pen, holds, record["appointments"])
    record["unwatched"] = [_key(row) for row in pen.run(_UNWATCH, **both)]
    for removal in _FORGET:
        pen.run(removal, **both)
    return record


def rename(pen: Pen, named: Sequence[Sequence[Any]], old: int, new: int) -> list[list[Any]]:
    """Whom events name by number is named by another one; returns which do, and where."""
    renamed = []
    for entry, name in named:
        detail = unpacked(pen.run(_DETAIL, number=entry).scalar_one())
        if detail.get(name) == str(old):
            pen.run(_RENAME, number=entry, detail=packed(detail | {name: str(new)}))
            renamed.append([entry, name])
    return renamed


def renumber(pen: Pen, old: int, new: int, among: Sequence[int] = ()) -> list[int]:
    """The same for what is recorded of joins, of all or `among` some; returns which of them do."""
    renumbered = []
    for row in pen.run(_TOLD).all():
        detail = unpacked(row.detail)
        known = detail.get("people", {})
        if (not among or row.id in among) and any(old in each for each in known.values()):
            detail["people"] = {
                name: [new if each == old else each for each in numbers]
                for name, numbers in known.items()
            }
            pen.run(_RETELL, number=row.id, detail=packed(detail))
            renumbered.append(row.id)
    return renumbered


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON holds it: moments in ISO 8601."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
        if name != "id"
    }


def as_kept(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    """What was made `plain`, as the table takes it."""
    return {
        name: datetime.fromisoformat(value) if value and _is_moment(table, name) else value
        for name, value in row.items()
    }


def _key(row: Any) -> list[Any]:
    return [value.isoformat() if isinstance(value, datetime) else value for value in row]


def _is_moment(table: sa.Table, name: str) -> bool:
    return isinstance(table.c[name].type, Moment)


def _naming(pen: Pen, lost: int) -> list[tuple[int, str]]:
    found = pen.run(_NAMING, naming=f'%"{lost}"%').scalars()
    return [(entry, name) for entry in found for name in ("old", "new")]


def _hold_again(pen: Pen, holds: int | None, came: list[list[int]]) -> list[int]:
    """What the kept record was appointed to last is said again where later words came with it."""
    if holds is None or all(number < holds for (number,) in came):
        return []
    return [pen.run(_HOLD, number=holds).scalar_one()]


def _go_on_at(pen: Pen, lost: int, kept: int, rows: dict[int, Record]) -> None:
    """Letters go to where either wrote last."""
    gone, stays = (as_kept(people, rows[each]) for each in (lost, kept))
    if gone["last_at"] and (not stays["last_at"] or gone["last_at"] > stays["last_at"]):
        pen.run(PUT, person=kept, **{name: gone[name] for name in PLACE})


_w, _d, _v, _a = watchers.c, duties.c, views.c, appointments.c
PEOPLE = sa.select(people).where(people.c.id.in_(bindparam("numbers", expanding=True)))
PUT = sa.update(people).where(people.c.id == bindparam("person"))
MOVES = {
    "identities": identities.c.person,
    "requested": tickets.c.requester,
    "assigned": tickets.c.assignee,
    "messages": messages.c.person,
    "entries": entries.c.by,
    "inbox": inbox.c.person,
    "outbox": outbox.c.person,
    "joins": joins.c.person,
    "joined": joins.c.by,
    "appointed": appointments.c.by,
    "appointments": appointments.c.person,
    "offered": offers.c.person,
    "judged": offers.c.by,
    "written": articles.c.by,
    "approved": articles.c.approved_by,
    "versions": versions.c.by,
    "notices": notices.c.by,
}
NAMING_PEOPLE = {"stood_in_for": duties.c.substitute}
_HELD = {
    "watched": sa.select(_w.ticket).where(_w.person == LOST),
    "views": sa.select(_v.folded_name, _v.name, _v.words).where(_v.person == LOST),
    "duty": sa.select(_d.away_until, _d.substitute, _d.assigned_at).where(_d.person == LOST),
}
_COPIES = {
    "watched_also": insert(watchers)
    .from_select(["ticket", "person"], sa.select(_w.ticket, KEPT).where(_w.person == LOST))
    .on_conflict_do_nothing()
    .returning(_w.ticket),
    "viewed_also": insert(views)
    .from_select(
        ["person", "folded_name", "name", "words"],
        sa.select(KEPT, _v.folded_name, _v.name, _v.words).where(_v.person == LOST),
    )
    .on_conflict_do_nothing()
    .returning(_v.folded_name),
    "on_duty": insert(duties)
    .from_select(
        ["person", "away_until", "substitute", "assigned_at"],
        sa.select(KEPT, _d.away_until, _d.substitute, _d.assigned_at).where(_d.person == LOST),
    )
    .on_conflict_do_nothing()
    .returning(_d.person),
}
_MOVED = {
    name: sa.update(column.table)
    .where(column == LOST)
    .values({column.name: KEPT})
    .returning(*column.table.primary_key)
    for name, column in (MOVES | NAMING_PEOPLE).items()
}
_HOLDS = sa.select(sa.func.max(_a.id)).where(_a.person == KEPT)
_SAID = [column for column in appointments.c if column is not _a.id]
_HOLD = (
    sa.insert(appointments)
    .from_select(_SAID, sa.select(*_SAID).where(_a.id == bindparam("number")))
    .returning(_a.id)
)
_UNWATCH = (  # who reported it hears of it anyway
    sa.delete(watchers)
    .where(
        _w.person == KEPT,
        _w.ticket.in_(sa.select(tickets.c.id).where(tickets.c.requester == KEPT)),
    )
    .returning(_w.ticket)
)
_FORGET = [
    sa.delete(column.table).where(column == LOST)
    for column in (
        *(watchers.c.person, drafts.c.person, links.c.person, duties.c.person),
        *(views.c.person, people.c.id),
    )
]
_OF_PEOPLE = (
    What.ASSIGNED, What.RELEASED, What.STEPPED_IN, What.WATCHED, What.UNWATCHED, What.RESOLVED,
)  # fmt: skip
_NAMING = sa.select(entries.c.id).where(
    entries.c.what.in_(_OF_PEOPLE),
    entries.c.detail.like(bindparam("naming")),
)
_DETAIL = sa.select(entries.c.detail).where(entries.c.id == bindparam("number"))
_RENAME = sa.update(entries).where(entries.c.id == bindparam("number"))
_TOLD = sa.select(joins.c.id, joins.c.detail).where(joins.c.detail.like('%"people":{%'))
_RETELL = sa.update(joins).where(joins.c.id == bindparam("number"))
