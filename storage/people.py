"""The people in the book, where they are reached, and who works at the desk."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from bot.model.fold import fold
from bot.model.message import Address
from bot.model.person import Identity, Organisation, Person, Proof, Role
from bot.model.reach import Reach
from storage import organisations
from storage.pen import Pen
from storage.person_row import declared, person_of, row_of
from storage.tables import AGENTS, identities, people

_STRENGTH = {Proof.CLAIMED: 0, Proof.TOLD: 1, Proof.CHANNEL: 2, Proof.CONFIG: 3}


@dataclass(frozen=True, slots=True)
class People:
    """`bot.store.People` on one connection."""

    pen: Pen
    # Whom this transaction looked up.
    _met: dict[int, Person] = field(default_factory=dict, init=False)
    _reached: dict[int, Reach] = field(default_factory=dict, init=False)
    _crew: list[int] = field(default_factory=list, init=False)  # every letter asks for the agents

    def get(self, person: int) -> Person | None:
        """One person by number."""
        if person not in self._met and (row := self.pen.run(_GET, person=person).first()):
            self._meet(person_of(row))
        return self._met.get(person)

    def find(self, channel: str, external_id: str) -> tuple[Person, Identity] | None:
        """Who has this address, and how we know."""
        row = self.pen.run(_FIND, channel=channel, external_id=external_id).first()
        if row is None:
            return None
        proof = Identity(row.id, channel, external_id, Proof(row.proof), row.proved_at)
        return self._meet(person_of(row)), proof

    def add(
        self, person: Person, channel: str, external_id: str, proof: Proof, at: datetime
    ) -> Person:
        """Keep somebody new with their first address; `Conflict` when somebody else has it."""
        row = row_of(person) | {"folded_addresses": fold(external_id)}
        number = self.pen.run(_ADD, **row).scalar_one()
        self._crew.clear()
        self._prove(number, channel, external_id, proof, at)
        return self._meet(replace(person, id=number))

    def save(self, person: Person) -> None:
        """Keep a change of a person. Raises `KeyError` for somebody unknown."""
        if not self.pen.run(_SAVE, person=person.id, **row_of(person)).rowcount:
            raise KeyError(person.id)
        self._meet(person)
        self._crew.clear()

    def link(self, person: int, channel: str, external_id: str, proof: Proof, at: datetime) -> None:
        """Add an address, or strengthen its proof.

        An address of somebody else comes over only when the network or the config vouches for it,
        and what they were known by is no stronger; a weaker word changes nothing.
        """
        found = self.find(channel, external_id)
        if found is None:
            self._prove(person, channel, external_id, proof, at)
        elif _wins(proof, found[1], person):
            self.pen.run(
                _PROVE_ANEW,
                owner=person,
                its_channel=channel,
                its_id=external_id,
                proof=proof.value,
                at=at,
            )
            self._fold_addresses(found[0].id)
        self._fold_addresses(person)

    def heard_on(self, person: int, address: Address, external_id: str, at: datetime) -> None:
        """They wrote from here at `at`; an older word than the last changes nothing."""
        row = self.pen.run(
            _HEARD_ON,
            person=person,
            heard_at=at,
            last_channel=address.channel,
            last_room=address.room,
            last_external_id=external_id,
            last_at=at,
        ).first()
        if row is not None:
            self._reached[person] = _last(row)

    def reached_at(self, person: int) -> Reach | None:
        """Where they last wrote.

        Somebody who never wrote: the best proved of their addresses, in no room.
        """
        if person in self._reached:
            return self._reached[person]
        last = self.pen.run(_LAST, person=person).first()
        if last is not None and last.last_at is not None:
            return _last(last)
        known = self.identities(person)
        if not known:
            return None
        best = max(known, key=lambda one: (_STRENGTH[one.proof], one.at))
        answered = None if last is None else last.answered_until
        return Reach(Address(best.channel, ""), best.external_id, answered)

    def answered(self, person: int, until: datetime) -> None:
        """They are sent one more automatic answer."""
        self.pen.run(_ANSWERED, person=person, answered_until=until)
        if person in self._reached:
            self._reached[person] = self._reached[person]._replace(answered=until)

    def identities(self, person: int) -> list[Identity]:
        """All their addresses, the longest known first."""
        return [
            Identity(person, row.channel, row.external_id, Proof(row.proof), row.at)
            for row in self.pen.run(_IDENTITIES, person=person)
        ]

    def agents(self, team: str | None = None) -> list[Person]:
        """Who works at the desk, or in one team, by name."""
        if not self._crew:
            self._crew.extend(self._meet(person_of(row)).id for row in self.pen.run(_AGENTS))
        everybody = [self._met[number] for number in self._crew]
        return [agent for agent in everybody if team is None or team in agent.teams]

    def search(self, words: str, limit: int = 20) -> list[Person]:
        """People whose name or addresses hold each of the words, accents and case aside."""
        found = sa.select(people).order_by(_p.folded_name, _p.id).limit(limit)
        for word in fold(words).split():
            found = found.where(
                _p.folded_name.contains(word, autoescape=True)
                | _p.folded_addresses.contains(word, autoescape=True)
            )
        return [person_of(row) for row in self.pen.run(found)]

    def look_again(self, *changed: int) -> None:
        """What this transaction knew of these people, or of their addresses, is no more true."""
        self._crew.clear()
        for person in changed:
            self._met.pop(person, None)
            self._reached.pop(person, None)
            self._fold_addresses(person)

    def organisation_of(self, domain: str) -> Organisation | None:
        """Whose mail domain this is, case aside."""
        return organisations.of_domain(self.pen, domain)

    def declare_organisation(self, organisation: Organisation) -> Organisation:
        """Keep one the config names, by its name, with just these domains."""
        return organisations.declare(self.pen, organisation)

    def declare_agent(self, person: Person, addresses: dict[str, str], at: datetime) -> Person:
        """Keep an agent the config names: `addresses` are ids by channel, the first known counts.

        What the config leaves empty stays as the person has it.
        """
        known = [found[0] for address in addresses.items() if (found := self.find(*address))]
        agent = declared(person, known[0] if known else person)
        if known:
            self.save(agent)
        else:
            row = row_of(agent) | {"folded_addresses": ""}
            agent = replace(agent, id=self.pen.run(_ADD, **row).scalar_one())
            self._crew.clear()
        for channel, external_id in addresses.items():
            self.link(agent.id, channel, external_id, Proof.CONFIG, at)
        return agent

    def retire_agents(self, but: Iterable[int]) -> list[Person]:
        """Agents the config no longer names become requesters of no team; returns them as such."""
        staying = set(but)
        leaving = [agent for agent in self.agents() if agent.id not in staying]
        retired = [
            replace(agent, role=Role.REQUESTER, teams=(), posts=(), level=1) for agent in leaving
        ]
        for person in retired:
            self.save(person)
        return retired

    def _meet(self, person: Person) -> Person:
        """Remember somebody for the rest of the transaction: several rooms ask for them."""
        self._met[person.id] = person
        return person

    def _prove(
        self, person: int, channel: str, external_id: str, proof: Proof, at: datetime
    ) -> None:
        self.pen.run(
            _PROVE,
            person=person,
            channel=channel,
            external_id=external_id,
            proof=proof.value,
            at=at,
        )

    def _fold_addresses(self, person: int) -> None:
        folded = " ".join(fold(one.external_id) for one in self.identities(person))
        self.pen.run(_SAVE, person=person, folded_addresses=folded)


def _wins(proof: Proof, held: Identity, person: int) -> bool:
    if held.person == person:
        return _STRENGTH[proof] > _STRENGTH[held.proof]
    return _STRENGTH[proof] >= max(_STRENGTH[held.proof], _STRENGTH[Proof.CHANNEL])


def _last(row: sa.Row[Any]) -> Reach:
    address = Address(row.last_channel, row.last_room)
    return Reach(address, row.last_external_id, row.answered_until, row.last_at)


_p, _i = people.c, identities.c
_GET = sa.select(people).where(_p.id == bindparam("person"))
_FIND = (
    sa.select(people, _i.proof, _i.at.label("proved_at"))
    .join(identities, _i.person == _p.id)
    .where(_i.channel == bindparam("channel"), _i.external_id == bindparam("external_id"))
)
_ADD = sa.insert(people).returning(_p.id)
_SAVE = sa.update(people).where(_p.id == bindparam("person"))
_PROVE = sa.insert(identities)
_PROVE_ANEW = (
    sa.update(identities)
    .where(_i.channel == bindparam("its_channel"), _i.external_id == bindparam("its_id"))
    .values(person=bindparam("owner"))
)
_WHERE = (_p.last_channel, _p.last_room, _p.last_external_id, _p.last_at, _p.answered_until)
_HEARD_ON = (
    sa.update(people)
    .where(
        _p.id == bindparam("person"), _p.last_at.is_(None) | (_p.last_at <= bindparam("heard_at"))
    )
    .returning(*_WHERE)
)
_LAST = sa.select(*_WHERE).where(_p.id == bindparam("person"))
_ANSWERED = sa.update(people).where(_p.id == bindparam("person"))
_IDENTITIES = (
    sa.select(identities)
    .where(_i.person == bindparam("person"))
    .order_by(_i.at, _i.channel, _i.external_id)
)
_AGENTS = sa.select(people).where(AGENTS).order_by(_p.folded_name, _p.id)
