"""Kills the desk again and again while people write to it in a chat, and tells what became of it.

In the end each message must be exactly one ticket or one answer, each report must be acknowledged
once, by one post, each ticket must have one card, and the desk's own audit must agree.
"""

import argparse
import asyncio
import random
import re
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from benchmarks.lives import Desk, rows
from sandbox.mail_settings import write_config

PEOPLE = 60
ANSWERS = 0.3  # of the messages answer a report that was acknowledged
FILES = 0.1  # of the messages bring a file
DEAD = 0.7  # seconds that people go on writing after each kill; no desk starts more quickly
_CONFIG = """\
[desk]
name = "Help desk"
burst_seconds = 0
[[teams]]
name = "support"
label = "Support"
rooms = {{ {channel} = "{agents}" }}
[store]
database = "sqlite:///desk.db"
files = "files"
secret_file = "secret"
[log]
format = "json"
"""

Post = TypeVar("Post")
File = tuple[str, bytes, str]


@dataclass
class Figures:
    """What became of it; everything from `lost` on must be 0."""

    seconds: float = 0.0
    messages: int = 0
    answers: int = 0  # of the messages, to a report
    files: int = 0  # that came with them
    kills: int = 0
    unheard: int = 0  # messages that were said while no desk lived
    tickets: int = 0
    lost: int = 0  # messages that are nowhere in the book
    doubled: int = 0  # messages that are in it more than once
    astray: int = 0  # answers on another ticket than the one they answer
    files_lost: int = 0
    refused: int = 0  # letters that the network took only elsewhere, or not at all
    unacknowledged: int = 0
    acknowledged_twice: int = 0  # by different letters
    posted_twice: int = 0  # the same part of the same letter
    cards_wrongly: int = 0  # tickets without a card, and cards too many
    audit: int = 0  # the exit status of `deskmate audit`

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost and nothing came twice."""
        names = [each.name for each in fields(self)]
        return not any(getattr(self, name) for name in names[names.index("lost") :])


class Told(NamedTuple):
    """Which part of which letter a post of the desk's is, by the mark that the door gave it."""

    row: int
    part: str


class Talk(ABC, Generic[Post]):
    """What people write in a chat, by the mark that stands in the words."""

    first = 0  # messages that are said in the first life, and heard by it
    alive = (0.1, 0.7)  # seconds that a desk may live before it is killed

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.new: dict[str, Post] = {}
        self.answers: dict[str, str] = {}  # each with the report it goes on from
        self.files = 0

    async def write(self, number: int) -> None:
        """Say one thing more: a report, or an answer to one that was acknowledged."""
        mark = f"mark-{number:04}"
        words, files = f"My chair is broken, see {mark}.", list[File]()
        if self.chance.random() < FILES:
            self.files += 1
            files.append((f"{mark}.txt", mark.encode() * 100, "text/plain"))
        known = [each for each, report in self.new.items() if any(self.told(report))]
        if known and self.chance.random() < ANSWERS:
            first = self.answers[mark] = self.chance.choice(known)
            await self.answer(self.new[first], words, files)
        else:
            self.new[mark] = await self.report(number, words, files)

    @property
    @abstractmethod
    def posts(self) -> Collection[Told]:
        """Everything that the desk posted."""

    @property
    @abstractmethod
    def cards(self) -> int:
        """How many cards stand in the agents' room."""

    @abstractmethod
    def told(self, report: Post) -> Collection[Told]:
        """What the desk said to a report."""

    @abstractmethod
    async def report(self, number: int, words: str, files: Sequence[File]) -> Post:
        """Somebody writes of something new."""

    @abstractmethod
    async def answer(self, report: Post, words: str, files: Sequence[File]) -> None:
        """Whoever wrote a report says more to it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A chat around a desk that doesn't live yet."""

    folder: Path
    channel: str  # the desk's name for it
    room: str  # a support room, of which the desk keeps how far it was read
    agents: str  # the agents' room
    door: str  # the config's tables of the channel


@dataclass
class _Play(Generic[Post]):
    scene: Scene
    talk: Talk[Post]
    desk: Desk
    unheard: int = 0
    written: set[asyncio.Task[None]] = field(default_factory=set)


def main(doc: str | None, measure: Callable[[Path, int, int, int], Awaitable[Figures]]) -> int:
    """Print the figures; 1 if anything was lost or came twice."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()

    async def measured() -> Figures:
        with tempfile.TemporaryDirectory(prefix="deskmate-kill-") as folder:
            return await measure(Path(folder), asked.messages, asked.kills, asked.seed)

    figures = asyncio.run(measured())
    for each in fields(figures):
        print(f"{each.name.replace('_', ' '):<22}{getattr(figures, each.name):g}")
    return 0 if figures.is_clean else 1


async def play(scene: Scene, talk: Talk[Post], messages: int, kills: int) -> Figures:
    """Let people write while the desk is killed so many times, then see what became of it."""
    began = time.monotonic()
    config = _CONFIG.format(channel=scene.channel, agents=scene.agents)
    desk = Desk(write_config(scene.folder, config, scene.door))
    now = _Play(scene, talk, desk)
    left = messages - talk.first
    try:
        await _begin(now)
        for life in range(kills):
            burst = range(left * life // kills, left * (life + 1) // kills)
            await _live(now, [talk.first + each for each in burst])
        await asyncio.gather(*now.written)
        await desk.finish(messages)
    finally:
        await desk.kill(0.0)
    figures = Figures(time.monotonic() - began, messages, len(talk.answers), talk.files, kills)
    figures.unheard = now.unheard
    _count_entries(figures, scene.folder, talk)
    _count_posts(figures, talk)
    figures.audit = (await desk.call("audit")).returncode
    return figures


async def _begin(now: _Play[Post]) -> None:
    """The very first life: what is older than its end isn't the desk's, in any room."""
    place, folder = f"{now.scene.channel}/{now.scene.room}", now.scene.folder
    await now.desk.start()
    await now.desk.until(lambda: (place,) in rows(folder, "SELECT key FROM cursors"))
    for number in range(now.talk.first):
        await now.talk.write(number)
    heard = (now.talk.first,)
    await now.desk.until(lambda: heard in rows(folder, "SELECT count(*) FROM inbox"))
    await now.desk.kill(0.0)


async def _live(now: _Play[Post], burst: Sequence[int]) -> None:
    """One life of the desk: people write, it ends in the middle of a word, and they go on."""
    await now.desk.start()
    alive = now.talk.chance.uniform(*now.talk.alive)
    for number in burst:
        moment = now.talk.chance.uniform(0, alive + DEAD)
        now.unheard += moment > alive
        now.written.add(asyncio.create_task(_write(now.talk, number, moment)))
    await now.desk.kill(alive)


async def _write(talk: Talk[Post], number: int, moment: float) -> None:
    await asyncio.sleep(moment)
    await talk.write(number)


def _count_entries(figures: Figures, folder: Path, talk: Talk[Post]) -> None:
    """Where in the book each message stands."""
    places: dict[str, list[int]] = {}
    for ticket, text in rows(folder, "SELECT ticket, text FROM entries WHERE what = 'said'"):
        for mark in re.findall(r"mark-\d{4}", text):
            places.setdefault(mark, []).append(ticket)
    everything = [*talk.new, *talk.answers]
    figures.tickets = rows(folder, "SELECT count(*) FROM tickets")[0][0]
    figures.lost = sum(mark not in places for mark in everything)
    figures.doubled = sum(len(places.get(mark, ())) > 1 for mark in everything)
    figures.astray = sum(places.get(mark) != places.get(on) for mark, on in talk.answers.items())
    failed = rows(folder, "SELECT count(*) FROM outbox WHERE state = 'failed'")
    figures.refused = failed[0][0]
    figures.files_lost = talk.files - rows(folder, "SELECT count(*) FROM attachments")[0][0]


def _count_posts(figures: Figures, talk: Talk[Post]) -> None:
    """What the desk posted, as its marks tell it."""
    told = [{each.row for each in talk.told(report)} for report in talk.new.values()]
    figures.unacknowledged = sum(not each for each in told)
    figures.acknowledged_twice = sum(len(each) > 1 for each in told)
    figures.posted_twice = len(talk.posts) - len(set(talk.posts))
    figures.cards_wrongly = abs(figures.tickets - talk.cards)
