"""What requesters were asked and answered, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from clock import Clock

from bot.model.person import Person, Proof
from bot.model.rating import Rating

NOW = Clock.now
HOUR = timedelta(hours=1)


@pytest.fixture
async def tickets(store, ada, a_ticket):
    """Four tickets of Ada's, by number."""
    return await store.write(
        lambda work: [work.tickets.add(a_ticket(requester=ada.id)).id for _ in range(4)]
    )


def marked(ticket: int, mark: int, hours: int, words: str = "") -> Rating:
    return Rating(ticket, mark=mark, words=words, at=NOW + hours * HOUR)


async def test_it_is_asked_answered_and_asked_again(store, tickets):
    one = tickets[0]
    assert await store.read(lambda work: work.ratings.of(one)) is None
    await store.write(lambda work: work.ratings.ask(one, NOW))
    assert await store.read(lambda work: work.ratings.of(one)) == Rating(one, NOW)
    given = Rating(one, NOW, 4, "Quick", NOW + HOUR)
    await store.write(lambda work: work.ratings.keep(given))
    assert await store.read(lambda work: work.ratings.of(one)) == given
    await store.write(lambda work: work.ratings.ask(one, NOW + 2 * HOUR))
    again = replace(given, asked_at=NOW + 2 * HOUR)
    assert await store.read(lambda work: work.ratings.of(one)) == again
    assert again.is_new
    assert not given.is_new


async def test_a_mark_that_nobody_asked_for_is_kept_too(store, tickets):
    given = marked(tickets[0], 5, 1)
    await store.write(lambda work: work.ratings.keep(given))
    assert await store.read(lambda work: work.ratings.of(tickets[0])) == given


async def test_whoever_was_asked_of_any_ticket_of_theirs_was_asked(store, ada, tickets):
    def bob(work) -> Person:
        work.ratings.ask(tickets[1], NOW)
        return work.people.add(Person("Bob"), "slack", "U2", Proof.CHANNEL, NOW)

    other = await store.write(bob)

    def was_asked(person: int, since) -> object:
        return store.write(lambda work: work.ratings.was_asked(person, since))

    assert await was_asked(ada.id, NOW - HOUR)
    assert not await was_asked(ada.id, NOW)
    assert not await was_asked(other.id, NOW - HOUR)


async def test_two_who_ask_the_same_person_at_once_ask_once(store, ada, tickets):
    def ask(ticket: int):
        def fn(work) -> bool:
            if work.ratings.was_asked(ada.id, NOW - HOUR):
                return False
            work.ratings.ask(ticket, NOW)
            return True

        return store.write(fn)

    for _ in range(5):
        await store.write(lambda work: [work.ratings.ask(each, NOW - HOUR) for each in tickets])
        assert sum(await asyncio.gather(*map(ask, tickets))) == 1


async def test_the_latest_marks_of_somebody_come_first(store, ada, tickets):
    one, two, three, four = tickets

    def give(work) -> None:
        work.ratings.keep(marked(one, 3, 9))
        work.ratings.keep(marked(two, 2, 1, "It took a week"))
        work.ratings.keep(marked(three, 5, 4))
        work.ratings.ask(four, NOW)

    await store.write(give)
    found = await store.read(lambda work: work.ratings.by(ada.id, 3))
    assert [(each.ticket, each.mark) for each in found] == [(one, 3), (three, 5), (two, 2)]
    assert len(await store.read(lambda work: work.ratings.by(ada.id, 1))) == 1
    assert await store.read(lambda work: work.ratings.by(ada.id + 1, 3)) == []


async def test_what_was_asked_and_given_within_a_time_is_counted(store, tickets):
    one, two, three, four = tickets

    def give(work) -> None:
        for each in (one, two, three):
            work.ratings.ask(each, NOW)
        work.ratings.keep(marked(one, 1, 1))
        work.ratings.keep(marked(two, 2, 2))
        work.ratings.keep(marked(four, 5, 3))  # unasked
        work.ratings.ask(two, NOW + 4 * HOUR)  # and not answered since

    await store.write(give)

    def within(hours: int):
        return store.read(
            lambda work: (
                work.ratings.asked(NOW, NOW + hours * HOUR),
                work.ratings.marks(NOW, NOW + hours * HOUR),
                [each.ticket for each in work.ratings.low(NOW, NOW + hours * HOUR, 10)],
            )
        )

    assert await within(5) == ((3, 1), {1: 1, 2: 1, 5: 1}, [two, one])
    assert await within(2) == ((2, 1), {1: 1}, [one])
    assert await within(0) == ((0, 0), {}, [])
    few = await store.read(lambda work: work.ratings.low(NOW, NOW + 5 * HOUR, 1))
    assert [each.ticket for each in few] == [two]


async def test_marks_go_with_the_ticket_when_two_records_become_one_and_part(store, ada, a_ticket):
    def lay(work) -> tuple[int, int]:
        bob = work.people.add(Person("Bob Hill"), "email", "bob@example.org", Proof.CHANNEL, NOW)
        ticket = work.tickets.add(a_ticket(requester=bob.id))
        work.ratings.keep(Rating(ticket.id, NOW, 2, "Slow", NOW))
        work.links.join(bob.id, ada.id, NOW)
        return bob.id, ticket.id

    _, ticket = await store.write(lay)

    def marks(person: int):
        return store.read(lambda work: [each.ticket for each in work.ratings.by(person, 3)])

    assert await marks(ada.id) == [ticket]
    assert await store.write(lambda work: work.ratings.was_asked(ada.id, NOW - HOUR))

    def part(work) -> int:
        mail = next(x for x in work.people.identities(ada.id) if x.channel == "email")
        return work.joins.part(mail, Person("Bob"), NOW, by=None, channel="email").id

    bob = await store.write(part)
    assert (await marks(ada.id), await marks(bob)) == ([], [ticket])
