"""Two people say something of one ticket at the same moment, from two channels, again and again.

`python -m benchmarks.two_at_once 1000 [postgresql://…]`: what became of each ticket, and what both
were told, must be what one of the two orders makes of it, one after the other. On PostgreSQL the
two speak with two replicas. Nothing else may hold the book's people.
"""

import argparse
import asyncio
import itertools
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bot.commands import COMMANDS
from bot.conversation import Conversation
from bot.desk import Desk
from bot.dialogue import Dialogue
from bot.ear import load_ear
from bot.model.entry import Entry, Event, What
from bot.model.message import Address, Answer, ExternalId, Inbound, Speaker
from bot.model.settings import Agent, Team
from bot.model.settings import Desk as Settings
from bot.reports import REPORTS
from bot.store import Work
from bot.text import load_texts
from storage import Database
from storage.files import Files

_REFUSED = "refused: "
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANNELS = ("one", "other")
ADA, LEO, EVA = "ada{it}@example.org", "leo@desk.example", "eva@desk.example"
# Somebody new asks each time: too many answers to one address would cease.
NAMES = {ADA: "Ada Lin", LEO: "Leo Prats", EVA: "Eva Sanz"}


class Says(NamedTuple):
    """Somebody's words; "{it}" is the ticket, "{another}" a second one."""

    who: str
    words: str


class Pair(NamedTuple):
    """What two people say at once, and what is said before that."""

    one: Says
    other: Says
    before: tuple[Says, ...] = ()


PAIRS: dict[str, Pair] = {
    "claim, claim": Pair(Says(LEO, "/claim {it}"), Says(EVA, "/claim {it}")),
    "claim, assign": Pair(Says(LEO, "/claim {it}"), Says(EVA, "/assign {it} eva")),
    "reply, resolve": Pair(Says(LEO, "/reply {it} Try it again"), Says(EVA, "/resolve {it} Done")),
    "reply, reply": Pair(Says(LEO, "/reply {it} Try it again"), Says(EVA, "/reply {it} Restart")),
    "resolve, reopen": Pair(Says(LEO, "/resolve {it}"), Says(EVA, "/reopen {it}")),
    "reopen, reopen": Pair(
        Says(LEO, "/reopen {it}"), Says(EVA, "/reopen {it}"), (Says(LEO, "/resolve {it}"),)
    ),
    "hold, claim": Pair(Says(LEO, "/hold {it} 3 days"), Says(EVA, "/claim {it}")),
    "release, release": Pair(
        Says(LEO, "/release {it}"), Says(EVA, "/release {it}"), (Says(LEO, "/claim {it}"),)
    ),
    "merge, reply": Pair(
        Says(LEO, "/merge {it} {another}"), Says(EVA, "/reply {another} Try it again")
    ),
    "merge, merge": Pair(Says(LEO, "/merge {it} {another}"), Says(EVA, "/merge {another} {it}")),
    "priority, priority": Pair(Says(LEO, "/priority {it} high"), Says(EVA, "/priority {it} high")),
    "close, the requester's words": Pair(Says(LEO, "/close {it}"), Says(ADA, "It still fails")),
    "resolve, the requester's words": Pair(Says(LEO, "/resolve {it}"), Says(ADA, "status")),
}


class Outcome(NamedTuple):
    """What became of both tickets, and what both people were told, whatever the numbers."""

    tickets: tuple[str, ...]
    entries: tuple[str, ...]
    letters: tuple[str, ...]
    answers: tuple[str, str]


@dataclass
class Figures:
    """What became of it; `astray` must be empty."""

    rounds: int = 0
    refused: Counter[str] = field(default_factory=Counter)  # what was said to who came too late
    turned: int = 0  # rounds in which the one named second came first, where that matters
    seconds: float = 0.0
    astray: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds in {self.seconds:.0f} s; {self.refused.total()} times one "
            f"of them was refused; {self.turned} times the second came first; "
            f"{len(self.astray)} went astray"
        )


class Office:
    """A desk whose people speak on two channels, each of them with a replica of its own."""

    def __init__(self, stores: tuple[Database, Database], folder: Path) -> None:
        self._stores = stores
        agents = tuple(
            Agent(NAMES[each], dict.fromkeys(CHANNELS, each), ("support",), language="en")
            for each in (LEO, EVA)
        )
        self._settings = Settings(
            name="Help desk",
            teams=(Team("support", "Support"),),
            agents=agents,
            burst=timedelta(0),
        )
        self._talks = tuple(self._conversation(store, folder) for store in stores)
        self._numbers = itertools.count(1)

    def _conversation(self, store: Database, folder: Path) -> Conversation:
        desk = Desk(self._settings, load_texts("en"), load_ear())
        dialogue = Dialogue(desk, COMMANDS, REPORTS)
        return Conversation(store, Files(folder), dialogue, lambda: NOW, b"key")

    async def open(self) -> None:
        """Make the agents known."""
        agents = self._settings.agents
        await self._stores[0].write(
            lambda work: [
                work.people.declare_agent(each.person, dict(each.addresses), NOW) for each in agents
            ]
        )

    async def play(self, pairs: Iterable[str], rounds: int) -> Figures:
        """Let each pair speak at once, in turn, until so many rounds are over."""
        possible = {name: await self._orders(PAIRS[name]) for name in pairs}
        figures, began = Figures(), time.monotonic()
        for name in itertools.islice(itertools.cycle(possible), rounds):
            # Who begins takes turns; who is first the book decides.
            turned = bool(figures.rounds // len(possible) % 2)
            outcome = await self._round(PAIRS[name], at_once=True, turned=turned)
            figures.rounds += 1
            figures.turned += outcome == possible[name][1] != possible[name][0]
            figures.refused.update(each for each in outcome.answers if each.startswith(_REFUSED))
            if outcome not in possible[name]:
                figures.astray.append(f"{name}: {outcome}")
        figures.seconds = time.monotonic() - began
        return figures

    async def _orders(self, pair: Pair) -> tuple[Outcome, Outcome]:
        """What comes of it one after the other, in both orders."""
        return await self._round(pair), await self._round(pair, turned=True)

    async def _round(self, pair: Pair, *, at_once: bool = False, turned: bool = False) -> Outcome:
        """Let both speak, the other first where it is `turned`."""
        asker = ADA.format(it=next(self._numbers))
        both = await self._report(asker), await self._report(asker)
        for said in pair.before:
            await self._said(0, said, asker, both)
        spoken = [(0, pair.one), (1, pair.other)]
        says = [self._said(place, said, asker, both) for place, said in spoken]
        says = says[::-1] if turned else says
        told = await asyncio.gather(*says) if at_once else [await each for each in says]
        answers = (told[1], told[0]) if turned else (told[0], told[1])
        return await self._stores[0].write(lambda work: _ended(work, both, answers))

    async def _report(self, asker: str) -> int:
        await self._talks[0].receive(self._inbound(0, asker, "The printer jams again"))
        (newest,) = await self._stores[0].read(lambda work: work.tickets.newest(1))
        return newest.id

    async def _said(self, place: int, said: Says, asker: str, both: tuple[int, int]) -> str:
        words = said.words.format(it=f"IT-{both[0]}", another=f"IT-{both[1]}")
        who = asker if said.who == ADA else said.who
        inbound = self._inbound(place, who, words, ticket=both[0])
        return _plain(_text(await self._talks[place].receive(inbound)), both)

    def _inbound(self, place: int, who: str, words: str, *, ticket: int | None = None) -> Inbound:
        name, room = f"message{next(self._numbers)}", Address(CHANNELS[place], "room")
        speaker = Speaker(who, NAMES.get(who, NAMES[ADA]), verified=True, language="en")
        return Inbound(
            ExternalId(name), room, speaker, words, ticket=ticket, interactive=ticket is not None
        )


def _ended(work: Work, numbers: tuple[int, int], answers: tuple[str, str]) -> Outcome:
    """What became of it; no later round may resemble what was solved in this one."""
    outcome = _outcome(work, numbers, answers)
    for number in numbers:
        work.terms.forget(number)
    return outcome


def _outcome(work: Work, numbers: tuple[int, int], answers: tuple[str, str]) -> Outcome:
    tickets = [work.tickets.get(number) for number in numbers]

    def name(number: int | None) -> str:
        person = work.people.get(number) if number else None
        return person.name if person else ""

    kept = [each for number in numbers for each in work.entries.of(number)]
    letters = [each for number in numbers for each in work.outbox.of_ticket(number)]
    stand = (
        f"{each.status} v{each.version} {each.priority} {name(each.assignee)} "
        f"IT-{each.merged_into} {each.held_until} {each.resolved_at}"
        for each in tickets
        if each
    )
    told = (f"{each.what} {name(each.by)} {_changed(each)}" for each in kept)
    sent = sorted(f"{each.recipient}: {each.text}" for each in letters)

    def plain(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(_plain(each, numbers) for each in words)

    return Outcome(plain(stand), plain(told), plain(sent), answers)


def _plain(text: str, numbers: tuple[int, int]) -> str:
    """The text with the two tickets named alike in each round."""
    for number, name in zip(numbers, ("it", "another"), strict=True):
        text = re.sub(rf"\bIT-{number}\b", name, text)
    # How long it takes is learned in earlier rounds, and so said in later ones alone.
    text = re.sub(r"8 of 10 like this get [^.]+\.", "The desk is open day and night.", text)
    return re.sub(r"\bada\d+@", "ada@", text)


def _changed(entry: Entry) -> str:
    """From what to what; a ticket by its reference."""
    if not isinstance(entry, Event):
        return ""
    if entry.what in (What.MERGED, What.ABSORBED):
        return f"IT-{entry.old or entry.new}"
    return f"{entry.old} {entry.new}"


def _text(answer: Answer | None) -> str:
    return "" if answer is None else f"{_REFUSED if answer.refused else ''}{answer.text}"


async def measure(folder: Path, url: str, rounds: int, pairs: Iterable[str] = PAIRS) -> Figures:
    """Play so many rounds in the book at `url`."""
    stores = [await Database.open(url)]
    stores.append(stores[0] if url.startswith("sqlite") else await Database.open(url))
    try:
        office = Office((stores[0], stores[1]), folder)
        await office.open()
        return await office.play(pairs, rounds)
    finally:
        for store in stores:
            await store.close()


def main() -> int:
    """Print the figures; 1 if anything went astray."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.two_at_once", description=__doc__)
    parser.add_argument("rounds", type=int, nargs="?", default=1000)
    parser.add_argument("url", nargs="?", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite:///{folder}/desk.db"
        figures = asyncio.run(measure(Path(folder), url, asked.rounds))
    print("\n".join([str(figures), *Counter(figures.astray)]))
    return int(bool(figures.astray))


if __name__ == "__main__":
    sys.exit(main())
