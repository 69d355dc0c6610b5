"""What was changed of people: by whom, and with what it takes to part what was joined."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.joined import Trace, Traced
from bot.model.person import Identity, Person
from storage.detail import packed, unpacked
from storage.links import Links
from storage.parting import go_apart, part, since
from storage.pen import Pen
from storage.people import People
from storage.tables import identities
from storage.tables_beside import joins


@dataclass(frozen=True, slots=True)
class Joins:
    """`bot.registers.Joins` on one connection."""

    pen: Pen
    people: People
    links: Links

    def of(self, person: int) -> list[Trace]:
        """What was changed of somebody, the latest first."""
        return [_trace(row) for row in self.pen.run(_LATEST, owner=person)]

    def note(self, trace: Trace) -> None:
        """Keep a change that was made."""
        self._keep(trace)

    def going(self, address: Identity) -> list[Identity]:
        """All addresses that go with this one of somebody's: those of the record it came by."""
        own = self.people.identities(address.person)
        row = self._join_of(address, own)
        if row is not None:
            return [each for each in own if _key(each) in _keys(row)]
        return [each for each in own if (each != address) is self._came_by_joins(address, own)]

    def part(
        self, address: Identity, anew: Person, now: datetime, *, by: int | None, channel: str
    ) -> Person:
        """Give an address, and those that go with it, back to a person of their own.

        Where it came by a join that record is as it was, with what came by its addresses since;
        where all others did, these leave it; else it is `anew`, with what came by it since it was
        linked. Returns who that is now.
        """
        own = self.people.identities(address.person)
        row = self._join_of(address, own)
        if row is not None:
            number = self._undo(row)
        elif self._came_by_joins(address, own):
            number = self._leave_alone(address.person)
        else:
            number = self._split_off(address, anew)
        channels = {one.channel for one in self.people.identities(number)}
        kept = address.person
        for person, other in ((kept, number), (number, kept)):
            trace = Trace(person, Traced.PARTED, now, by, channel, other=other)
            self._keep(trace, channels=sorted(channels) if person == kept else [])
        parted = self.people.get(number)
        assert parted is not None, "it was made above"
        return parted

    def _join_of(self, address: Identity, own: list[Identity]) -> Any | None:
        """The innermost join by which it came, if undoing it leaves an address to each."""
        known = {_key(each) for each in own}
        joined = ((row, _keys(row) & known) for row in self._joined(address.person))
        return next((row for row, keys in joined if _key(address) in keys and keys != known), None)

    def _came_by_joins(self, address: Identity, own: list[Identity]) -> bool:
        """Whether this one was theirs before all others came by joins."""
        joined = {key for row in self._joined(address.person) for key in _keys(row)}
        beside = {_key(each) for each in own} - {_key(address)}
        return bool(beside) and beside <= joined and _key(address) not in joined

    def _undo(self, join: Any) -> int:
        """Undo a join; those of the same person since are undone before, and done again after."""
        *since_then, (number, _) = self._undone(join.person, join.id)
        for lost, row in reversed(since_then):
            self._again(lost, row.person, row)
        return number

    def _leave_alone(self, person: int) -> int:
        """Undo all joins of somebody; those who were joined to them stay one without them."""
        undone = self._undone(person)
        first = next(lost for lost, row in reversed(undone) if row.person == person)
        for lost, row in reversed(undone):
            if lost != first:
                self._again(lost, first if row.person == person else row.person, row)
        return int(first)

    def _undone(self, person: int, first: int = 0) -> list[tuple[int, Any]]:
        """Undo the joins of somebody, the latest first, down to this one.

        Returns who is back, and the row as it was then: its person is whom they were joined to.
        """
        rows = [row for row in self._joined(person) if row.id >= first]
        found = []
        for row in reversed(rows):
            now = self._row(row.id)  # an outer join that was undone took it along
            found.append((part(self.pen, self.people, now), now))
        return found

    def _again(self, lost: int, into: int, row: Any) -> None:
        self.links.join(lost, into, row.at, by=row.by, channel=row.channel)

    def _split_off(self, address: Identity, anew: Person) -> int:
        """Make a person of an address that never was one of its own."""
        channel, external_id = _key(address)
        self.pen.run(_DROP, there=channel, address=external_id)
        added = self.people.add(anew, channel, external_id, address.proof, address.at)
        both = {"lost": added.id, "kept": address.person}
        for row in self.pen.run(_LATEST, owner=address.person):
            told = unpacked(row.detail)
            if (told["kind"], told.get("new")) == (Traced.LINKED, address.external_id):
                self.pen.run(_HAND_OVER, number=row.id, person=added.id)
        stays = self.people.identities(address.person)
        since(self.pen, both, self.people.identities(added.id), stays, address.at)
        go_apart(self.pen, self.people, both, {}, {})
        return added.id

    def _joined(self, person: int) -> list[Any]:
        """The joins of somebody that weren't undone, the first one first."""
        rows = self.pen.run(_FIRST, owner=person).all()
        return [row for row in rows if unpacked(row.detail)["kind"] == Traced.JOINED]

    def _row(self, number: int) -> Any:
        return self.pen.run(_GET, number=number).one()

    def _keep(self, trace: Trace, **more: object) -> None:
        people = {"other": [trace.other]} if trace.other else {}
        detail = {"kind": trace.what.value, "new": trace.new, "people": people, **more}
        self.pen.run(
            _KEEP,
            person=trace.person,
            by=trace.by,
            channel=trace.channel,
            at=trace.at,
            detail=packed(detail) or "",
        )


def _trace(row: Any) -> Trace:
    told = unpacked(row.detail)
    what, new = Traced(told["kind"]), told.get("new", "")
    other = next(iter(told.get("people", {}).get("other", ())), None)
    return Trace(row.person, what, row.at, row.by, row.channel, new, other)


def _key(address: Identity) -> tuple[str, str]:
    return address.channel, address.external_id


def _keys(row: Any) -> set[tuple[str, str]]:
    """The addresses of the record that was joined."""
    return {(channel, address) for channel, address in unpacked(row.detail)["identities"]}


_j, _i = joins.c, identities.c
_FIRST = sa.select(joins).where(_j.person == bindparam("owner")).order_by(_j.id)
_LATEST = (
    sa.select(joins).where(_j.person == bindparam("owner")).order_by(_j.at.desc(), _j.id.desc())
)
_GET = sa.select(joins).where(_j.id == bindparam("number"))
_KEEP = sa.insert(joins)
_HAND_OVER = sa.update(joins).where(_j.id == bindparam("number"))
_DROP = sa.delete(identities).where(
    _i.channel == bindparam("there"), _i.external_id == bindparam("address")
)
