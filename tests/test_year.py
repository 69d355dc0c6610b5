"""The simulated year: two weeks of it come out even, and the account finds what is not."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.year.account import Book, Row, account, read
from benchmarks.year.play import Year, open_year
from benchmarks.year.world import BEGIN
from bot.model.entry import What

WEEKS = BEGIN + timedelta(days=16)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Year, Book]:
    """Two weeks and a little, in which the desk is down once and a network refuses once."""

    async def play(folder: Path) -> tuple[Year, Book]:
        async with open_year(folder) as year:
            await year.play(30, lambda *_: None, WEEKS)
            return year, await read(year)

    return asyncio.run(play(tmp_path_factory.mktemp("year")))


def rows(year: Year, book: Book) -> dict[str, Row]:
    return {each.name: each for each in account(year, book)}


def test_what_was_due_was_told_once(played):
    found = rows(*played)
    assert {name: (x.missing, x.beside) for name, x in found.items() if not x.even} == {}
    assert found["acknowledged"].due == 30
    assert found["owned up to what was broken"].due > 5
    assert found["reminded at half"].due > 10
    assert found["told of planned works (mail)"].due > 10
    assert found["told of planned works (chats)"].due > 10
    assert found["warned of closing"].due > 10
    assert found["closed"].due > 5
    assert found["asked how it was"].due > 5
    assert min(found[f"reports, {name}"].due for name in ("daily", "weekly", "monthly")) > 2
    assert sum(wire.refused for wire in played[0].wires.values()) > 0


def broken(book: Book, change: Callable[[Book], Book]) -> Book:
    """The same book with one thing wrong."""
    return change(Book({x: list(y) for x, y in book.entries.items()}, list(book.letters)))


def late(book: Book) -> tuple[int, int]:
    """Where an apology stands."""
    return next(
        (number, place)
        for number, entries in book.entries.items()
        for place, each in enumerate(entries)
        if each.what is What.LATE
    )


def test_a_letter_that_is_missing_or_sent_twice_is_found(played):
    year, book = played
    reminder = next(x for x in book.letters if "Half of the time" in x.text)
    at = reminder.created_at
    others = [x for x in book.letters if x.created_at != at or "Half of" not in x.text]
    without = Book(book.entries, others)
    assert rows(year, without)["reminded at half"].missing
    twice = Book(book.entries, [*book.letters, reminder])
    assert rows(year, twice)["reminded at half"].beside


@pytest.mark.parametrize("name", ["daily", "weekly", "monthly"])
def test_a_report_that_is_missing_or_sent_twice_is_found(played, name):
    year, book = played
    titles = {"daily": "day ahead", "weekly": "week with us", "monthly": "how the month went"}
    letter = next(x for x in book.letters if titles[name] in x.subject)
    without = Book(book.entries, [x for x in book.letters if x.id != letter.id])
    twice = Book(book.entries, [*book.letters, letter])
    assert len(rows(year, without)[f"reports, {name}"].missing) == 1
    assert len(rows(year, twice)[f"reports, {name}"].beside) == 1


def test_an_end_that_comes_too_early_or_unannounced_is_found(played):
    year, book = played
    entries = {number: list(each) for number, each in book.entries.items()}
    number = next(x for x, each in entries.items() if any(y.what is What.CLOSED for y in each))
    for place, each in enumerate(entries[number]):
        if each.what is What.CLOSED:
            entries[number][place] = replace(each, at=each.at - timedelta(hours=1))
    early = rows(year, Book(entries, book.letters))["closed"]
    assert (len(early.missing), len(early.beside)) == (1, 1)
    warnings = {x.id for each in entries.values() for x in each if x.what is What.CLOSING}
    unsaid = Book(book.entries, [x for x in book.letters if x.entry not in warnings])
    assert rows(year, unsaid)["warned of closing"].missing


def test_an_apology_that_is_missing_or_late_is_found(played):
    year, book = played

    def moved(book: Book) -> Book:
        number, place = late(book)
        entry = book.entries[number][place]
        book.entries[number][place] = replace(entry, at=entry.at + timedelta(minutes=10))
        return book

    def lost(book: Book) -> Book:
        number, place = late(book)
        del book.entries[number][place]
        return book

    row = rows(year, broken(book, moved))["owned up to what was broken"]
    assert (len(row.missing), len(row.beside)) >= (1, 1)
    assert rows(year, broken(book, lost))["owned up to what was broken"].missing
