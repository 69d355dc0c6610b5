"""Topics on both databases: questions that are alike find one another, whatever their order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from clock import Clock

from bot.gathering import gather
from bot.model.message import Address
from bot.model.person import Person, Proof
from bot.model.ticket import Ticket
from bot.model.topic import weights
from bot.model.triage import Kind, Priority
from bot.store import Work

NOW = Clock.now
DAY = timedelta(days=1)
VPN = ("vpn", "home", "connect")
PAPER = ("paper", "printer", "jams")


def asks(work: Work, terms: tuple[str, ...], by: str = "ada", at=NOW) -> int:
    """Somebody's ticket with a question of these terms."""
    address = f"{by}@example.org"
    found = work.people.find("email", address)
    person = found[0] if found else None
    person = person or work.people.add(Person(by), "email", address, Proof.CHANNEL, at)
    place = Address("email", "", f"{by}{at.timestamp()}{'.'.join(terms)}")
    ticket = work.tickets.add(
        Ticket(
            requester=person.id,
            subject="",
            summary="",
            kind=Kind.QUESTION,
            priority=Priority.NORMAL,
            conversation=place,
            opened_at=at,
            updated_at=at,
        )
    )
    gather(work.topics, ticket.id, terms, at)
    return ticket.id


def many(work: Work, terms: tuple[str, ...], people: int = 3, times: int = 5, at=NOW) -> list[int]:
    return [
        asks(work, (*terms, f"w{n}"), f"p{n % people}", at + n * timedelta(minutes=1))
        for n in range(times)
    ]


def recurring(work: Work, since=NOW - DAY):
    return work.topics.recurring(since, 5, 3, 10)


async def test_questions_that_are_alike_are_one_topic(store):
    def fn(work: Work):
        for each in range(30):  # what others ask, so that words tell something
            asks(work, (f"a{each}", f"b{each}", f"c{each}"))
        vpn, paper = many(work, VPN), many(work, PAPER, times=6)
        found = recurring(work)
        assert [(each.count, each.people) for each in found] == [(6, 3), (5, 3)]
        assert work.topics.questions(found[0].topic.id) == paper[::-1]
        assert work.topics.questions(found[1].topic.id) == vpn[::-1]
        assert work.topics.of(vpn[0]) == found[1].topic
        assert set(VPN) <= found[1].topic.terms.keys()

    await store.write(fn)


@pytest.mark.parametrize(("people", "times"), [(2, 6), (3, 4)])
async def test_what_few_ask_or_seldom_is_none(store, people, times):
    def fn(work: Work):
        many(work, VPN, people, times)
        assert recurring(work) == []

    await store.write(fn)


async def test_what_was_asked_long_ago_is_none_any_more(store):
    def fn(work: Work):
        many(work, VPN)
        assert recurring(work, NOW + DAY) == []
        many(work, VPN, at=NOW + 2 * DAY)
        [found] = recurring(work, NOW + DAY)
        assert found.count == 5

    await store.write(fn)


async def test_topics_that_grew_alike_become_one(store):
    def fn(work: Work):
        for each in range(30):
            asks(work, (f"a{each}", f"b{each}", f"c{each}"))
        for n in range(3):
            asks(work, ("vpn", "home", f"x{n}", f"y{n}"), f"p{n}")
        for n in range(3):
            asks(work, ("vpn", "home", "slow", f"z{n}"), f"p{n}")
        numbers = {work.topics.of(each).id for each in range(31, 37)}
        assert len(numbers) == 1

    await store.write(fn)


async def test_what_nothing_needs_to_answer_is_proposed_no_more(store):
    def fn(work: Work):
        many(work, VPN)
        [found] = recurring(work)
        work.topics.settle(replace(found.topic, never=True))
        assert recurring(work) == []
        asks(work, (*VPN, "again"), "p1", NOW + timedelta(hours=1))
        assert recurring(work) == []

    await store.write(fn)


async def test_what_one_alone_said_goes_with_them(store):
    def fn(work: Work):
        many(work, VPN, people=5, times=5)
        alone = asks(work, ("secret", "project", "falcon"), "eve")
        asks(work, (*VPN, "falcon"), "eve", NOW + timedelta(hours=1))
        eve, _ = work.people.find("email", "eve@example.org")
        work.topics.forget(eve.id)
        assert work.topics.of(alone) is None
        assert work.topics.holding("secret", 9) == []
        assert work.topics.holding("falcon", 9) == []
        heard = work.topics.counts(("secret", "falcon", *VPN))
        assert heard == {"secret": 0, "falcon": 0} | dict.fromkeys(VPN, 6)
        [found] = recurring(work)
        assert (found.count, found.topic.size) == (5, 5)

    await store.write(fn)


async def test_tickets_are_gathered_in_their_order_once(store):
    def fn(work: Work):
        numbers = [asks(work, VPN, at=NOW + n * DAY) for n in range(4)]
        due = work.topics.due
        assert due(0, NOW, NOW + 9 * DAY, 3) == numbers[:3]
        assert due(numbers[1], NOW, NOW + 9 * DAY, 9) == numbers[2:]
        assert due(0, NOW + DAY, NOW + 2 * DAY, 9) == [numbers[1]]

    await store.write(fn)


async def test_what_needs_no_answer_takes_in_nothing_that_does(store):
    def fn(work: Work):
        for each in range(30):
            asks(work, (f"a{each}", f"b{each}", f"c{each}"))
        settled = many(work, VPN, times=4)
        work.topics.settle(replace(work.topics.of(settled[0]), never=True))
        terms = dict.fromkeys((*VPN, "slow"), 2)
        weighed = weights(work.topics.counts(terms), work.topics.heard())
        started = work.topics.of(asks(work, ("begun",)))
        joined = work.topics.of(asks(work, ("joined",)))
        work.topics.merge(joined, replace(started, size=2, terms=terms).weighed(weighed))
        grown = work.topics.of(asks(work, (*VPN, "slow")))
        assert (grown.id, grown.size, grown.never) == (started.id, 3, False)
        assert work.topics.of(settled[0]).never

    await store.write(fn)
