"""What is held for undoing holds back what follows it in the same ticket, and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from bot.model.mailroom import Delivery, Letter, reader_lane
from bot.model.message import Address, ExternalId
from bot.model.person import Person, Proof
from storage.database import open_engine
from storage.pen import Pen
from storage.work import Work

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HELD = 4  # seconds
ALL = timedelta(minutes=1)
TICKETS = (1, 2, 3)


@dataclass(frozen=True)
class Said:
    """A letter to one reader, a second after the one before."""

    ticket: int | None
    held: bool


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('book')}/desk.db")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        book = Work(Pen(connection))
        book.people.add(Person("Ana"), "slack", "U", Proof.CHANNEL, NOW)
        yield book
        connection.rollback()
    engine.dispose()


def queue(work, said: Said, at: int, *, parted: bool = True, lane_of: int | None = None) -> int:
    """Queue a letter as the scribe does, with answers held for a while or all lanes one."""
    now = NOW + at * SECOND
    matter = (lane_of or said.ticket) if parted else None
    letter = Letter(
        to=Address("slack", "C"),
        recipient="U",
        lane=reader_lane("slack", "U", matter),
        text="",
        created_at=now,
        not_before=now + HELD * SECOND if said.held else None,
        person=1,
        ticket=said.ticket,
    )
    return work.outbox.queue(letter).id


def leaves(work, second: int) -> list[int]:
    """The letters that leave then, in their order."""
    left = []
    now = NOW + second * SECOND
    while taken := work.outbox.claim("slack", "me", now, ALL, lanes=2, run=2):
        for each in taken:
            work.outbox.sent(each.id, ExternalId(str(each.id)), now)
            left.append(each.id)
    return left


def expected(letters: list[Said]) -> list[int]:
    """The second at which each leaves: its own, or that of one before it in its ticket."""
    own = [at + HELD * each.held for at, each in enumerate(letters)]
    return [
        max(
            due
            for before, (other, due) in enumerate(zip(letters, own, strict=True))
            if before == at or (before < at and other.ticket == each.ticket)
        )
        for at, each in enumerate(letters)
    ]


def letters() -> st.SearchStrategy[list[Said]]:
    of_tickets = st.builds(Said, st.sampled_from(TICKETS), st.booleans())
    return st.lists(of_tickets | st.just(Said(None, held=False)), max_size=12)


@effort(max_examples=60, deadline=None)
@given(letters())
def test_within_a_ticket_in_order_and_nothing_of_another_waits(work, said):
    left: dict[int, int] = {}
    order, numbers = [], []
    for second in range(len(said) + HELD + 1):
        if second < len(said):
            numbers.append(queue(work, said[second], second))
        for number in leaves(work, second):
            left[number] = second
            order.append(number)
    assert [left[number] for number in numbers] == expected(said)
    for ticket in TICKETS:
        of_ticket = [n for n, each in zip(numbers, said, strict=True) if each.ticket == ticket]
        assert [number for number in order if number in of_ticket] == of_ticket


@effort(max_examples=60, deadline=None)
@given(letters(), letters(), st.booleans())
def test_the_order_stays_where_the_setting_changes_meanwhile(work, before, after, parted):
    numbers = [queue(work, each, 0, parted=not parted) for each in before]
    work.outbox.part_lanes(by_ticket=parted)
    work.outbox.part_lanes(by_ticket=parted)  # and again at the next start
    numbers += [queue(work, each, 0, parted=parted) for each in after]
    order = [*leaves(work, 0), *leaves(work, HELD)]
    said = [*before, *after]
    for ticket in TICKETS:
        of_ticket = [n for n, each in zip(numbers, said, strict=True) if each.ticket == ticket]
        assert [number for number in order if number in of_ticket] == of_ticket


def test_what_was_merged_is_one_matter_with_what_it_goes_on_in(work):
    first = queue(work, Said(2, held=True), 0)
    other = queue(work, Said(3, held=True), 0)
    work.outbox.join_lanes(2, 1)
    second = queue(work, Said(2, held=False), 0, lane_of=1)
    third = queue(work, Said(1, held=False), 0)
    free = queue(work, Said(None, held=False), 0)
    assert leaves(work, 0) == [free]
    left = leaves(work, HELD)
    assert [number for number in left if number != other] == [first, second, third]
    assert work.outbox.get(other).state is Delivery.SENT
