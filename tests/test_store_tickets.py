"""Tickets and their history in the book, on each database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.model import ticket as change
from bot.model.attachment import Attachment
from bot.model.entry import Event, Message, Note, What
from bot.model.message import Address, ExternalId
from bot.model.person import Person, Proof
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind, Priority
from bot.store import Conflict, Work
from storage import Database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
THREAD = Address("slack", "C1", "171.1")
MakeTicket = Callable[..., Ticket]


async def numbers(store: Database, tickets: list[Ticket]) -> list[int]:
    return await store.write(lambda work: [work.tickets.add(ticket).id for ticket in tickets])


async def test_a_ticket_comes_back_as_it_was_kept(
    store: Database, ada: Person, a_ticket: MakeTicket
) -> None:
    first = await store.write(lambda work: work.tickets.add(a_ticket()))
    whole = Ticket(
        requester=ada.id,
        subject="Ñandú – 印刷",
        summary="a",
        kind=Kind.COMPLAINT,
        priority=Priority.URGENT,
        conversation=Address("email", "help@example.org", "<a@b>"),
        opened_at=NOW.replace(microsecond=123456),
        updated_at=NOW + HOUR,
        status=Status.HELD,
        level=3,
        team="net",
        assignee=ada.id,
        language="es",
        upset=True,
        first_answer_at=NOW + HOUR,
        resolved_at=NOW + 2 * HOUR,
        held_until=NOW + 3 * HOUR,
        merged_into=first.id,
        follows=first.id,
        version=7,
    )
    kept = await store.write(lambda work: work.tickets.add(whole))
    assert kept == replace(whole, id=kept.id)
    assert await store.read(lambda work: work.tickets.get(kept.id)) == kept
    assert await store.read(lambda work: work.tickets.get(first.id)) == first
    assert await store.read(lambda work: work.tickets.get(kept.id + 1)) is None


@pytest.mark.usefixtures("ada")
async def test_a_moment_of_another_zone_comes_back_in_utc(
    store: Database, a_ticket: MakeTicket
) -> None:
    madrid = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(HOUR))
    kept = await store.write(lambda work: work.tickets.add(a_ticket(at=madrid)))
    found = await store.read(lambda work: work.tickets.get(kept.id))
    assert found is not None
    assert found.opened_at == NOW
    assert found.opened_at.tzinfo is UTC


@pytest.mark.usefixtures("ada")
async def test_a_moment_without_a_zone_is_refused(store: Database, a_ticket: MakeTicket) -> None:
    with pytest.raises(Exception, match="without a zone"):
        await store.write(lambda work: work.tickets.add(a_ticket(at=NOW.replace(tzinfo=None))))


async def test_the_second_of_two_changes_of_one_version_is_a_conflict(
    store: Database, ada: Person, a_ticket: MakeTicket
) -> None:
    ticket = await store.write(lambda work: work.tickets.add(a_ticket()))
    claimed = change.claim(ticket, ada.id, NOW, "slack").ticket
    await store.write(lambda work: work.tickets.save(claimed))
    assert await store.read(lambda work: work.tickets.get(ticket.id)) == claimed
    tries = []

    def late(work: Work) -> None:
        tries.append(work)
        work.tickets.save(change.set_kind(ticket, Kind.REQUEST, 1, NOW, "slack").ticket)

    with pytest.raises(Conflict):
        await store.write(late)
    assert len(tries) == 3
    assert await store.read(lambda work: work.tickets.get(ticket.id)) == claimed


@pytest.mark.usefixtures("ada")
async def test_a_thread_has_one_open_ticket(store: Database, a_ticket: MakeTicket) -> None:
    done = a_ticket(conversation=THREAD, status=Status.RESOLVED, resolved_at=NOW)
    old, new = await numbers(store, [done, a_ticket(conversation=THREAD)])
    found = await store.read(lambda work: work.tickets.at(THREAD))
    assert found is not None
    assert found.id == new
    with pytest.raises(Conflict):
        await store.write(lambda work: work.tickets.add(a_ticket(conversation=THREAD)))
    with pytest.raises(Conflict):  # nor does a done one come back beside it
        await store.write(
            lambda work: work.tickets.save(
                change.reopen(replace(done, id=old), 1, NOW, "slack").ticket
            )
        )
    # A room without threads has as many as there are people.
    room = Address("discord", "D1")
    assert len(await numbers(store, [a_ticket(conversation=room)] * 2)) == 2
    assert await store.read(lambda work: work.tickets.at(room)) is None


@pytest.mark.usefixtures("ada")
async def test_at_finds_done_tickets_too_the_latest_first(
    store: Database, a_ticket: MakeTicket
) -> None:
    done = a_ticket(conversation=THREAD, status=Status.CLOSED)
    _, latest = await numbers(store, [done, done])
    found = await store.read(lambda work: work.tickets.at(THREAD))
    assert found is not None
    assert found.id == latest


@pytest.mark.usefixtures("ada")
async def test_the_lists_are_in_the_order_they_are_read_in(
    store: Database, a_ticket: MakeTicket
) -> None:
    low, urgent, old, done, other = await numbers(
        store,
        [
            a_ticket(priority=Priority.LOW, assignee=1, at=NOW - 5 * HOUR),
            a_ticket(priority=Priority.URGENT, assignee=1, at=NOW, team="net"),
            a_ticket(assignee=1, at=NOW - HOUR),
            a_ticket(assignee=1, at=NOW + HOUR, status=Status.CLOSED),
            a_ticket(at=NOW, team="print"),
        ],
    )

    async def ids(question: Callable[..., list[Ticket]]) -> list[int]:
        return [ticket.id for ticket in await store.read(question)]

    assert await ids(lambda work: work.tickets.of_assignee(1)) == [urgent, old, low]
    assert await ids(lambda work: work.tickets.of_requester(1)) == [other, urgent, old, low, done]
    assert await ids(lambda work: work.tickets.of_requester(1, limit=2)) == [other, urgent]
    assert await ids(lambda work: work.tickets.queue(["", "net"])) == [urgent, old, low]
    assert await ids(lambda work: work.tickets.queue(["", "net"], limit=2)) == [urgent, old]
    assert await ids(lambda work: work.tickets.queue(["nobody"])) == []
    assert await ids(lambda work: work.tickets.queue(["", "print"], unclaimed=True)) == [other]

    async def count(question: Callable[..., int]) -> int:
        return await store.read(question)

    assert await count(lambda work: work.tallies.queue(["", "net"])) == 3
    assert await count(lambda work: work.tallies.queue(["net", "net", "print"])) == 2
    assert await count(lambda work: work.tallies.queue(["", "print"], unclaimed=True)) == 1
    assert await count(lambda work: work.tallies.assigned(1)) == 3
    assert await count(lambda work: work.tallies.reported(1)) == 5
    assert await ids(lambda work: work.tickets.newest(2)) == [other, done]


@pytest.mark.usefixtures("ada")
async def test_the_last_ticket_of_somebody_on_a_channel(
    store: Database, a_ticket: MakeTicket
) -> None:
    mail = Address("email", "help@example.org", "<1>")
    first, last, _ = await numbers(
        store, [a_ticket(), a_ticket(at=NOW + HOUR), a_ticket(at=NOW + HOUR, conversation=mail)]
    )

    def latest(since: datetime, channel: str = "slack") -> Callable[..., Ticket | None]:
        return lambda work: work.tickets.latest_of(1, channel, since)

    found = await store.read(latest(NOW))
    assert found is not None
    assert found.id == last != first
    assert await store.read(latest(NOW + 2 * HOUR)) is None
    assert await store.read(latest(NOW, "discord")) is None


@pytest.mark.usefixtures("ada")
async def test_what_is_due_and_nothing_else_is_woken_and_closed(
    store: Database, a_ticket: MakeTicket
) -> None:
    late, soon, _, resolved, _ = await numbers(
        store,
        [
            a_ticket(status=Status.HELD, held_until=NOW),
            a_ticket(status=Status.HELD, held_until=NOW - HOUR),
            a_ticket(status=Status.HELD, held_until=NOW + HOUR),
            a_ticket(status=Status.RESOLVED, resolved_at=NOW - HOUR),
            a_ticket(status=Status.RESOLVED, resolved_at=NOW),
        ],
    )
    waking = await store.read(lambda work: work.tickets.to_wake(NOW))
    assert [ticket.id for ticket in waking] == [soon, late]
    closing = await store.read(lambda work: work.tickets.to_close(NOW))
    assert [ticket.id for ticket in closing] == [resolved]


@pytest.mark.usefixtures("ada")
async def test_merged_tickets_are_found_at_any_depth(store: Database, a_ticket: MakeTicket) -> None:
    (root,) = await numbers(store, [a_ticket()])
    (child,) = await numbers(store, [a_ticket(merged_into=root)])
    deep = await numbers(store, [a_ticket(merged_into=child), a_ticket()])
    assert await store.read(lambda work: work.tickets.merged_into(root)) == [child, deep[0]]
    assert await store.read(lambda work: work.tickets.merged_into(deep[0])) == []


async def test_a_watcher_is_added_and_gone_once(
    store: Database, ada: Person, a_ticket: MakeTicket
) -> None:
    (number,) = await numbers(store, [a_ticket()])
    assert await store.write(lambda work: work.tickets.watch(number, ada.id))
    assert not await store.write(lambda work: work.tickets.watch(number, ada.id))
    assert await store.read(lambda work: work.tickets.watchers(number)) == [ada.id]
    assert await store.write(lambda work: work.tickets.unwatch(number, ada.id))
    assert not await store.write(lambda work: work.tickets.unwatch(number, ada.id))
    assert await store.read(lambda work: work.tickets.watchers(number)) == []


async def test_a_networks_messages_lead_to_their_ticket(
    store: Database, ada: Person, a_ticket: MakeTicket
) -> None:
    one, two = await numbers(store, [a_ticket(), a_ticket()])
    eve = await store.write(
        lambda work: work.people.add(Person("Eve"), "slack", "U2", Proof.CHANNEL, NOW)
    )
    a, b, c, unknown = (ExternalId(each) for each in ("a", "b", "c", "unknown"))

    def fill(work: Work) -> None:
        remember = work.tickets.remember
        remember("slack", b, one, person=ada.id, at=NOW + HOUR)
        remember("slack", a, one, person=ada.id, at=NOW)
        remember("slack", c, two, person=None, at=NOW)
        remember("slack", a, two, person=eve.id, at=NOW)  # too late: it belongs to the first

    await store.write(fill)
    of = await store.read(
        lambda work: [
            work.tickets.of_messages("slack", ids)
            for ids in ([unknown, c, a], [a, c], [unknown], [])
        ]
    )
    assert of == [two, one, None, None]
    assert await store.read(lambda work: work.tickets.of_messages("email", [a])) is None
    assert await store.read(lambda work: work.tickets.thread_with(one, "slack", ada.id)) == (a, b)
    assert await store.read(lambda work: work.tickets.thread_with(one, "slack", eve.id)) == ()


@pytest.mark.usefixtures("ada")
async def test_a_history_comes_back_whole_and_in_order(
    store: Database, a_ticket: MakeTicket
) -> None:
    (number,) = await numbers(store, [a_ticket()])
    file = Attachment("a.png", "image/png", 3, "0" * 64, inline=True, content_id="c", kept=False)
    entries = [
        Event(what=What.OPENED, at=NOW, by=1, ticket=number, reasons=("many: 'nobody'", "b")),
        Message(
            what=What.SAID,
            text="It doesn't print",
            at=NOW,
            by=1,
            channel="email",
            full_text="> It did",
            subject="Printer",
            attachments=(file, replace(file, name="b.png")),
            remarks=("masked",),
            ticket=number,
        ),
        Note(text="again", at=NOW, by=1, attachments=(file,), remarks=("x",), ticket=number),
        Event(what=What.HELD, at=NOW, by=None, old="a", new="b", words="Until noon", ticket=number),
    ]
    kept = await store.write(lambda work: [work.entries.add(entry) for entry in entries])
    assert await store.read(lambda work: work.entries.of(number)) == kept
    assert [entry.id for entry in kept] == sorted({entry.id for entry in kept})
    said = kept[1]
    assert isinstance(said, Message)
    assert len({file.id for file in said.attachments} - {0}) == 2


@pytest.mark.usefixtures("ada")
async def test_a_message_that_says_it_is_a_note_is_not_kept(
    store: Database, a_ticket: MakeTicket
) -> None:
    (number,) = await numbers(store, [a_ticket()])
    wrong = Message(what=What.NOTED, text="secret", at=NOW, by=1, ticket=number)
    with pytest.raises(ValueError, match="Message"):
        await store.write(lambda work: work.entries.add(wrong))
