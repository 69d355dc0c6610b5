"""How what was joined is parted again: each record gets what it had, and what came by it since."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.entry import What
from bot.model.joined import FILLED, Traced, filled
from bot.model.person import Identity, Person
from storage.detail import unpacked
from storage.joining import (
    KEPT,
    LOST,
    MOVES,
    NAMING_PEOPLE,
    PEOPLE,
    PLACE,
    PUT,
    Record,
    as_kept,
    plain,
    rename,
    renumber,
)
from storage.pen import Pen
from storage.people import People
from storage.tables import entries, inbox, messages, outbox, people, tickets, watchers
from storage.tables_beside import appointments, duties, joins, views

_MOST = 500  # keys of one statement


def part(pen: Pen, known: People, join: Any) -> int:
    """Undo the latest join of a person, a row of `joins`; returns the new number of who was lost.

    What the joined record was changed to since stays with whoever it was joined to.
    """
    record, kept = defaultdict(list, unpacked(join.detail)), join.person
    lost = pen.run(_ADD, **as_kept(people, record["row"])).scalar_one()
    both = {"lost": lost, "kept": kept}
    for name, back in _BACK.items():
        keys = record[name] or [[each] for each in dict(record["people"]).get(name, ())]
        _give_back(pen, back, keys, both)
    rename(pen, record["named"], kept, lost)
    if record["told"]:
        renumber(pen, kept, lost, record["told"])
    for number in record["held_again"]:
        pen.run(_UNHOLD, number=number)
    _unwatch(pen, record, both)
    _unview(pen, record, both)
    _relieve(pen, record, both)
    pen.run(_FORGET, number=join.id)
    since(pen, both, known.identities(lost), known.identities(kept), join.at)
    _unfill(pen, known, record, both)
    return int(lost)


def since(
    pen: Pen, both: dict[str, int], theirs: list[Identity], others: list[Identity], at: datetime
) -> None:
    """What was said since then where only these addresses of theirs were known goes with them."""
    for channel in {each.channel for each in theirs} - {each.channel for each in others}:
        told = max([at, *_ended(pen, both["kept"], channel)])
        for statement in _SINCE:
            pen.run(statement, there=channel, then=told, **both)
    for each in theirs:
        pen.run(_LETTERS, there=each.channel, address=each.external_id, **both)


def _ended(pen: Pen, person: int, channel: str) -> list[datetime]:
    """When other addresses of theirs on this channel were taken away."""
    told = ((row.at, unpacked(row.detail)) for row in pen.run(_OF, owner=person))
    return [
        at
        for at, detail in told
        if detail["kind"] == Traced.PARTED and channel in detail.get("channels", ())
    ]


def _give_back(pen: Pen, back: sa.Update, keys: list[list[Any]], both: dict[str, int]) -> None:
    """Rows by their keys, of which all but the last part is mostly the same."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for *front, last in keys:
        groups.setdefault(tuple(front), []).append(last)
    for group, lasts in groups.items():
        named = {f"key{place}": value for place, value in enumerate(group)}
        for begin in range(0, len(lasts), _MOST):
            pen.run(back, keys=lasts[begin : begin + _MOST], **named, **both)


def _unwatch(pen: Pen, record: Record, both: dict[str, int]) -> None:
    also = {ticket for (ticket,) in record["watched_also"]}
    for (ticket,) in record["watched"]:
        pen.run(_WATCH, ticket=ticket, person=both["lost"])
    for ticket in also:
        pen.run(_UNWATCH, its=ticket, **both)
    for (ticket,) in record["unwatched"]:
        if ticket not in also:
            pen.run(_WATCH, ticket=ticket, person=both["kept"])


def _unview(pen: Pen, record: Record, both: dict[str, int]) -> None:
    also = {folded for (folded,) in record["viewed_also"]}
    for folded, name, words in record["views"]:
        pen.run(_VIEW, person=both["lost"], folded_name=folded, name=name, words=words)
        if folded in also:
            pen.run(_UNVIEW, folded=folded, its_words=words, **both)


def _relieve(pen: Pen, record: Record, both: dict[str, int]) -> None:
    """Absences and turns; what the kept record got since stays."""
    for away, _, given in record["duty"]:
        row = as_kept(duties, {"away_until": away, "assigned_at": given})
        substitute = next(iter(dict(record["people"]).get("substitute", ())), None)
        pen.run(_ON_DUTY, person=both["lost"], substitute=substitute, **row)
        now = pen.run(_DUTY, **both).first() if record["on_duty"] else None
        if now and {"away_until": now.away_until, "assigned_at": now.assigned_at} == row:
            pen.run(_OFF_DUTY, **both)


def _unfill(pen: Pen, known: People, record: Record, both: dict[str, int]) -> None:
    """What the kept record had of the lost one, its name for one, and where letters go."""
    known.look_again(*both.values())
    now, before = known.get(both["kept"]), _person(record["kept"])
    assert now is not None, "a foreign key keeps them"
    given = filled(before, _person(record["row"]))
    changed = {
        name: getattr(before, name)
        for name in FILLED
        if getattr(now, name) == getattr(given, name) != getattr(before, name)
    }
    if changed:
        known.save(replace(now, **changed))
    go_apart(pen, known, both, record["row"], record["kept"])


def go_apart(pen: Pen, known: People, both: dict[str, int], lost: Record, kept: Record) -> None:
    """Letters go to whose address the last one was, to the other where their own row says."""
    (row,) = pen.run(PEOPLE, numbers=[both["kept"]])
    last = plain(row._asdict())
    theirs = _is_theirs(known, both["lost"], last)
    _go_on_at(pen, known, both["lost"], last if theirs else lost)
    _go_on_at(pen, known, both["kept"], kept if theirs else last)
    known.look_again(*both.values())


def _go_on_at(pen: Pen, known: People, person: int, row: Record) -> None:
    """Letters go where this says, if that is an address of theirs, else to the best they have."""
    place = {name: row[name] if _is_theirs(known, person, row) else None for name in PLACE}
    pen.run(PUT, person=person, **as_kept(people, place))


def _is_theirs(known: People, person: int, row: Record) -> bool:
    here = (row.get("last_channel"), row.get("last_external_id"))
    return here in {(each.channel, each.external_id) for each in known.identities(person)}


def _person(row: Record) -> Person:
    return Person(**{name: row[name] for name in FILLED})


_w, _v, _d = watchers.c, views.c, duties.c


def _back(column: sa.Column[Any]) -> sa.Update:
    *front, last = column.table.primary_key
    fits = [each == bindparam(f"key{place}") for place, each in enumerate(front)]
    keys = last.in_(bindparam("keys", expanding=True))
    return sa.update(column.table).where(column == KEPT, *fits, keys).values({column.name: LOST})


_ADD = sa.insert(people).returning(people.c.id)
_BACK = {name: _back(column) for name, column in (MOVES | NAMING_PEOPLE).items()}
_OPENED = sa.exists().where(
    entries.c.ticket == tickets.c.id, entries.c.what == What.OPENED, entries.c.by == LOST
)
_SINCE = [
    sa.update(column.table)
    .where(column == KEPT, channel == bindparam("there"), at >= bindparam("then"), *more)
    .values({column.name: LOST})
    for column, channel, at, *more in (
        (entries.c.by, entries.c.channel, entries.c.at),
        (tickets.c.requester, tickets.c.channel, tickets.c.opened_at, _OPENED),
        (messages.c.person, messages.c.channel, messages.c.at),
        (inbox.c.person, inbox.c.channel, inbox.c.at),
    )
]
_LETTERS = (
    sa.update(outbox)
    .where(
        outbox.c.person == KEPT,
        outbox.c.channel == bindparam("there"),
        outbox.c.recipient == bindparam("address"),
    )
    .values(person=LOST)
)
_UNHOLD = sa.delete(appointments).where(appointments.c.id == bindparam("number"))
_WATCH = insert(watchers).on_conflict_do_nothing()
_UNWATCH = sa.delete(watchers).where(_w.ticket == bindparam("its"), _w.person == KEPT)
_VIEW = sa.insert(views)
_UNVIEW = sa.delete(views).where(
    _v.person == KEPT, _v.folded_name == bindparam("folded"), _v.words == bindparam("its_words")
)
_ON_DUTY = sa.insert(duties)
_DUTY = sa.select(duties).where(_d.person == KEPT)
_OFF_DUTY = sa.delete(duties).where(_d.person == KEPT)
_OF = sa.select(joins).where(joins.c.person == bindparam("owner")).order_by(joins.c.id)
_FORGET = sa.delete(joins).where(joins.c.id == bindparam("number"))
