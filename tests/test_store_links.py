"""Addresses to be proved, and two records of one person that become one."""

from dataclasses import replace
from datetime import timedelta

from clock import Clock

from bot.model.entry import Event, What
from bot.model.mailroom import Arrival, Outcome
from bot.model.message import Address, ExternalId
from bot.model.person import Claim, Person, Proof

NOW = Clock.now
LATER = NOW + timedelta(minutes=15)


def claim_of(person: int) -> Claim:
    return Claim(person, "mail", "ada@example.org", "digest", LATER)


async def test_one_claim_at_a_time_and_none_that_is_over(store, ada):
    await store.write(lambda work: work.links.begin(claim_of(ada.id)))
    await store.write(lambda work: work.links.tried(ada.id))
    tried = await store.read(lambda work: work.links.of(ada.id, NOW))
    assert tried == replace(claim_of(ada.id), tries=1)
    await store.write(lambda work: work.links.begin(claim_of(ada.id)))
    assert (await store.read(lambda work: work.links.of(ada.id, NOW))).tries == 0
    assert await store.read(lambda work: work.links.of(ada.id, LATER)) is None
    await store.write(lambda work: work.links.end(ada.id))
    assert await store.read(lambda work: work.links.of(ada.id, NOW)) is None


async def test_all_that_either_had_is_the_ones(store, ada, a_ticket):
    def lay(work) -> tuple[int, int]:
        other = work.people.add(Person(name="Ada L."), "mail", "a@x.org", Proof.CHANNEL, NOW)
        own = work.tickets.add(a_ticket(requester=other.id))
        foreign = work.tickets.add(
            a_ticket(requester=ada.id, assignee=other.id, conversation=Address("slack", "C1", "2"))
        )
        work.tickets.watch(foreign.id, other.id)
        for what in (What.WATCHED, What.ASSIGNED):
            event = Event(what=what, at=NOW, by=other.id, new=str(other.id), ticket=own.id)
            work.entries.add(event)
        work.tickets.remember("mail", ExternalId("m1"), own.id, person=other.id, at=NOW)
        hello = Arrival(channel="mail", external_id=ExternalId("m2"), at=NOW)
        work.inbox.settle(work.inbox.arrive(hello), Outcome.GREETING, person=other.id, text="hello")
        work.drafts.begin(own.id, other.id, LATER)
        work.links.begin(claim_of(other.id))
        work.people.heard_on(ada.id, Address("slack", "C1"), "U1", NOW)
        work.people.heard_on(other.id, Address("mail", "help@x.org"), "a@x.org", LATER)
        return other.id, own.id

    other, own = await store.write(lay)

    def join(work) -> None:
        assert work.people.get(other) is not None
        work.links.join(other, ada.id, NOW)
        assert work.people.get(other) is None
        assert work.people.reached_at(ada.id).external_id == "a@x.org"

    await store.write(join)

    def look(work) -> None:
        assert [each.id for each in work.tickets.of_requester(ada.id)] == [own + 1, own]
        assert work.tickets.get(own + 1).assignee == ada.id
        assert work.tickets.watchers(own + 1) == []  # it is her own: she hears of it anyway
        assert {(each.by, each.new) for each in work.entries.of(own)} == {(ada.id, str(ada.id))}
        assert work.tickets.thread_with(own, "mail", ada.id) == ("m1",)
        assert [each.text for each in work.inbox.greetings(ada.id, "mail", NOW)] == ["hello"]
        assert work.drafts.of(own, NOW) == []
        assert work.links.of(other, NOW) is None
        assert {each.channel for each in work.people.identities(ada.id)} == {"slack", "mail"}
        assert [each.id for each in work.people.search("a@x.org")] == [ada.id]
        assert work.people.get(other) is None

    await store.read(look)


async def test_a_number_within_a_number_names_nobody(store, ada, a_ticket):
    def lay(work) -> int:
        other = work.people.add(Person(name="Other"), "mail", "a@x.org", Proof.CHANNEL, NOW)
        ticket = work.tickets.add(a_ticket(requester=ada.id))
        new = f"{other.id}{other.id}"
        work.entries.add(Event(what=What.WATCHED, at=NOW, by=ada.id, new=new, ticket=ticket.id))
        work.links.join(other.id, ada.id, NOW)
        return work.entries.of(ticket.id)[-1].new == new

    assert await store.write(lay)
