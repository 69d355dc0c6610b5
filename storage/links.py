"""Addresses that somebody is about to prove, and how two records of one person become one."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from bot.model.entry import What
from bot.model.person import Claim
from storage.detail import packed, unpacked
from storage.pen import Pen
from storage.people import People
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


@dataclass(frozen=True, slots=True)
class Links:
    """`bot.store.Links` on one connection."""

    pen: Pen
    people: People

    def begin(self, claim: Claim) -> None:
        """They say that an address is theirs; a code is on its way there. One at a time."""
        self.end(claim.person)
        self.pen.run(
            _BEGIN,
            person=claim.person,
            channel=claim.channel,
            external_id=claim.external_id,
            digest=claim.digest,
            until=claim.until,
            tries=claim.tries,
        )

    def of(self, person: int, now: datetime) -> Claim | None:
        """What they are about to prove; None where there is nothing, or it is over."""
        row = self.pen.run(_OF, claimer=person, now=now).first()
        if row is None:
            return None
        return Claim(person, row.channel, row.external_id, row.digest, row.until, row.tries)

    def by_digest(self, digest: str, now: datetime) -> Claim | None:
        """Whose code it is; None where it is nobody's, or it is over."""
        row = self.pen.run(_BY_DIGEST, its_digest=digest, now=now).first()
        if row is None:
            return None
        return Claim(row.person, row.channel, row.external_id, row.digest, row.until, row.tries)

    def tried(self, person: int) -> None:
        """They named a wrong code."""
        self.pen.run(_TRIED, claimer=person)

    def end(self, person: int) -> None:
        """It is proved, or given up."""
        self.pen.run(_END, claimer=person)

    def join(self, lost: int, into: int) -> None:
        """All that is known of one person belongs to the other, who are the same; nothing is lost.

        What each of them said, reported, follows and is reached at goes over; `lost` is no more.
        """
        both = {"lost": lost, "kept": into}
        self.pen.run(_WATCH_ALSO, **both)
        self.pen.run(_ON_DUTY, **both)
        self.pen.run(_VIEW_ALSO, **both)
        for move in _MOVES:
            self.pen.run(move, **both)
        self._rename(lost, into)
        self.people.joined(lost, into)
        for removal in _FORGET:
            self.pen.run(removal, **both)

    def _rename(self, lost: int, into: int) -> None:
        """Whom events name by number is named by the other one."""
        for row in self.pen.run(_NAMING, naming=f'%"{lost}"%').all():
            detail = unpacked(row.detail)
            named = {name: str(into) for name in ("old", "new") if detail.get(name) == str(lost)}
            self.pen.run(_RENAME, number=row.id, detail=packed(detail | named))


_l, _w = links.c, watchers.c
_LOST, _KEPT = bindparam("lost", type_=sa.Integer), bindparam("kept", type_=sa.Integer)
_BEGIN = sa.insert(links)
_OF = sa.select(links).where(_l.person == bindparam("claimer"), _l.until > bindparam("now"))
_BY_DIGEST = sa.select(links).where(
    _l.digest == bindparam("its_digest"), _l.until > bindparam("now")
)
_TRIED = sa.update(links).where(_l.person == bindparam("claimer")).values(tries=_l.tries + 1)
_END = sa.delete(links).where(_l.person == bindparam("claimer"))
_WATCH_ALSO = (
    insert(watchers)
    .from_select(["ticket", "person"], sa.select(_w.ticket, _KEPT).where(_w.person == _LOST))
    .on_conflict_do_nothing()
)
_d = duties.c
_ON_DUTY = (
    insert(duties)
    .from_select(
        ["person", "away_until", "substitute", "assigned_at"],
        sa.select(_KEPT, _d.away_until, _d.substitute, _d.assigned_at).where(_d.person == _LOST),
    )
    .on_conflict_do_nothing()
)
_v = views.c
_VIEW_ALSO = (
    insert(views)
    .from_select(
        ["person", "folded_name", "name", "words"],
        sa.select(_KEPT, _v.folded_name, _v.name, _v.words).where(_v.person == _LOST),
    )
    .on_conflict_do_nothing()
)
_MOVES = [
    sa.update(column.table).where(column == _LOST).values({column.name: _KEPT})
    for column in (
        identities.c.person,
        tickets.c.requester,
        tickets.c.assignee,
        messages.c.person,
        entries.c.by,
        inbox.c.person,
        outbox.c.person,
        duties.c.substitute,
        joins.c.person,
        joins.c.by,
        appointments.c.by,
    )
]
_FORGET = [
    sa.delete(watchers).where(  # who reported it hears of it anyway
        _w.person == _KEPT,
        _w.ticket.in_(sa.select(tickets.c.id).where(tickets.c.requester == _KEPT)),
    ),
    *(
        sa.delete(column.table).where(column == _LOST)
        for column in (
            *(watchers.c.person, drafts.c.person, links.c.person, duties.c.person),
            *(views.c.person, appointments.c.person, people.c.id),
        )
    ),
]
_OF_PEOPLE = (What.ASSIGNED, What.RELEASED, What.STEPPED_IN, What.WATCHED, What.RESOLVED)
_NAMING = sa.select(entries.c.id, entries.c.detail).where(
    entries.c.what.in_(_OF_PEOPLE),
    entries.c.detail.like(bindparam("naming")),
)
_RENAME = sa.update(entries).where(entries.c.id == bindparam("number"))
