"""Questions to the book that go through many tickets."""

from datetime import timedelta

import pytest
from clock import Clock

from bot.model.mailroom import Letter
from bot.model.message import Address, ExternalId, Shows
from bot.model.ticket import Status

NOW = Clock.now


@pytest.fixture
async def five(store, ada, a_ticket):
    """Tickets 1 to 5; the fifth is solved, the fourth went on in the first."""

    def lay(work) -> None:
        said = ("Impresión rota", "VPN down", "The VPN is slow", "VPN gone", "VPN solved")
        for place, summary in enumerate(said):
            work.tickets.add(
                a_ticket(
                    requester=ada.id,
                    summary=summary,
                    conversation=Address("slack", "C1", str(place)),
                    updated_at=NOW + timedelta(minutes=place),
                    status=Status.NEW if place < 3 else Status.CLOSED,
                    merged_into=1 if place == 3 else None,
                )
            )

    await store.write(lay)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("", [3, 2, 1, 5]),
        ("vpn", [3, 2, 5]),
        ("VPN slow", [3]),
        ("impresion ROTA", [1]),
        ("%", []),
        ("nothing", []),
        ("x" * 10_000, []),
    ],
)
async def test_tickets_are_found_by_words_of_their_summary(store, five, words, numbers):
    found = await store.read(lambda work: work.tickets.found(words, 20))
    assert [each.id for each in found] == numbers


async def test_no_more_are_found_than_asked_for(store, five):
    assert len(await store.read(lambda work: work.tickets.found("", 2))) == 2


async def test_threads_go_on_or_did_lately_and_cards_are_among_them(store, five):
    card = Letter(
        to=Address("slack", "C9"),
        recipient="",
        lane="c",
        text="",
        created_at=NOW,
        ticket=2,
        shows=Shows.CARD,
    )

    def lay(work) -> None:
        work.outbox.show(card)
        number = work.outbox.panels(ticket=2)[0].id
        work.outbox.sent(number, ExternalId("C9:77"), NOW)

    await store.write(lay)
    since = NOW + timedelta(minutes=4)
    threads = await store.read(lambda work: work.tickets.conversations("slack", since))
    known = [(each.room, each.thread) for each in threads]
    assert known == [
        ("C1", "4"),
        ("C1", "2"),
        ("C1", "1"),
        ("C9", "C9:77"),
        ("C1", "0"),
    ]
    assert await store.read(lambda work: work.tickets.conversations("mail", since)) == []
    assert len(await store.read(lambda work: work.tickets.conversations("slack", since, 2))) == 2


@pytest.mark.parametrize("number", [0, -1, 2**31 - 1, 2**31, 10**12])
async def test_a_number_that_no_ticket_has_finds_none(store, number):
    assert await store.read(lambda work: work.tickets.get(number)) is None
