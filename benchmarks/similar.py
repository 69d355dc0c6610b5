"""Similar cases: what a look-up costs among many solved tickets, and what being found adds."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from benchmarks import office
from benchmarks.figure import Figure, Scale, at_most, percentile
from bot.ear import Ear, load_ear
from bot.model.entry import Event, Message, What
from bot.model.message import Address
from bot.model.person import Person, Proof
from bot.model.settings import Desk as Settings
from bot.model.terms import terms
from bot.model.ticket import Status, Ticket
from bot.model.triage import Kind, Priority
from bot.similar import learn, similar
from bot.store import Work
from storage import Database

_FULL = 2  # times the tickets of a book that is full elsewhere
_PORTION = 1_000  # tickets in one transaction
_LOOKED = 500  # times
_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_THINGS = """
    printer scanner laptop monitor keyboard mouse headset phone projector badge door server drive
    folder mailbox calendar password account licence browser network router cable battery charger
    camera screen tablet invoice payroll report website shop order contract form signature
    certificate backup update driver window table chair heating lamp lift
"""
_FAULTS = """
    jams freezes crashes flickers leaks overheats disconnects vanishes stalls beeps drops locks
    rejects duplicates expires corrupts loops hangs blinks rattles
"""
_PLACES = """
    reception warehouse kitchen basement canteen garage accounting marketing sales legal logistics
    purchasing laboratory workshop library archive terrace lobby studio clinic
"""
_RARE = 20_000  # names of products, rooms and codes, each of which few tickets have


def measure(scale: Scale) -> Iterator[Figure]:
    """Made-up tickets of five to twelve terms, the common ones in many of them, SQLite."""
    count = _FULL * scale.stored
    with office.folder() as place:
        looked, learnt, found = asyncio.run(_measured(place / "desk.db", count))
    yield at_most(f"similar: a look-up at {count} tickets, p50", percentile(looked, 50), "ms", 20)
    yield at_most(f"similar: a look-up at {count} tickets, p99", percentile(looked, 99), "ms", 50)
    yield Figure("similar: the part of look-ups that find something", found, "")
    yield at_most("similar: what a solved ticket takes more, p50", percentile(learnt, 50), "ms", 5)
    yield Figure("similar: what a solved ticket takes more, p99", percentile(learnt, 99), "ms")


async def _measured(database: Path, count: int) -> tuple[list[float], list[float], float]:
    """Milliseconds of the processor, of look-ups and of learning; the part that found something."""
    random, ear = Random(1), load_ear()  # noqa: S311 - it only makes tickets up
    store = await Database.open(f"sqlite:///{database}")
    try:
        asker = await store.write(_asker)
        for _ in range(0, count, _PORTION):
            await store.write(partial(_lay, ear, random, asker, _PORTION))
        fresh = await store.write(partial(_open, random, asker, _LOOKED))
        found = 0
        looked = []
        for ticket in fresh:
            taken, hits = await store.read(partial(_timed, partial(_look, ear, ticket)))
            looked.append(taken)
            found += bool(hits)
        learnt = []
        for ticket in fresh:
            taken, _ = await store.write(partial(_timed, partial(_solve, ear, ticket, asker)))
            learnt.append(taken)
        return looked, learnt, found / len(fresh)
    finally:
        await store.close()


def _timed(asked: Callable[[Work], object], work: Work) -> tuple[float, object]:
    began = time.thread_time()
    answer = asked(work)
    return (time.thread_time() - began) * 1000, answer


def _look(ear: Ear, ticket: Ticket, work: Work) -> object:
    return similar(work, Settings(), ear, ticket)


def _solve(ear: Ear, ticket: Ticket, asker: int, work: Work) -> None:
    end = Event(what=What.RESOLVED, at=_NOW, by=asker, words="A new one", ticket=ticket.id)
    learn(work, Settings(), ear, replace(ticket, status=Status.RESOLVED), work.entries.add(end))


def _asker(work: Work) -> int:
    return work.people.add(Person("Ada Lin"), "chat", "U1", Proof.CHANNEL, _NOW).id


def _lay(ear: Ear, random: Random, asker: int, count: int, work: Work) -> None:
    """So many solved tickets."""
    for ticket in _open(random, asker, count, work):
        end = Event(what=What.RESOLVED, at=_NOW, by=asker, words="A new one", ticket=ticket.id)
        work.entries.add(end)
        work.tickets.save(replace(ticket, status=Status.RESOLVED, version=2))
        work.terms.keep(ticket.id, terms(ear.wordlist, ticket.summary))


def _open(random: Random, asker: int, count: int, work: Work) -> list[Ticket]:
    tickets = []
    for _ in range(count):
        words = _words(random)
        ticket = work.tickets.add(
            Ticket(
                requester=asker,
                subject=words,
                summary=words,
                kind=Kind.INCIDENT,
                priority=Priority.NORMAL,
                conversation=Address("chat", ""),
                opened_at=_NOW,
                updated_at=_NOW,
            )
        )
        said = Message(what=What.SAID, text=words, at=_NOW, by=asker, ticket=ticket.id)
        work.entries.add(said)
        tickets.append(ticket)
    return tickets


def _words(random: Random) -> str:
    """What somebody says: things, faults and places that many have, and now and then a rare one."""
    common = [each for _ in range(random.randint(1, 3)) for each in _matter(random)]
    rare = [f"x{random.randrange(_RARE):05}" for _ in range(random.randint(0, 3))]
    return " ".join(["The", *common, *rare])


def _matter(random: Random) -> Iterator[str]:
    for words in map(str.split, (_THINGS, _FAULTS, _PLACES)):
        yield words[min(int(random.paretovariate(0.7)) - 1, len(words) - 1)]
