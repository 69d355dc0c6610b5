"""The account of the year: what had to be told beside what was, none missing, none twice."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from benchmarks.year.endings import Endings
from benchmarks.year.notices import notices_told
from benchmarks.year.papers import reports_told
from benchmarks.year.play import Year
from benchmarks.year.reference import LATE, REPORTED, Always, Reckoning, tables
from benchmarks.year.row import Row, compared
from benchmarks.year.world import MAIL, SURVEY
from bot.model.entry import Entry, Event, What
from bot.model.mailroom import Delivery, Letter
from bot.model.message import Shows
from storage.letters import letter_of
from storage.tables import outbox
from storage.work import Work

_ROW = re.compile(r"^- IT-(\d+) · ([^:]+):", re.MULTILINE)
_HEADS = {
    "Half of the time": 1,
    "Little time is left": 2,
    "What we promised, and didn't keep": REPORTED,
}
_CLOCKS = {
    "first answer": "first_answer",
    "next answer": "next_answer",
    "news": "news",
    "solution": "solution",
}
_MARKS = "/rate 5", "/valorar 5"


@dataclass
class Book:
    """What the desk wrote down in the year."""

    entries: dict[int, list[Entry]]
    letters: list[Letter]


async def read(year: Year) -> Book:
    """All of it, ticket by ticket."""
    entries: dict[int, list[Entry]] = {}
    letters: list[Letter] = []
    for each in year.done:
        number = each.number

        def fn(work: Work, number: int = number) -> tuple[list[Entry], list[Letter]]:
            return work.entries.of(number), work.outbox.of_ticket(number)

        entries[number], own = await year.store.read(fn)
        letters += own
    beside = sa.select(outbox).where(outbox.c.ticket.is_(None)).order_by(outbox.c.id)
    rows = await year.store.read(lambda work: work.outbox.pen.run(beside).all())
    return Book(entries, [*letters, *map(letter_of, rows)])


def account(year: Year, book: Book) -> Iterator[Row]:
    """Each kind of word in turn."""
    minutes, always = dict(tables(year.ticks[-1])), Always()
    reckoned: dict[int, Reckoning] = {}
    for each in year.done:
        made = Reckoning(minutes[each.story.team], always, year.ticks)
        made.follow(each.deeds)
        reckoned[each.number] = made
    yield compared("acknowledged", list(reckoned), _to_requesters(book, What.OPENED))
    yield _apologies(reckoned, book)
    yield from _reminders(reckoned, book)
    yield _escalations(reckoned, book)
    yield compared(
        "woken",
        ((number, at) for number, x in reckoned.items() for at in x.woken),
        ((x.ticket, x.at) for x in _events(book, What.WOKEN)),
    )
    yield from _closed(year, book)
    yield _surveys(year, book)
    yield from notices_told(year, book.letters, minutes["support"])
    yield from reports_told(year, book.letters)
    yield from _delivered(year, book)


def _events(book: Book, what: What) -> Iterator[Event]:
    for entries in book.entries.values():
        for each in entries:
            if isinstance(each, Event) and each.what is what:
                yield each


def _to_requesters(book: Book, what: What) -> Iterator[int]:
    """The tickets whose requester got a letter about such an entry, each as often as they did."""
    told = {x.id: x for x in _events(book, what)}
    first = {number: _requester(entries) for number, entries in book.entries.items()}
    for each in book.letters:
        if each.entry in told and each.ticket and each.person == first[each.ticket]:
            yield each.ticket


def _requester(entries: list[Entry]) -> int | None:
    return next(each.by for each in entries if each.what is What.SAID)


def _apologies(reckoned: dict[int, Reckoning], book: Book) -> Row:
    due = (
        (number, each.clock, at)
        for number, x in reckoned.items()
        for each in x.promises
        for step, at in each.told
        if step == LATE
    )
    late = list(_events(book, What.LATE))
    sent = [(x.ticket, clock, x.at) for x in late for clock in x.old.split(",")]
    row = compared("owned up to what was broken", due, sent)
    letters = Counter(_to_requesters(book, What.LATE))
    wrong = {x.ticket for x in late} ^ letters.keys()
    row.missing += [f"no letter of IT-{each}" for each in wrong]
    return row


def _reminders(reckoned: dict[int, Reckoning], book: Book) -> Iterator[Row]:
    """Each step is told to somebody, and to nobody twice."""
    told: defaultdict[int, Counter[tuple[Any, ...]]] = defaultdict(Counter)
    for letter in book.letters:
        step = next((n for head, n in _HEADS.items() if head in letter.text), 0)
        for number, clock in _ROW.findall(letter.text) if step else ():
            to = letter.person or (letter.to.channel, letter.to.room)
            key = int(number), _CLOCKS[clock], letter.created_at
            told[step][(*key, to)] += 1
    for step, name in ((1, "at half"), (2, "at three quarters"), (REPORTED, "to who leads")):
        due = {
            (number, each.clock, at)
            for number, x in reckoned.items()
            for each in x.promises
            for n, at in each.told
            if n == step
        }
        row = compared(f"reminded {name}", due, {key[:3] for key in told[step]})
        row.beside += [f"twice: {key}" for key, count in told[step].items() if count > 1]
        yield row


def _escalations(reckoned: dict[int, Reckoning], book: Book) -> Row:
    due = (
        number
        for number, x in reckoned.items()
        for each in x.promises
        if each.clock == "solution" and any(step == REPORTED for step, _ in each.told)
    )
    return compared("escalated", due, (x.ticket for x in _events(book, What.ESCALATED)))


def _closed(year: Year, book: Book) -> Iterator[Row]:
    """What was solved is closed after some days, and its requester hears of it before."""
    endings = Endings(year)
    told = [(x.ticket, x.at) for x in _events(book, What.CLOSING)]
    row = compared("warned of closing", endings.warned, told)
    written = Counter(_to_requesters(book, What.CLOSING))
    row.missing += [f"no letter of IT-{each}" for each in Counter(x for x, _ in told) - written]
    yield row
    closed = ((x.ticket, x.at) for x in _events(book, What.CLOSED))
    yield compared("closed", endings.closed, closed)


def _surveys(year: Year, book: Book) -> Row:
    """After each solution of an agent's, but not within so long after the last."""
    solved = sorted((x.at, x.ticket) for x in _events(book, What.RESOLVED) if x.by)
    last: dict[int, datetime] = {}
    due = []
    people = {each.number: each.story.requester.number for each in year.done}
    for at, number in solved:
        person = people[number]
        if person not in last or at - last[person] > SURVEY:
            last[person] = at
            due.append((number, at))
    events = {x.id: x for x in _events(book, What.RESOLVED)}
    sent = [(x.ticket, events[x.entry].at) for x in book.letters if x.entry in events and _asks(x)]
    return compared("asked how it was", due, sent)


def _asks(letter: Letter) -> bool:
    """Whether it asks for a mark: by buttons in a chat, by a command to send by mail."""
    if letter.to.channel == MAIL:
        return any(each in letter.text for each in _MARKS)
    return any("/rate" in each.command for each in letter.buttons)


def _delivered(year: Year, book: Book) -> Iterator[Row]:
    """What was written left once, whatever the networks refused meanwhile."""
    end = year.ticks[-1]
    due = (x for x in book.letters if x.not_before is None or x.not_before <= end)
    words = [x for x in due if x.shows is Shows.WORDS]
    handed = Counter[int]()
    for wire in year.wires.values():
        handed += wire.handed
    sent = [x for x in words if x.state is Delivery.SENT]
    row = compared("left the desk", (x.id for x in words), (x.id for x in sent))
    often = ((x.id, handed[x.id]) for x in sent if handed[x.id] != 1)
    row.beside += [f"row {number} was handed over {count} times" for number, count in often]
    yield row
