"""What came in, what goes out and what went wrong, in the book, on each database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model.mailroom import Account, Arrival, Delivery, Letter, Outcome, Quarantined
from bot.model.message import Address, ExternalId
from bot.model.person import Person
from bot.model.ticket import Ticket
from storage import Database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ROOM = Address("slack", "C1", "17.1")


def arrival(name: str, at: datetime = NOW, raw: bytes = b"") -> Arrival:
    return Arrival(channel="slack", external_id=ExternalId(name), at=at, raw=raw)


def letter(lane: str = "C1", **fields: object) -> Letter:
    known = {"to": ROOM, "recipient": "U1", "text": "Hello", "created_at": NOW}
    return Letter(lane=lane, **known | fields)  # type: ignore[arg-type]  # Letter's own fields


async def queue(store: Database, *letters: Letter) -> list[int]:
    return await store.write(lambda work: [work.outbox.queue(each).id for each in letters])


async def claim(
    store: Database, at: datetime = NOW, lanes: int = 10, run: int = 1, worker: str = "me"
) -> list[int]:
    letters = await store.write(
        lambda work: work.outbox.claim("slack", worker, at, MINUTE, lanes=lanes, run=run)
    )
    return [each.id for each in letters]


async def test_an_item_arrives_once_and_its_repeats_are_counted(store: Database) -> None:
    arrive = [await store.write(lambda work: work.inbox.arrive(arrival("a"))) for _ in range(3)]
    assert arrive[1:] == [None, None]
    assert await store.read(lambda work: work.inbox.number("slack", ExternalId("a"))) == arrive[0]
    (account,) = await store.read(lambda work: work.inbox.accounts())
    assert account == Account(channel="slack", arrived=1, unsettled=1, duplicates=2)
    with pytest.raises(KeyError):
        await store.read(lambda work: work.inbox.number("email", ExternalId("a")))


async def test_how_an_item_ended_is_known(store: Database) -> None:
    def end(work):
        number = work.inbox.arrive(arrival("a"))
        before = work.inbox.ended("slack", ExternalId("a"))
        work.inbox.settle(number, Outcome.ASIDE, reason="thanks")
        return before, [work.inbox.ended(each, ExternalId("a")) for each in ("slack", "email")]

    before, after = await store.write(end)
    assert before == (None, "")
    assert after == [(Outcome.ASIDE, "thanks"), None]


async def test_the_accounts_tell_how_everything_ended(
    store: Database, ada: Person, a_ticket: Callable[..., Ticket]
) -> None:
    def fill(work):
        ticket = work.tickets.add(a_ticket())
        for name, outcome in [("a", Outcome.TICKET), ("b", Outcome.ASIDE), ("c", Outcome.ASIDE)]:
            number = work.inbox.arrive(arrival(name, raw=name.encode() * 99))
            work.inbox.settle(number, outcome, person=ada.id, ticket=ticket.id, reason="r")
        mail = replace(arrival("a"), channel="email")
        work.inbox.arrive(mail)
        return ticket.id

    ticket = await store.write(fill)
    mail, slack = await store.read(lambda work: work.inbox.accounts())
    assert mail == Account(channel="email", arrived=1, unsettled=1)
    assert slack == Account(
        channel="slack",
        arrived=3,
        outcomes={Outcome.TICKET: 1, Outcome.ASIDE: 2},
        reasons={"r": 2},
        tickets=1,
    )
    raw = await store.read(lambda work: work.inbox.raw(ticket))
    assert raw == [b"a" * 99, b"b" * 99, b"c" * 99]
    with pytest.raises(KeyError):
        await store.write(lambda work: work.inbox.settle(999, Outcome.ASIDE))


async def test_greetings_wait_until_they_join_a_ticket(
    store: Database, ada: Person, a_ticket: Callable[..., Ticket]
) -> None:
    def greet(work):
        ticket = work.tickets.add(a_ticket())
        for name, at in [("late", NOW), ("early", NOW - MINUTE), ("old", NOW - 9 * MINUTE)]:
            number = work.inbox.arrive(arrival(name, at, raw=name.encode()))
            work.inbox.settle(number, Outcome.GREETING, person=ada.id, text=f"hi {name}")
        return ticket.id

    ticket = await store.write(greet)

    async def waiting(channel: str = "slack") -> list[Arrival]:
        since = NOW - 5 * MINUTE
        return await store.read(lambda work: work.inbox.greetings(ada.id, channel, since))

    early, late = await waiting()
    assert late == replace(
        arrival("late", raw=b"late"),
        id=late.id,
        person=ada.id,
        outcome=Outcome.GREETING,
        text="hi late",
    )
    assert early.external_id == "early"
    assert await waiting("email") == []
    await store.write(lambda work: work.inbox.settle(early.id, Outcome.REPLY, ticket=ticket))
    await store.write(lambda work: work.inbox.settle(late.id, Outcome.GREETING, ticket=ticket))
    assert await waiting() == []


async def test_letters_of_one_lane_leave_one_after_the_other(store: Database) -> None:
    a1, a2, b1 = await queue(store, letter("a"), letter("a"), letter("b"))
    assert await claim(store) == [a1, b1]
    assert await claim(store) == []
    await store.write(lambda work: work.outbox.sent(a1, ExternalId("x"), NOW))
    assert await claim(store) == [a2]
    await store.write(lambda work: work.outbox.give_up(b1, "gone", NOW))
    assert await queue(store, letter("b")) == await claim(store)


async def test_a_claim_takes_no_more_than_its_limit_and_the_longest_due_first(
    store: Database,
) -> None:
    first, second, third = await queue(store, letter("a"), letter("b"), letter("c"))
    assert await claim(store, lanes=2) == [first, second]
    assert await claim(store, lanes=2) == [third]


async def test_a_letter_of_the_future_holds_up_its_lane_alone(store: Database) -> None:
    later, _, other = await queue(
        store, letter("a", not_before=NOW + MINUTE), letter("a"), letter("b")
    )
    assert await claim(store) == [other]
    due = await store.read(lambda work: work.outbox.next_due("slack"))
    assert due == NOW + MINUTE
    assert await claim(store, NOW + MINUTE) == [later, other]


async def test_a_run_is_taken_from_the_start_of_each_lane(store: Database) -> None:
    a1, b1, a2, a3, b2, a4 = await queue(store, *map(letter, "abaaba"))
    assert await claim(store, run=3) == [a1, b1, a2, a3, b2]
    assert await claim(store, run=3) == []
    for number in (a1, a2, a3):
        await store.write(lambda work, n=number: work.outbox.sent(n, ExternalId(f"{n}"), NOW))
    assert await claim(store, run=3) == [a4]


async def test_a_run_ends_before_a_letter_that_is_not_due(store: Database) -> None:
    first, _, _ = await queue(store, letter(), letter(not_before=NOW + MINUTE), letter())
    assert await claim(store, run=3) == [first]


async def test_what_was_claimed_and_not_tried_is_given_back_as_it_was(store: Database) -> None:
    numbers = await queue(store, letter(), letter())
    assert await claim(store, run=2) == numbers
    await store.write(lambda work: work.outbox.give_back("me", numbers[1:]))
    assert await claim(store, run=2) == []  # its first is still under way
    await store.write(lambda work: work.outbox.sent(numbers[0], ExternalId("x"), NOW))
    (again,) = await store.write(
        lambda work: work.outbox.claim("slack", "me", NOW, MINUTE, lanes=1, run=2)
    )
    assert (again.id, again.attempts) == (numbers[1], 1)


async def test_a_lease_that_is_renewed_does_not_run_out(store: Database) -> None:
    (number,) = await queue(store, letter())
    await claim(store)
    await store.write(lambda work: work.outbox.renew("me", [number], NOW + 2 * MINUTE))
    assert await claim(store, NOW + MINUTE) == []
    assert await claim(store, NOW + 2 * MINUTE, worker="other") == [number]


async def test_a_courier_who_was_thought_dead_has_no_say_in_what_another_claimed(
    store: Database,
) -> None:
    (number,) = await queue(store, letter())
    await claim(store)
    assert await claim(store, NOW + MINUTE, worker="other") == [number]
    await store.write(lambda work: work.outbox.renew("me", [number], NOW + 9 * MINUTE))
    await store.write(lambda work: work.outbox.give_back("me", [number]))
    assert await claim(store, NOW + MINUTE) == []
    assert await claim(store, NOW + 2 * MINUTE) == [number]


async def test_a_letter_whose_courier_died_is_due_again(store: Database) -> None:
    (number,) = await queue(store, letter())
    assert await claim(store) == [number]
    assert await claim(store, NOW + MINUTE - timedelta(microseconds=1)) == []
    (again,) = await store.write(
        lambda work: work.outbox.claim("slack", "other", NOW + MINUTE, MINUTE, lanes=1, run=1)
    )
    assert (again.id, again.attempts, again.state) == (number, 2, Delivery.SENDING)


async def test_a_postponed_letter_waits_until_its_moment(store: Database) -> None:
    (number,) = await queue(store, letter())
    await claim(store)
    await store.write(lambda work: work.outbox.postpone(number, NOW + MINUTE, "busy"))
    assert await claim(store) == []
    assert await claim(store, NOW + MINUTE) == [number]


async def test_nobody_can_take_back_what_the_network_has(store: Database) -> None:
    (number,) = await queue(store, letter())
    await claim(store)
    await store.write(lambda work: work.outbox.sent(number, ExternalId("x"), NOW))
    await store.write(lambda work: work.outbox.postpone(number, NOW + MINUTE, "late news"))
    assert await store.read(lambda work: work.outbox.next_due("slack")) is None
    told = await store.write(lambda work: work.outbox.give_up(number, "late news", NOW))
    assert (told.state, told.error) == (Delivery.SENT, "")


async def test_a_sent_letter_is_one_of_its_tickets_messages(
    store: Database, ada: Person, a_ticket: Callable[..., Ticket]
) -> None:
    ticket = await store.write(lambda work: work.tickets.add(a_ticket()).id)
    with_ticket, without = await queue(
        store, letter("a", ticket=ticket, person=ada.id), letter("b")
    )
    x, y = ExternalId("x"), ExternalId("y")
    await store.write(lambda work: work.outbox.sent(with_ticket, x, NOW))
    await store.write(lambda work: work.outbox.sent(without, y, NOW))
    assert await store.read(lambda work: work.tickets.of_messages("slack", [y, x])) == ticket
    assert await store.read(lambda work: work.tickets.thread_with(ticket, "slack", ada.id)) == (x,)
    (kept,) = await store.read(lambda work: work.outbox.of_ticket(ticket))
    assert (kept.state, kept.external_id, kept.sent_at) == (Delivery.SENT, x, NOW)


async def test_a_bounce_finds_its_letter(store: Database) -> None:
    (number,) = await queue(store, letter())
    x = ExternalId("x")
    await store.write(lambda work: work.outbox.sent(number, x, NOW))
    back = await store.write(lambda work: work.outbox.bounced("slack", x, "no such user"))
    assert back is not None
    assert (back.id, back.state, back.error) == (number, Delivery.BOUNCED, "no such user")
    assert await store.write(lambda work: work.outbox.bounced("email", x, "")) is None


async def test_the_states_are_counted(store: Database) -> None:
    a, b, c, _, e = await queue(store, *(letter(lane) for lane in "abcde"))
    await claim(store, lanes=3)
    await store.write(lambda work: work.outbox.sent(a, ExternalId("x"), NOW))
    await store.write(lambda work: work.outbox.give_up(b, "", NOW))
    await store.write(lambda work: work.outbox.withdraw([e]))
    assert await store.read(lambda work: work.outbox.states()) == {
        Delivery.SENT: 1,
        Delivery.FAILED: 1,
        Delivery.SENDING: 1,
        Delivery.WAITING: 1,
        Delivery.BOUNCED: 0,
        Delivery.WITHDRAWN: 1,
    }
    assert c


async def test_a_mistake_of_ours_is_counted_until_it_is_mended(store: Database) -> None:
    item = Quarantined(
        channel="email", external_id=ExternalId("a"), at=NOW, error="E1", raw=b"raw", context="in"
    )
    second = replace(item, error="E2", raw=b"other", at=NOW + MINUTE)
    assert await store.write(lambda work: work.quarantine.stumble(item)) == 1
    assert await store.write(lambda work: work.quarantine.stumble(second)) == 2
    assert await store.read(lambda work: work.quarantine.list()) == []
    arrival = Arrival(channel="email", external_id=ExternalId("a"), at=NOW)
    number = await store.write(lambda work: work.inbox.arrive(arrival))
    await store.write(lambda work: work.inbox.settle(number, Outcome.QUARANTINE))
    (waiting,) = await store.read(lambda work: work.quarantine.list())
    assert waiting == replace(item, id=waiting.id, raw=b"", error="E2", attempts=2)
    whole = await store.read(lambda work: work.quarantine.get(waiting.id))
    assert whole == replace(waiting, raw=b"raw")
    await store.write(lambda work: work.inbox.settle(number, Outcome.ASIDE))
    assert await store.read(lambda work: work.quarantine.list()) == []
    assert await store.read(lambda work: work.quarantine.get(99)) is None


async def test_a_cursor_keeps_the_last_place(store: Database) -> None:
    assert await store.read(lambda work: work.cursors.load("C1")) == ""
    for place in ("1", "2"):
        await store.write(lambda work, p=place: work.cursors.save("C1", p))
    assert await store.read(lambda work: work.cursors.load("C1")) == "2"
