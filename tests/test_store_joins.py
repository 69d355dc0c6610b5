"""Records that are joined and parted again: nothing is lost or doubled, each gets its own back."""

import asyncio
import tempfile
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from clock import Clock
from conftest import empty
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.entry import Event, Message, What
from bot.model.joined import Trace, Traced
from bot.model.mailroom import Arrival, Outcome
from bot.model.message import Address, ExternalId
from bot.model.person import Identity, Person, Proof
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from storage import Database

MANY = 5  # addresses, each of somebody else at first
NUMBERS = st.integers(0, MANY - 1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["report", "watch", "watch", "join", "join", "part"]), NUMBERS, NUMBERS
    ),
    max_size=24,
)
ALONE, SHARED = tuple("abcde"), tuple("aabab")  # the channel of each address


class OverError(Exception):
    """Nothing of a history is kept."""


@dataclass
class History:
    """People who report and follow, and whose records are joined and parted."""

    work: object
    channels: tuple[str, ...]
    clock: Clock = field(default_factory=Clock)
    told: list[tuple[int, int, bool]] = field(default_factory=list)  # by whom, ticket, while alone
    watched: list[tuple[int, int]] = field(default_factory=list)  # while alone

    def begin(self) -> None:
        for each, channel in enumerate(self.channels):
            person = Person(f"P{each}", office="" if each % 2 else f"O{each}")
            self.work.people.add(person, channel, str(each), Proof.CHANNEL, self.clock.now)

    def address(self, each: int) -> Identity:
        return self.work.people.find(self.channels[each], str(each))[1]

    def owner(self, each: int) -> Person:
        return self.work.people.get(self.address(each).person)

    def is_alone(self, each: int) -> bool:
        return len(self.work.people.identities(self.owner(each).id)) == 1

    def step(self, what: str, one: int, other: int) -> None:
        self.clock.move(minutes=1)
        getattr(self, what)(one, other)
        self.holds()

    def report(self, one: int, _: int) -> None:
        who, channel, now = self.owner(one).id, self.channels[one], self.clock.now
        self.work.people.heard_on(who, Address(channel, "room"), str(one), now)
        kept = Ticket(
            requester=who,
            subject="It broke",
            summary="It broke",
            kind=Kind.INCIDENT,
            priority=Priority.NORMAL,
            conversation=Address(channel, "room"),
            opened_at=now,
            updated_at=now,
        )
        number = self.work.tickets.add(kept).id
        opened = Event(what=What.OPENED, at=now, by=who, channel=channel, ticket=number)
        said = Message(what=What.SAID, text="It", at=now, by=who, channel=channel, ticket=number)
        for entry in (opened, said):
            self.work.entries.add(entry)
        name = ExternalId(f"m{number}")
        self.work.tickets.remember(channel, name, number, person=who, at=now)
        arrived = self.work.inbox.arrive(Arrival(channel=channel, external_id=name, at=now))
        self.work.inbox.settle(arrived, Outcome.TICKET, person=who, ticket=number, text="It")
        self.told.append((one, number, self.is_alone(one)))

    def watch(self, one: int, other: int) -> None:
        told = [(by, number) for by, number, _ in self.told if self.owner(by) != self.owner(one)]
        if told:
            _, number = told[other % len(told)]
            if self.work.tickets.watch(number, self.owner(one).id) and self.is_alone(one):
                self.watched.append((one, number))

    def join(self, one: int, other: int) -> None:
        if self.owner(one) != self.owner(other):
            into = self.owner(other).id
            self.work.links.join(self.owner(one).id, into, self.clock.now, by=into, channel="a")

    def part(self, one: int, _: int) -> None:
        if not self.is_alone(one):
            address, now = self.address(one), self.clock.now
            known = {each.external_id for each in self.work.people.identities(address.person)}
            going = {each.external_id for each in self.work.joins.going(address)}
            parted = self.work.joins.part(address, Person("New"), now, by=None, channel="a")
            gone = {each.external_id for each in self.work.people.identities(parted.id)}
            stay = {each.external_id for each in self.work.people.identities(address.person)}
            assert gone == going
            assert stay == known - going
            assert stay, "nobody is without an address"

    def part_all(self) -> None:
        for one in range(MANY):
            while not self.is_alone(one):
                self.step("part", one, 0)

    def holds(self) -> None:
        owners = {self.owner(each).id for each in range(MANY)}
        for _, number, _ in self.told:
            ticket = self.work.tickets.get(number)
            assert ticket.requester in owners
            assert {each.by for each in self.work.entries.of(number)} <= owners
            assert ticket.requester not in self.work.tickets.watchers(number)
        reported = [len(self.work.tickets.of_requester(each)) for each in owners]
        assert sum(reported) == len(self.told)

    def is_as_it_was(self, *, whole: bool) -> None:
        """What each told while alone is theirs; `whole`: and what they told while they were one."""
        for each in range(MANY):
            owner = self.owner(each)
            assert owner.name == f"P{each}"
            assert owner.office == ("" if each % 2 else f"O{each}")
        for one, number, alone in self.told:
            if alone or whole:
                who = self.owner(one).id
                assert self.work.tickets.get(number).requester == who
                assert {entry.by for entry in self.work.entries.of(number)} == {who}
                assert self.work.tickets.thread_with(number, self.channels[one], who)
        for one, number in self.watched:
            assert self.owner(one).id in self.work.tickets.watchers(number)


def play(work, steps, channels) -> None:
    history = History(work, channels)
    history.begin()
    for step in steps:
        history.step(*step)
    history.part_all()
    history.is_as_it_was(whole=channels is ALONE)
    raise OverError


def play_any(url: str, channels: tuple[str, ...], examples: int) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(Database.open(url))

        @settings(max_examples=examples, derandomize=True, deadline=None)
        @given(STEPS)
        def any_history(steps) -> None:
            with pytest.raises(OverError):
                runner.run(store.write(lambda work: play(work, steps, channels)))

        try:
            any_history()
        finally:
            runner.run(store.close())


async def test_an_address_that_was_never_a_record_takes_what_it_said_since(store, ada, a_ticket):
    """Slack is Ada's own; the mail was written down an hour later."""
    at = Clock.now + timedelta(hours=1)

    def play(work) -> None:
        work.people.link(ada.id, "mail", "ada@x.org", Proof.TOLD, at)
        work.joins.note(Trace(ada.id, Traced.LINKED, at, None, "slack", "ada@x.org"))
        for channel, name in (("slack", "U1"), ("mail", "ada@x.org")):
            work.people.heard_on(ada.id, Address(channel, "room"), name, at)
            ticket = work.tickets.add(a_ticket(conversation=Address(channel, "room"), at=at))
            opened = Event(what=What.OPENED, at=at, by=ada.id, channel=channel, ticket=ticket.id)
            work.entries.add(opened)
        _, address = work.people.find("mail", "ada@x.org")
        new = work.joins.part(address, Person("ada@x.org"), at, by=ada.id, channel="slack")
        assert [each.id for each in work.tickets.of_requester(ada.id)] == [1]
        assert [each.id for each in work.tickets.of_requester(new.id)] == [2]
        assert work.people.identities(new.id) == [replace(address, person=new.id)]
        assert work.people.reached_at(ada.id).external_id == "U1"
        assert work.people.reached_at(new.id).external_id == "ada@x.org"
        assert [each.id for each in work.people.search("ada@x.org")] == [new.id]
        told = [(each.what, each.new, each.other) for each in work.joins.of(new.id)]
        assert told == [(Traced.PARTED, "", ada.id), (Traced.LINKED, "ada@x.org", None)]
        assert [each.other for each in work.joins.of(ada.id)] == [new.id]

    await store.write(play)


@pytest.mark.parametrize("channels", [ALONE, SHARED], ids=["channels apart", "channels shared"])
def test_whatever_was_joined_is_parted_again(channels) -> None:
    with tempfile.TemporaryDirectory() as folder:
        play_any(f"sqlite:///{folder}/desk.db", channels, 40)


def test_whatever_was_joined_is_parted_again_on_postgresql(postgresql_tables) -> None:
    empty(postgresql_tables)
    play_any(postgresql_tables, ALONE, 5)


async def test_who_left_the_weekly_word_stays_so_as_one_person(store, ada):
    def play(work) -> None:
        left = work.people.add(
            Person("Ada", weekly=False), "mail", "a@x.org", Proof.TOLD, Clock.now
        )
        work.links.join(left.id, ada.id, Clock.now, by=ada.id, channel="slack")
        assert not work.people.get(ada.id).weekly

    await store.write(play)
