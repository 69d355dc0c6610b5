"""Promises against a slow reference that looks at every minute, whatever happens to a ticket."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import promise as promises
from bot.model import ticket as change
from bot.model.calendar import Hours
from bot.model.entry import Message, What
from bot.model.message import Address
from bot.model.promise import REPORTED, Counting, Promise, follow, is_late, pauses
from bot.model.target import Calendar, Clock, Covers, Target, Targets, terms_of
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BEGIN = datetime(2026, 10, 23, 7, tzinfo=UTC)  # a Friday; clocks in Europe change on Sunday
MADRID, LORD_HOWE = ZoneInfo("Europe/Madrid"), ZoneInfo("Australia/Lord_Howe")
OFFICE = Calendar(
    "office",
    Hours(MADRID, {d: ((time(9), time(14)), (time(16), time(19))) for d in range(5)}),
    teams=("support",),
)
NIGHT = Calendar(
    "night",
    Hours(
        LORD_HOWE, {d: ((time(22), time(6)),) for d in range(7)}, frozenset([date(2026, 10, 24)])
    ),
    teams=("network",),
)
OWN = Calendar("", Hours(ZoneInfo("UTC")))
TARGETS = Targets(
    (
        Target(
            name="urgent",
            when=Covers(priority=(Priority.URGENT,)),
            first_answer=HOUR,
            next_answer=HOUR,
            news=3 * HOUR,
            solution=6 * HOUR,
        ),
        Target(name="low", when=Covers(priority=(Priority.LOW,)), solution=40 * HOUR),
        Target(
            name="all",
            first_answer=4 * HOUR,
            next_answer=5 * HOUR,
            news=9 * HOUR,
            solution=24 * HOUR,
        ),
    ),
    (OFFICE, NIGHT),
)
HOURS = {each.name: each.hours for each in (*TARGETS.calendars, OWN)}


def by_name(name: str) -> Hours:
    return HOURS[name]


hours = Counting(by_name)


def opened(at: datetime = BEGIN, **fields: object) -> Ticket:
    given = {"team": "support", "priority": Priority.NORMAL, "kind": Kind.INCIDENT, **fields}
    place = Address("email", "", "x")
    return Ticket(
        requester=1,
        subject="",
        summary="",
        conversation=place,
        opened_at=at,
        updated_at=at,
        waits_since=at,
        id=1,
        **given,
    )


def said(what: What, at: datetime, by: int) -> Message:
    return Message(what=what, text="x", at=at, by=by)


def moved(ticket: Ticket, at: datetime) -> Ticket:
    other = "network" if ticket.team == "support" else "support"
    return replace(ticket, team=other, updated_at=at)


DEEDS: dict[str, Callable[[Ticket, datetime], Ticket]] = {
    "answer": lambda x, at: change.replied(x, said(What.REPLIED, at, 2)).ticket,
    "ask": lambda x, at: change.ask(x, "?", 2, at, "").ticket,
    "say": lambda x, at: change.said(x, said(What.SAID, at, 1)).ticket,
    "hold": lambda x, at: change.hold(x, at + HOUR, "", 2, at, "").ticket,
    "wake": lambda x, at: change.wake(x, at).ticket if x.held_until else x,
    "resolve": lambda x, at: change.resolve(x, "", 2, at, "").ticket,
    "reopen": lambda x, at: change.reopen(x, 2, at, "").ticket,
    "urgent": lambda x, at: change.set_priority(x, Priority.URGENT, 2, at, "").ticket,
    "low": lambda x, at: change.set_priority(x, Priority.LOW, 2, at, "").ticket,
    "move": moved,
}


def done(ticket: Ticket, deed: str, at: datetime) -> Ticket:
    """The ticket after somebody did this; the same where they can't."""
    try:
        return DEEDS[deed](ticket, at)
    except change.Refused:
        return ticket


class Book:
    """A ticket and its promises, as the desk keeps them."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.kept: list[Promise] = []
        self._take(ticket.opened_at, answered=False)

    def does(self, deed: str, at: datetime) -> None:
        after = done(self.ticket, deed, at)
        if after is self.ticket:
            return
        self.ticket = after
        self._take(at, answered=deed in ("answer", "ask", "resolve"))

    def _take(self, at: datetime, *, answered: bool) -> None:
        agreed = TARGETS.agreed(terms_of(self.ticket), OWN)
        for each in [*follow(self.kept, self.ticket, agreed, at, hours, answered=answered)]:
            if each.id:
                self.kept[each.id - 1] = each
            else:
                self.kept.append(replace(each, id=len(self.kept) + 1))

    def going(self, clock: Clock) -> Promise | None:
        return next((x for x in self.kept if x.clock is clock and x.ended_at is None), None)


class Reference:
    """Counts each minute by itself: what counts is that the hour is open and nobody is awaited."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.solution = self.first = 0

    def minute(self, at: datetime) -> None:
        agreed = TARGETS.agreed(terms_of(self.ticket), OWN)
        resting = self.ticket.status in (change.Status.WAITING, change.Status.HELD)
        if self.ticket.status.is_done or resting or not agreed.calendar.hours.is_open(at):
            return
        self.solution += 1
        if self.ticket.first_answer_at is None and agreed.length(Clock.FIRST):
            self.first += 1

    def due(self, length: timedelta, at: datetime) -> datetime:
        """When so much is counted, if nothing happens any more."""
        agreed, counted = TARGETS.agreed(terms_of(self.ticket), OWN), self.solution
        while counted < length / MINUTE:
            counted += agreed.calendar.hours.is_open(at)
            at += MINUTE
        return at


@settings(derandomize=True, max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 600), st.sampled_from(sorted(DEEDS))), max_size=12),
    st.integers(0, 1440),
)
def test_what_counts_is_what_a_look_at_every_minute_counts(deeds, offset) -> None:
    at = BEGIN + offset * MINUTE
    book, slow = Book(opened(at)), Reference(opened(at))
    for wait, deed in deeds:
        for _ in range(wait):
            slow.minute(at)
            at += MINUTE
        book.does(deed, at)
        slow.ticket = book.ticket
    solutions = [each for each in book.kept if each.clock is Clock.SOLUTION]
    assert len(solutions) == 1
    assert solutions[0].counted(hours, at) == slow.solution * MINUTE
    going, last = book.going(Clock.SOLUTION), solutions[0].laps[-1]
    if going and going.counts:
        if going.due_at < at:
            assert slow.solution >= last.length / MINUTE
        else:
            assert going.due_at == slow.due(last.length, at)
    if book.ticket.status in (change.Status.WAITING, change.Status.HELD):
        assert all(each.due_at is None for each in book.kept if each.clock is not Clock.NEWS)
    for each in book.kept:
        assert (each.ended_at is None) is (book.going(each.clock) is each)
        assert all(a.until <= b.since for a, b in zip(each.laps, each.laps[1:], strict=False))
        rested = sum((end - start for start, end in pauses(each, at)), timedelta(0))
        ran = sum(((x.until or each.ended_at or at) - x.since for x in each.laps), timedelta(0))
        assert rested + ran == (each.ended_at or at) - each.since


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 2000), st.sampled_from(sorted(DEEDS))), max_size=8))
def test_each_step_comes_once_and_never_early(deeds) -> None:
    """A knock at each moment that is due, as the job does, whatever happens between."""
    at = BEGIN
    book, told = Book(opened(at)), []
    for wait, deed in [*deeds, (9000, "say")]:
        end = at + wait * MINUTE
        while True:
            knocks = [x for x in book.kept if x.knock_at is not None and x.knock_at <= end]
            if not knocks:
                break
            first = min(knocks, key=lambda each: each.knock_at)
            now = max(at, first.knock_at)
            step = first.passed(now, hours)
            assert step > first.step, "whoever knocks has something to tell"
            part = hours.steps[step - 1]
            assert first.counted(hours, now) >= part * first.laps[-1].length
            told.append((first.id, step))
            book.kept[first.id - 1] = first.told(step, hours)
        at = end
        book.does(deed, at)
    assert len(told) == len({*told})
    for each in book.kept:
        late = each.counted(hours, each.ended_at or at) > each.laps[-1].length
        if late and each.kept is not None:
            assert is_late(each)


def test_what_was_counted_before_stays_counted_when_a_ticket_becomes_urgent() -> None:
    book = Book(opened(datetime(2026, 10, 26, 8, tzinfo=UTC)))  # Monday, 9:00 in Madrid
    assert book.going(Clock.SOLUTION).due_at == datetime(2026, 10, 28, 18, tzinfo=UTC)
    book.does("urgent", datetime(2026, 10, 26, 12, tzinfo=UTC))
    going = book.going(Clock.SOLUTION)
    assert going.due_at == datetime(2026, 10, 26, 16, tzinfo=UTC)  # 4 h and, from 16:00 on, 2 more
    assert [lap.target for lap in going.laps] == ["all", "urgent"]
    first = book.going(Clock.FIRST)
    assert first.due_at == datetime(2026, 10, 26, 12, tzinfo=UTC)  # its hour was over already
    assert first.passed(first.due_at, hours) == REPORTED


def test_nothing_counts_while_the_requester_is_awaited() -> None:
    monday = datetime(2026, 10, 26, 8, tzinfo=UTC)
    book = Book(opened(monday))
    book.does("ask", monday + HOUR)
    assert book.going(Clock.SOLUTION).due_at is None
    assert [each.kept for each in book.kept if each.clock is Clock.FIRST] == [True]
    book.does("say", monday + 3 * HOUR)
    assert book.going(Clock.SOLUTION).due_at == datetime(2026, 10, 29, 10, tzinfo=UTC)
    assert [*pauses(book.going(Clock.SOLUTION), monday + 4 * HOUR)] == [
        (monday + HOUR, monday + 3 * HOUR)
    ]


def test_what_is_reopened_goes_on_where_it_stood() -> None:
    monday = datetime(2026, 10, 26, 8, tzinfo=UTC)
    book = Book(opened(monday))
    book.does("resolve", monday + 2 * HOUR)
    assert [each.kept for each in book.kept if each.clock is Clock.SOLUTION] == [True]
    book.does("reopen", monday + 26 * HOUR)
    going = book.going(Clock.SOLUTION)
    assert going.counted(hours, monday + 27 * HOUR) == 3 * HOUR
    assert book.going(Clock.NEXT) is None or book.going(Clock.FIRST) is None


def test_news_are_due_again_after_each_answer() -> None:
    monday = datetime(2026, 10, 26, 8, tzinfo=UTC)
    book = Book(opened(monday))
    assert book.going(Clock.NEWS) is None
    book.does("answer", monday + HOUR)
    assert book.going(Clock.NEWS).since == monday + HOUR
    book.does("answer", monday + 2 * HOUR)
    assert book.going(Clock.NEWS).since == monday + 2 * HOUR
    assert [each.kept for each in book.kept if each.clock is Clock.NEWS] == [True, None]


def test_what_nobody_promises_any_more_is_given_up_and_what_is_merged_too() -> None:
    monday = datetime(2026, 10, 26, 8, tzinfo=UTC)
    book = Book(opened(monday))
    book.does("low", monday + HOUR)
    assert [each.kept for each in book.kept if each.clock is Clock.FIRST] == [None]
    assert book.going(Clock.FIRST) is None
    other = replace(opened(monday), status=change.Status.CLOSED, merged_into=7)
    book.ticket = other
    book._take(monday + 2 * HOUR, answered=False)
    assert [each.kept for each in book.kept] == [None] * len(book.kept)


def test_a_calendar_without_a_day_promises_nothing_by_any_hour() -> None:
    never = Calendar("", Hours(MADRID, {0: ((time(2, 30), time(2, 31)),)}, holidays=None))
    shut = replace(
        never.hours, closed=frozenset(date(2026, 10, 1) + timedelta(n) for n in range(9000))
    )
    agreed = Targets((Target(name="x", solution=HOUR),)).agreed(
        terms_of(opened()), Calendar("", shut)
    )
    made = promises.begun(1, Clock.SOLUTION, agreed, BEGIN, Counting(lambda _: shut))
    assert (made.due_at, made.knock_at) == (None, None)
