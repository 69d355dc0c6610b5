"""Whether what is found is alike: matters as people report them, and which of them are one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from clock import Clock

from bot import story
from bot.ear import load_ear
from bot.model.entry import Event, Message, What
from bot.model.message import Address
from bot.model.person import Person, Proof
from bot.model.settings import Desk as Settings
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind, Priority
from bot.similar import learn, similar
from bot.store import Work

EXAMPLES = Path(__file__).parent / "examples"
SETTINGS, NOW = Settings(), Clock.now
ear = cache(load_ear)


def matters(name: str) -> list[list[str]]:
    """Each matter, as the people who told it did."""
    text = (EXAMPLES / name).read_text("utf-8")
    lines = [[x for x in part.splitlines() if x[0] != "#"] for part in text.split("\n\n")]
    return [each for each in lines if each]


@dataclass
class Shelf:
    """Solved tickets, and of which matter each is."""

    of: dict[int, int]
    tickets: list[Ticket]


def lay(work: Work, told: list[list[str]]) -> Shelf:
    """Every report becomes a ticket that somebody solved."""
    asker = work.people.add(Person("Ada Lin"), "slack", "U1", Proof.CHANNEL, NOW)
    shelf = Shelf({}, [])
    for matter, reports in enumerate(told):
        for words in reports:
            ticket = solved(work, asker.id, words)
            shelf.of[ticket.id] = matter
            shelf.tickets.append(ticket)
    return shelf


def solved(work: Work, asker: int, words: str) -> Ticket:
    ticket = work.tickets.add(
        Ticket(
            requester=asker,
            subject=words,
            summary=words,
            kind=Kind.INCIDENT,
            priority=Priority.NORMAL,
            conversation=Address("slack", ""),
            opened_at=NOW,
            updated_at=NOW,
        )
    )
    said = Message(what=What.SAID, text=words, at=NOW, by=asker, ticket=ticket.id)
    work.entries.add(said)
    end = Event(what=What.RESOLVED, at=NOW, by=asker, words="Done", ticket=ticket.id)
    work.entries.add(end)
    ticket = replace(ticket, status=Status.RESOLVED, version=2)
    work.tickets.save(ticket)
    learn(work, SETTINGS, ear(), ticket, end)
    return ticket


def found(work: Work, shelf: Shelf, but: frozenset[int] = frozenset()) -> Iterator[list[bool]]:
    """For each ticket, of each that it finds, whether it is the same matter."""
    for ticket in shelf.tickets:
        mine = shelf.of[ticket.id]
        hidden = {number for number, matter in shelf.of.items() if matter == mine and but}
        near = similar(work, SETTINGS, ear(), ticket, but=hidden)
        yield [shelf.of[each.ticket.id] == mine for each in near]


@pytest.mark.parametrize(
    ("name", "precise", "whole"),
    [("similar.txt", 0.95, 0.92), ("held_out_similar.txt", 0.95, 0.92)],
)
async def test_who_tells_the_same_finds_the_others_and_hardly_anything_else(
    sqlite_store, name, precise, whole
):
    told = matters(name)
    shelf = await sqlite_store.write(lambda work: lay(work, told))
    judged = await sqlite_store.read(lambda work: [*found(work, shelf)])
    right = sum(map(sum, judged))
    assert right / sum(map(len, judged)) >= precise
    assert right / sum(len(each) * (len(each) - 1) for each in told) >= whole
    assert sum(any(each) for each in judged) / len(judged) >= precise


@pytest.mark.parametrize("name", ["similar.txt", "held_out_similar.txt"])
async def test_of_what_nobody_told_before_there_is_silence(sqlite_store, name):
    shelf = await sqlite_store.write(lambda work: lay(work, matters(name)))
    theirs = frozenset(shelf.of)
    judged = await sqlite_store.read(lambda work: [*found(work, shelf, theirs)])
    assert sum(not each for each in judged) / len(judged) >= 0.85


def test_whose_words_somebody_else_confirms_solved_it_themselves():
    end = Event(what=What.RESOLVED, at=NOW, by=5, words="It is under Ajustes", new="8")
    assert story.solution([end]) == story.Solution("It is under Ajustes", 8)
