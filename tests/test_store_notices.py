"""Notices on both databases: kept as they are, found when due, with whom they affect."""

from dataclasses import replace
from datetime import timedelta

import pytest
from clock import Clock as MovedClock
from test_store_topics import asks

from bot.model.message import Address
from bot.model.notice import Affected, Notice, Said, Scope, Stage, Word
from bot.model.person import Person, Proof, Role
from bot.store import Conflict, Work

NOW = MovedClock.now
HOUR = timedelta(hours=1)
LATELY = NOW - timedelta(days=180)
ALL = (Affected(Scope.EVERYBODY),)


def planned(work: Work, **fields: object) -> Notice:
    ordinary = {
        "said": {"en": Said("Mail", "Chat"), "es": Said("Correo")},
        "starts_at": NOW,
        "ends_at": NOW + HOUR,
        "affected": (Affected(Scope.EVERYBODY), Affected(Scope.TAG, "vpn")),
        "by": None,
        "at": NOW,
    }
    return work.notices.add(Notice(**ordinary | fields))


def person(work: Work, name: str, wrote: timedelta | None = timedelta(0), **fields: object) -> int:
    address = f"{name}@example.org"
    added = work.people.add(Person(name, **fields), "email", address, Proof.CHANNEL, NOW)
    if wrote is not None:
        work.people.heard_on(added.id, Address("email", "help"), address, NOW - wrote)
    return added.id


def affected(work: Work, *wanted: Affected, after: int = 0, limit: int = 100) -> list[int]:
    return list(work.notices.affects(wanted, after, LATELY, limit))


async def test_a_notice_is_read_as_it_was_kept(store):
    def fn(work: Work):
        kept = planned(work, about=("mail",), reminded=NOW, telling=Word.STARTED, told=7)
        assert work.notices.get(kept.id) == kept
        saved = work.notices.save(replace(kept, stage=Stage.FINISHED, telling=None, closing="ok"))
        assert work.notices.get(kept.id) == saved
        assert saved.version == 2
        with pytest.raises(Conflict):
            work.notices.save(kept)
        assert work.notices.get(99) is None

    await store.write(fn)


async def test_what_is_due_is_found_and_what_goes_on(store):
    def fn(work: Work):
        due = planned(work, knock_at=NOW)
        telling = planned(work, knock_at=NOW + HOUR, telling=Word.ANNOUNCED)
        later = planned(work, knock_at=NOW + HOUR, starts_at=NOW - HOUR)
        over = planned(work, stage=Stage.CANCELLED)
        assert work.notices.due(NOW) == [due, telling]
        assert work.notices.going() == [later, due, telling]
        assert work.notices.latest(2) == [over, later]

    await store.write(fn)


async def test_those_it_affects_are_found_in_parts(store):
    def fn(work: Work):
        ada, bo = person(work, "ada", office="Lyon"), person(work, "bo")
        leo = person(work, "leo", None, role=Role.AGENT, teams=("network",))
        person(work, "old", timedelta(days=400))
        assert affected(work, *ALL) == [ada, bo, leo]
        assert affected(work, *ALL, after=ada, limit=1) == [bo]
        assert affected(work, Affected(Scope.OFFICE, "Lyon")) == [ada]
        assert affected(work, Affected(Scope.CHANNEL, "email")) == [ada, bo]
        assert affected(work, Affected(Scope.TEAM, "network")) == [leo]
        assert affected(work, Affected(Scope.OFFICE, "Lyon"), Affected(Scope.TEAM, "network")) == [
            ada,
            leo,
        ]
        assert work.notices.offices() == ["Lyon"]

    await store.write(fn)


async def test_a_tag_affects_who_had_it_and_a_team_who_waits_for_it(store):
    def fn(work: Work):
        number = asks(work, ("vpn",), at=NOW)
        ticket = work.tickets.get(number)
        work.people.heard_on(ticket.requester, Address("email", "help"), "x@example.org", NOW)
        tagged = replace(ticket, tags=("vpn", "50%"), team="network", version=ticket.version + 1)
        work.tickets.save(tagged)
        assert affected(work, Affected(Scope.TAG, "vpn")) == [ticket.requester]
        assert affected(work, Affected(Scope.TAG, "50%")) == [ticket.requester]
        assert affected(work, Affected(Scope.TAG, "50_")) == []
        assert affected(work, Affected(Scope.TEAM, "network")) == [ticket.requester]
        assert affected(work, Affected(Scope.TEAM, "net")) == []

    await store.write(fn)


async def test_a_ticket_is_about_one_notice_at_most(store):
    def fn(work: Work):
        first, second = planned(work), planned(work)
        number = asks(work, ("vpn",), at=NOW)
        assert work.notices.of_ticket(number) is None
        work.notices.link(number, first.id)
        work.notices.link(number, second.id)
        assert work.notices.of_ticket(number) == second
        assert (work.notices.tickets(first.id), work.notices.tickets(second.id)) == ([], [number])
        work.notices.link(number, None)
        assert work.notices.tickets(second.id) == []

    await store.write(fn)
