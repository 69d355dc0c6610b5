"""Agents' duties in the book, on both databases."""

import asyncio
from datetime import timedelta

import pytest
from clock import Clock

from bot.model.duty import Duty
from bot.model.person import Person, Proof, Role
from storage import Database

NOW = Clock.now
LATER = NOW + timedelta(days=2)


@pytest.fixture
async def leo(store) -> Person:
    return await store.write(
        lambda work: work.people.declare_agent(
            Person("Leo", role=Role.AGENT), {"mail": "leo@x.org"}, NOW
        )
    )


async def test_who_is_away_is_so_until_they_are_back_and_keeps_their_turn(store, ada, leo):
    def duty(work) -> Duty:
        return work.duties.of(leo.id)

    assert await store.read(duty) == Duty()
    await store.write(lambda work: work.duties.give(leo.id, NOW))
    await store.write(lambda work: work.duties.leave(leo.id, NOW, ada.id))
    await store.write(lambda work: work.duties.leave(leo.id, LATER, None))
    assert await store.read(duty) == Duty(LATER, None, NOW)
    await store.write(lambda work: work.duties.come_back(leo.id))
    assert await store.read(duty) == Duty(None, None, NOW)


async def test_who_is_away_by_now_is_listed(store, ada, leo):
    await store.write(lambda work: work.duties.leave(leo.id, LATER, None))
    await store.write(lambda work: work.duties.give(ada.id, NOW))
    assert await store.read(lambda work: work.duties.away(NOW)) == [leo.id]
    assert await store.read(lambda work: work.duties.away(LATER)) == []


async def test_turns_keep_their_order_though_the_clock_stands_still_or_goes_back(store, ada, leo):
    def turns(work) -> list[object]:
        return [work.duties.of(each.id).assigned_at for each in (leo, ada)]

    await store.write(lambda work: work.duties.give(leo.id, NOW))
    await store.write(lambda work: work.duties.give(ada.id, NOW))
    first, second = await store.read(turns)
    assert first < second
    await store.write(lambda work: work.duties.give(leo.id, NOW - timedelta(hours=1)))
    first, second = await store.read(turns)
    assert first > second


async def test_the_duty_of_two_records_of_one_person_is_theirs(store, ada, leo):
    def lay(work) -> int:
        other = work.people.add(Person(name="Leo P."), "slack", "U9", Proof.CHANNEL, NOW)
        work.duties.leave(other.id, LATER, ada.id)
        work.duties.leave(ada.id, LATER, other.id)
        work.links.join(other.id, leo.id, NOW)
        return other.id

    other = await store.write(lay)
    assert await store.read(lambda work: work.people.get(other)) is None
    assert await store.read(lambda work: work.duties.of(leo.id)) == Duty(LATER, ada.id)
    assert (await store.read(lambda work: work.duties.of(ada.id))).substitute == leo.id

    def part(work) -> None:
        _, address = work.people.find("slack", "U9")
        parted = work.joins.part(address, Person("U9"), LATER, by=None, channel="")
        assert work.duties.of(parted.id) == Duty(LATER, ada.id)
        assert work.duties.of(leo.id) == Duty()
        assert work.duties.of(ada.id).substitute == parted.id

    await store.write(part)


async def test_of_two_turns_at_once_on_two_replicas_each_counts(book_url, store, ada, leo):
    """Two that read the same turns at the same time mustn't both take them for theirs."""
    second = await Database.open(book_url)

    def take(work) -> int:
        first = min((leo.id, ada.id), key=lambda each: work.duties.of(each).assigned_at or NOW)
        work.duties.give(first, NOW + timedelta(minutes=1))
        return first

    try:
        for _ in range(5):
            taken = await asyncio.gather(store.write(take), second.write(take))
            assert sorted(taken) == [ada.id, leo.id]
    finally:
        await second.close()
