"""Tickets through every change there is, in any order, beside a plain model of what may happen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.model import moving
from bot.model import ticket as change
from bot.model.entry import Event, Message, Note, What
from bot.model.message import Address
from bot.model.refused import Refused
from bot.model.ticket import Change, Status, Ticket, may_reopen
from bot.model.triage import Kind, Priority

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REQUESTER, AGENTS = 1, (2, 3)
HOUR = timedelta(hours=1)
NUMBERS, AGENT = st.integers(1, 3), st.sampled_from(AGENTS)


def new_ticket(number: int = 1) -> Ticket:
    return Ticket(
        requester=REQUESTER,
        subject="Chair",
        summary="My chair is broken",
        kind=Kind.INCIDENT,
        priority=Priority.NORMAL,
        conversation=Address("mail", "help"),
        opened_at=NOW,
        updated_at=NOW,
        id=number,
    )


class Tickets(RuleBasedStateMachine):
    """Three tickets, two agents, and a clock that goes on."""

    @initialize()
    def open(self) -> None:
        self.now = NOW
        self.tickets = {number: new_ticket(number) for number in (1, 2, 3)}

    @rule(number=NUMBERS, agent=AGENT)
    def claim(self, number: int, agent: int) -> None:
        free = self.is_going(number) and self.tickets[number].assignee is None
        kept = self.tries(free, number, lambda each: change.claim(each, agent, self.now, "mail"))
        assert not kept or (kept.assignee, kept.status is Status.NEW) == (agent, False)

    @rule(number=NUMBERS, agent=AGENT)
    def release(self, number: int, agent: int) -> None:
        held = self.is_going(number) and self.tickets[number].assignee is not None
        kept = self.tries(held, number, lambda each: change.release(each, agent, self.now, "mail"))
        assert not kept or kept.assignee is None

    @rule(number=NUMBERS, to=AGENT, by=AGENT)
    def assign(self, number: int, to: int, by: int) -> None:
        other = self.is_going(number) and self.tickets[number].assignee != to
        kept = self.tries(other, number, lambda each: change.assign(each, to, by, self.now, "mail"))
        assert not kept or kept.assignee == to

    @rule(number=NUMBERS, agent=AGENT)
    def ask(self, number: int, agent: int) -> None:
        going = self.is_going(number)
        kept = self.tries(
            going, number, lambda each: change.ask(each, "Which?", agent, self.now, "mail")
        )
        assert not kept or kept.status is Status.WAITING

    @rule(number=NUMBERS, agent=AGENT, hours=st.integers(-2, 5))
    def hold(self, number: int, agent: int, hours: int) -> None:
        until = self.now + hours * HOUR
        ahead = self.is_going(number) and hours > 0
        kept = self.tries(
            ahead, number, lambda each: change.hold(each, until, "", agent, self.now, "mail")
        )
        assert not kept or (kept.status, kept.held_until) == (Status.HELD, until)

    @rule(number=NUMBERS)
    @precondition(lambda self: any(t.status is Status.HELD for t in self.tickets.values()))
    def wake(self, number: int) -> None:
        held = [each.id for each in self.tickets.values() if each.status is Status.HELD]
        chosen = held[number % len(held)]
        kept = self.tries(True, chosen, lambda each: change.wake(each, self.now))
        assert kept
        assert kept.status in (Status.OPEN, Status.NEW)

    @rule(number=NUMBERS, revives=st.booleans())
    def say(self, number: int, revives: bool) -> None:
        before = self.tickets[number].status
        words = Message(what=What.SAID, text="More", at=self.now, by=REQUESTER)
        kept = self.tries(True, number, lambda each: change.said(each, words, revives=revives))
        assert kept
        if not revives or before.is_done:
            assert kept.status is before
        assert not (revives and kept.status in (Status.WAITING, Status.HELD))

    @rule(number=NUMBERS, agent=AGENT)
    def reply(self, number: int, agent: int) -> None:
        before = self.tickets[number]
        words = Message(what=What.REPLIED, text="So", at=self.now, by=agent)
        kept = self.tries(True, number, lambda each: change.replied(each, words))
        assert kept
        assert kept.first_answer_at == (before.first_answer_at or self.now)
        assert kept.status.is_done is before.status.is_done

    @rule(number=NUMBERS, agent=AGENT)
    def note(self, number: int, agent: int) -> None:
        before = self.tickets[number]
        words = Note(text="Hm", at=self.now, by=agent)
        kept = self.tries(True, number, lambda each: change.told(each, words))
        same = replace(before, version=before.version + 1, updated_at=self.now)
        assert kept == same

    @rule(number=NUMBERS, agent=AGENT, priority=st.sampled_from(Priority))
    def weigh(self, number: int, agent: int, priority: Priority) -> None:
        other = self.is_going(number) and self.tickets[number].priority is not priority
        kept = self.tries(
            other, number, lambda each: change.set_priority(each, priority, agent, self.now, "mail")
        )
        assert not kept or kept.priority is priority

    @rule(number=NUMBERS, agent=AGENT, kind=st.sampled_from(Kind))
    def sort(self, number: int, agent: int, kind: Kind) -> None:
        other = self.tickets[number].kind is not kind
        kept = self.tries(
            other, number, lambda each: change.set_kind(each, kind, agent, self.now, "mail")
        )
        assert not kept or kept.kind is kind

    @rule(number=NUMBERS, agent=AGENT)
    def resolve(self, number: int, agent: int) -> None:
        going = self.is_going(number)
        kept = self.tries(
            going, number, lambda each: change.resolve(each, "So.", agent, self.now, "mail")
        )
        assert not kept or (kept.status, kept.resolved_at) == (Status.RESOLVED, self.now)

    @rule(number=NUMBERS)
    def close(self, number: int) -> None:
        unclosed = self.tickets[number].status is not Status.CLOSED
        kept = self.tries(unclosed, number, lambda each: change.close(each, None, self.now, ""))
        assert not kept or kept.status is Status.CLOSED

    @rule(number=NUMBERS)
    def reopen(self, number: int) -> None:
        ticket = self.tickets[number]
        done = ticket.status.is_done and ticket.merged_into is None
        kept = self.tries(
            done, number, lambda each: change.reopen(each, REQUESTER, self.now, "mail")
        )
        assert not kept or kept.resolved_at is None

    @rule(number=NUMBERS, into=NUMBERS, agent=AGENT)
    def merge(self, number: int, into: int, agent: int) -> None:
        one, other = self.tickets[number], self.tickets[into]
        free = number != into and one.merged_into is None and self.is_going(into)
        try:
            ended, grown = moving.merge(one, other, agent, self.now, "mail")
        except Refused:
            assert not free
            return
        assert free
        self.keep(ended)
        self.keep(grown)
        assert self.tickets[number].merged_into == into

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    @invariant()
    def what_holds_of_each_ticket(self) -> None:
        for ticket in getattr(self, "tickets", {}).values():
            assert (ticket.held_until is not None) is (ticket.status is Status.HELD)
            assert (ticket.resolved_at is not None) is ticket.status.is_done
            assert (ticket.status is Status.NEW) <= (ticket.assignee is None)
            assert (ticket.status is Status.OPEN) <= (ticket.assignee is not None)
            assert (ticket.merged_into is not None) <= (ticket.status is Status.CLOSED)
            assert ticket.opened_at <= ticket.updated_at <= self.now
            assert not (may_reopen(ticket, self.now, HOUR) and ticket.merged_into)

    @invariant()
    def every_merge_has_an_end(self) -> None:
        for start in getattr(self, "tickets", {}):
            at, steps = start, 0
            while (target := self.tickets[at].merged_into) is not None:
                at, steps = target, steps + 1
                assert steps < len(self.tickets)

    def is_going(self, number: int) -> bool:
        ticket = self.tickets[number]
        return not ticket.status.is_done and ticket.merged_into is None

    def tries(self, allowed: bool, number: int, fn: Callable[[Ticket], Change]) -> Ticket | None:
        """The changed ticket; None when it was refused, which must be when the model says so."""
        try:
            made = fn(self.tickets[number])
        except Refused:
            assert not allowed
            return None
        assert allowed
        return self.keep(made)

    def keep(self, made: Change) -> Ticket:
        """Whatever changes, it is told by one entry and counted by the version."""
        before = self.tickets[made.ticket.id]
        assert made.ticket.version == before.version + 1
        assert (made.entry.ticket, made.entry.at) == (before.id, self.now)
        assert made.ticket.updated_at == self.now
        assert (before.first_answer_at is None) or (
            made.ticket.first_answer_at == before.first_answer_at
        )
        same = ("id", "requester", "opened_at", "conversation", "team", "language")
        assert all(getattr(before, name) == getattr(made.ticket, name) for name in same)
        self.tickets[before.id] = made.ticket
        return made.ticket


TestTickets = Tickets.TestCase
TestTickets.settings = settings(
    max_examples=300, stateful_step_count=40, deadline=None, derandomize=True
)


@pytest.mark.parametrize(
    ("days", "reopens"), [(0, True), (14, True), (14.1, False), (-1, True), (400, False)]
)
def test_new_words_reopen_within_the_window(days: float, reopens: bool) -> None:
    resolved = change.resolve(new_ticket(), "", 2, NOW, "mail").ticket
    later = NOW + timedelta(days=days)
    assert may_reopen(resolved, later, timedelta(days=14)) is reopens


def test_what_is_going_on_needs_no_reopening() -> None:
    assert not may_reopen(new_ticket(), NOW, timedelta(days=14))


def test_a_refusal_names_who_has_it() -> None:
    taken = change.claim(new_ticket(), 2, NOW, "mail").ticket
    with pytest.raises(Refused) as refused:
        change.claim(taken, 3, NOW, "mail")
    assert (refused.value.key, refused.value.values) == ("refused.claimed", {"person": 2})


def test_only_notes_are_notes() -> None:
    told = [
        change.claim(new_ticket(), 2, NOW, "mail").entry,
        change.resolve(new_ticket(), "", 2, NOW, "mail").entry,
        change.replied(new_ticket(), Message(what=What.REPLIED, text="", at=NOW, by=2)).entry,
    ]
    assert not [each for each in told if isinstance(each, Note)]
    assert isinstance(told[0], Event)
    assert isinstance(change.told(new_ticket(), Note(text="", at=NOW, by=2)).entry, Note)
