"""The outbox under every order of events, and under several couriers at once."""

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.model.mailroom import Delivery, Letter
from bot.model.message import Address, ExternalId
from storage import Database
from storage.database import open_engine
from storage.pen import Pen
from storage.work import Work

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
LANES = st.sampled_from(["a", "b", "c"])


@dataclass
class Sheet:
    """A letter as the plain model knows it."""

    number: int
    lane: str
    due: datetime
    first_due: datetime
    state: Delivery = Delivery.WAITING


class Outgoing(RuleBasedStateMachine):
    """The outbox against a list in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="deskmate-")
        self.engine = open_engine(f"sqlite:///{self.folder.name}/desk.db")
        self.connection = self.engine.connect()
        self.outbox = Work(Pen(self.connection)).outbox
        self.now = NOW
        self.sheets: list[Sheet] = []

    def teardown(self) -> None:
        self.connection.close()
        self.engine.dispose()
        self.folder.cleanup()

    @rule(lane=LANES, wait=st.sampled_from([None, 30, 90]))
    def queue(self, lane: str, wait: int | None) -> None:
        later = None if wait is None else self.now + timedelta(seconds=wait)
        letter = Letter(
            to=Address("slack", "C"),
            recipient="U",
            lane=lane,
            text="",
            created_at=self.now,
            not_before=later,
        )
        due = later or self.now
        self.sheets.append(Sheet(self.outbox.queue(letter).id, lane, due, due))

    @rule(lanes=st.integers(1, 3), run=st.integers(1, 3))
    def claim(self, lanes: int, run: int) -> None:
        heads = {one.lane: one for one in reversed(self.unfinished())}.values()
        due = sorted((one.due, one.number, one.lane) for one in heads if one.due <= self.now)
        expected: list[Sheet] = []
        for _, _, lane in due[:lanes]:
            queue = [one for one in self.unfinished() if one.lane == lane]
            expected += takewhile(lambda one: one.due <= self.now, queue[:run])
        taken = self.outbox.claim("slack", "me", self.now, LEASE, lanes=lanes, run=run)
        numbers = sorted(sheet.number for sheet in expected)
        assert [letter.id for letter in taken] == numbers
        for sheet in expected:
            sheet.state, sheet.due = Delivery.SENDING, self.now + LEASE

    @rule(seconds=st.sampled_from([1, 30, 61]))
    def time_passes(self, seconds: int) -> None:
        """With 61 seconds each lease runs out, as if every courier had died."""
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.sheets)
    @rule(
        data=st.data(), what=st.sampled_from(["sent", "postpone", "give_up", "renew", "give_back"])
    )
    def news(self, data: st.DataObject, what: str) -> None:
        """A courier comes back, perhaps one who was thought dead."""
        sheet = data.draw(st.sampled_from(self.sheets))
        unfinished = sheet in self.unfinished()
        if what == "sent":
            self.outbox.sent(sheet.number, ExternalId(str(sheet.number)), self.now)
            sheet.state = Delivery.SENT
        elif what == "renew":
            self.outbox.renew("me", [sheet.number], self.now + LEASE)
            if sheet.state is Delivery.SENDING:
                sheet.due = self.now + LEASE
        elif what == "give_back":
            self.outbox.give_back("me", [sheet.number])
            if sheet.state is Delivery.SENDING:
                sheet.state, sheet.due = Delivery.WAITING, sheet.first_due
        elif what == "postpone":
            until = self.now + timedelta(seconds=30)
            self.outbox.postpone(sheet.number, until, "busy")
            if unfinished:
                sheet.state, sheet.due, sheet.first_due = Delivery.WAITING, until, until
        else:
            self.outbox.give_up(sheet.number, "no", self.now)
            if unfinished:
                sheet.state = Delivery.FAILED

    @invariant()
    def nothing_is_lost(self) -> None:
        states = self.outbox.states()
        for state in Delivery:
            assert states[state] == sum(sheet.state is state for sheet in self.sheets)

    @invariant()
    def the_next_moment_is_known(self) -> None:
        heads = {one.lane: one for one in reversed(self.unfinished())}.values()
        expected = min((one.due for one in heads), default=None)
        assert self.outbox.next_due("slack") == expected

    def unfinished(self) -> list[Sheet]:
        going = (Delivery.WAITING, Delivery.SENDING)
        return [sheet for sheet in self.sheets if sheet.state in going]


Outgoing.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestOutbox = Outgoing.TestCase


async def test_no_letter_is_had_by_two_couriers_and_each_lane_keeps_its_order(
    store: Database, book_url: str
) -> None:
    others = [await Database.open(book_url) for _ in range(2)]

    def letter(n: int) -> Letter:
        return Letter(
            to=Address("slack", "C"), recipient="U", lane=str(n % 7), text="", created_at=NOW
        )

    await store.write(lambda work: [work.outbox.queue(letter(n)) for n in range(140)])
    sent: list[tuple[str, int]] = []

    def claimed(work: Work, name: str) -> list[Letter]:
        return work.outbox.claim("slack", name, NOW, LEASE, lanes=2, run=3)

    async def courier(book: Database, name: str) -> None:
        while len(sent) < 140:
            taken = await book.write(lambda work: claimed(work, name))
            for one in taken:
                assert one.attempts == 1
                sent.append((one.lane, one.id))
                await book.write(
                    lambda work, n=one.id: work.outbox.sent(n, ExternalId(str(n)), NOW)
                )
            await asyncio.sleep(0.001)

    async with asyncio.timeout(15), asyncio.TaskGroup() as couriers:
        for number, book in enumerate([store, *others, store]):
            couriers.create_task(courier(book, f"{number}"))
    assert len({number for _, number in sent}) == 140
    for lane in {lane for lane, _ in sent}:
        numbers = [number for each, number in sent if each == lane]
        assert numbers == sorted(numbers)
    for book in others:
        await book.close()
