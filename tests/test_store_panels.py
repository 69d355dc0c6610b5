"""Panels in the outbox: one row each, posted once and then redrawn, whatever happens meanwhile."""

from datetime import timedelta

import pytest
from clock import Clock

from bot.model.mailroom import Delivery, Letter
from bot.model.message import Address, ExternalId, Shows
from bot.room import home_of

ROOM = Address("slack", "C9")
LEASE = timedelta(seconds=20)
SECOND = timedelta(seconds=1)
NOW = Clock.now


@pytest.fixture
async def ticket(store, ada, a_ticket) -> int:
    kept = await store.write(lambda work: work.tickets.add(a_ticket(requester=ada.id)))
    return kept.id


def card(ticket: int, at=NOW, pause: timedelta | None = None) -> Letter:
    return Letter(
        to=ROOM,
        recipient="",
        lane=f"slack:C9:{ticket}",
        text="",
        created_at=at,
        not_before=at + pause if pause else None,
        ticket=ticket,
        shows=Shows.CARD,
    )


def below(ticket: int, at=NOW) -> Letter:
    return Letter(
        to=ROOM,
        recipient="",
        lane=f"slack:C9:{ticket}",
        text="below",
        created_at=at,
        ticket=ticket,
        under_card=True,
    )


async def claim(store, at) -> list[Letter]:
    return await store.write(
        lambda work: work.outbox.claim("slack", "me", at, LEASE, lanes=9, run=9)
    )


async def show(store, letter: Letter) -> None:
    await store.write(lambda work: work.outbox.show(letter))


async def sent(store, letter: Letter, at=NOW) -> None:
    await store.write(lambda work: work.outbox.sent(letter.id, ExternalId("C9:1"), at))


async def test_a_card_is_one_row_however_often_it_is_shown(store, ticket):
    for _ in range(3):
        await show(store, card(ticket))
    cards = await store.read(lambda work: work.outbox.panels(ticket=ticket))
    assert len(cards) == 1
    (taken,) = await claim(store, NOW)
    assert taken.external_id is None
    await sent(store, taken)
    await show(store, card(ticket, NOW + SECOND))
    (again,) = await claim(store, NOW + SECOND)
    assert (again.id, again.external_id, again.attempts) == (taken.id, "C9:1", 1)


async def test_a_change_while_it_is_being_sent_is_drawn_afterwards(store, ticket):
    await show(store, card(ticket))
    (taken,) = await claim(store, NOW)
    await show(store, card(ticket, NOW + SECOND))
    assert await claim(store, NOW + SECOND) == []
    await sent(store, taken)
    (again,) = await claim(store, NOW + SECOND)
    assert (again.external_id, again.attempts) == ("C9:1", 1)
    await sent(store, again)
    assert await claim(store, NOW + SECOND) == []


async def test_several_changes_leave_together_when_the_first_is_due(store, ticket):
    await show(store, card(ticket))
    await sent(store, (await claim(store, NOW))[0])
    pause = timedelta(milliseconds=200)
    for step in range(4):
        await show(store, card(ticket, NOW + SECOND + step * pause / 5, pause))
    assert await claim(store, NOW + SECOND + pause / 2) == []
    assert len(await claim(store, NOW + SECOND + pause)) == 1


async def test_what_stands_below_waits_for_its_card_also_after_a_crash(store, ticket):
    await show(store, card(ticket))
    await store.write(lambda work: work.outbox.queue(below(ticket)))
    await show(store, card(ticket, NOW + SECOND, SECOND))
    first = await claim(store, NOW)
    assert [each.shows for each in first] == [Shows.CARD, Shows.WORDS]
    later = NOW + LEASE + SECOND
    again = await claim(store, later)  # the courier died, and its lease is over
    assert [each.shows for each in again] == [Shows.CARD, Shows.WORDS]
    assert again[0].attempts == 2
    assert again[0].external_id is None


async def test_one_that_failed_keeps_its_pause_when_it_changes(store, ticket):
    await show(store, card(ticket))
    (taken,) = await claim(store, NOW)
    until = NOW + timedelta(minutes=1)
    await store.write(lambda work: work.outbox.postpone(taken.id, until, "busy"))
    await show(store, card(ticket, NOW + SECOND))
    assert await claim(store, NOW + 2 * SECOND) == []
    assert len(await claim(store, until)) == 1


async def test_one_that_was_given_up_is_tried_anew_with_the_next_change(store, ticket):
    await show(store, card(ticket))
    (taken,) = await claim(store, NOW)
    await store.write(lambda work: work.outbox.give_up(taken.id, "gone", NOW))
    assert await claim(store, NOW + SECOND) == []
    await show(store, card(ticket, NOW + SECOND))
    (again,) = await claim(store, NOW + SECOND)
    assert again.attempts == 1
    states = await store.read(lambda work: work.outbox.states())
    assert states[Delivery.FAILED] == 0


async def test_each_page_of_a_person_is_a_row_of_its_own(store, ada):
    place = Address("slack", "")
    for recipient in ("U1", "U2", "U1"):
        await show(store, home_of(place, recipient, ada.id, NOW))
    homes = await store.read(lambda work: work.outbox.homes([ada.id]))
    assert [each.recipient for each in homes] == ["U1", "U2"]
    assert await store.read(lambda work: work.outbox.homes([])) == []


async def test_two_rooms_have_two_cards(store, ticket):
    await show(store, card(ticket))
    other = Letter(
        to=Address("slack", "C8"),
        recipient="",
        lane=f"slack:C8:{ticket}",
        text="",
        created_at=NOW,
        ticket=ticket,
        shows=Shows.CARD,
    )
    await show(store, other)
    cards = await store.read(lambda work: work.outbox.panels(ticket=ticket))
    assert [each.to.room for each in cards] == ["C9", "C8"]
