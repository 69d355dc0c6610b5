"""Kills the desk again and again while mail comes in: `python -m benchmarks.kill_mail`.

In the end each mail must be exactly one ticket or one answer, each requester must have exactly one
acknowledgement (by its Message-ID), and the desk's own audit must agree.
"""

import argparse
import asyncio
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import aiosmtplib

from sandbox.cast import DESK, SARA
from sandbox.mail import MailServer
from sandbox.mail_settings import one_agent_desk

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "pw"  # noqa: S105 - of a server that only exists while it runs
PEOPLE = 40
ANSWERS = 0.3  # of the mails answer an acknowledgement
ALIVE = (0.0, 0.6)  # seconds that a desk may work at a burst of mails before it is killed
PATIENCE = 60.0  # seconds for the last desk to bring everything to its end
# The desk as operators start it, but that nobody waits 20 s for the letters of a dead courier.
PROGRAM = """
from datetime import timedelta
from bot import courier
from bot.cli import deskmate
courier.LEASE, courier.POLL = timedelta(seconds=2), timedelta(seconds=0.5)
deskmate()
"""


@dataclass
class Figures:
    """What became of it; everything from `lost` on must be 0."""

    seconds: float = 0.0
    mails: int = 0
    answers: int = 0  # of the mails, to an acknowledgement
    kills: int = 0
    tickets: int = 0
    sent_again: int = 0  # letters that left twice with the same Message-ID
    lost: int = 0  # mails that are nowhere in the book
    doubled: int = 0  # mails that are in it more than once
    astray: int = 0  # answers on another ticket than the one they answer
    unacknowledged: int = 0
    acknowledged_twice: int = 0  # by letters of different Message-IDs
    agents_told_wrongly: int = 0  # tickets of which the agent heard never, or twice
    audit: int = 0  # the exit status of `deskmate audit`

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost and nothing came twice."""
        names = [each.name for each in fields(self)]
        return not any(getattr(self, name) for name in names[names.index("lost") :])


@dataclass
class Post:
    """What was written to the desk, by Message-ID."""

    server: MailServer
    chance: random.Random
    new: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # each with the mail it goes on from

    async def write(self, number: int) -> None:
        """Send one more mail: news, or an answer to some acknowledgement."""
        name = f"<mail-{number}@people.example>"
        known = acknowledgements(self.server)
        if known and self.chance.random() < ANSWERS:
            first, letters = self.chance.choice(list(known.items()))
            self.answers[name] = first
            letter = letters[0]
            sender, subject = str(letter["To"]), f"Re: {letter['Subject']}"
            answered = f"In-Reply-To: {letter['Message-ID']}\r\n"
        else:
            self.new.append(name)
            sender, subject = f"p{number % PEOPLE}@people.example", f"Chair {number}"
            answered = ""
        raw = (
            f"From: {sender}\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: {name}\r\n"
            f"{answered}\r\nMy chair is broken, see {name.strip('<>')}.\r\n"
        )
        await aiosmtplib.send(
            raw.encode(),
            sender="people@people.example",
            recipients=[DESK],
            hostname="127.0.0.1",
            port=self.server.smtp_port,
            start_tls=False,
        )


def main() -> int:
    """Print the figures; 1 if anything was lost or came twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=500)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="deskmate-kill-") as folder:
        figures = asyncio.run(measure(Path(folder), asked.mails, asked.kills, asked.seed))
    for each in fields(figures):
        print(f"{each.name.replace('_', ' '):<22}{getattr(figures, each.name):g}")
    return 0 if figures.is_clean else 1


async def measure(folder: Path, mails: int, kills: int, seed: int) -> Figures:
    """Let mails come in while the desk is killed so many times, then see what became of them."""
    chance = random.Random(seed)  # noqa: S311 - no secret, only some moments
    began = time.monotonic()
    async with await MailServer.start({DESK: PASSWORD}) as server:
        config = one_agent_desk(folder, PASSWORD, imap=server.imap_port, smtp=server.smtp_port)
        post = Post(server, chance)
        for life in range(kills):
            burst = range(mails * life // kills, mails * (life + 1) // kills)
            await _live(config, post, burst)
        await _finish(config, folder, len(post.new) + len(post.answers))
        figures = Figures(time.monotonic() - began, mails, len(post.answers), kills)
        _count_entries(figures, folder, post)
        _count_letters(figures, post)
    figures.audit = (await _call(config, "audit")).returncode
    return figures


def acknowledgements(server: MailServer) -> dict[str, list[Message]]:
    """The desk's letters to requesters, by the mail that each answers."""
    known: dict[str, list[Message]] = {}
    for letter in server.outbox:
        if letter.recipient != SARA.address:
            head = BytesParser().parsebytes(letter.raw, headersonly=True)
            known.setdefault(str(head["In-Reply-To"]), []).append(head)
    return known


async def _live(config: Path, post: Post, burst: Sequence[int]) -> None:
    """One life of the desk: a burst of mails comes in, and it ends in the middle of a word."""
    opened = _openings(config.parent)
    desk = _start(config)
    await _until(lambda: _openings(config.parent) > opened, desk)
    end = asyncio.create_task(_kill(desk, post.chance.uniform(*ALIVE)))
    for number in burst:
        await post.write(number)
    await end


async def _kill(desk: subprocess.Popen[bytes], after: float) -> None:
    await asyncio.sleep(after)
    desk.send_signal(signal.SIGKILL)
    await asyncio.to_thread(desk.wait)


async def _finish(config: Path, folder: Path, mails: int) -> None:
    """The last life: everything comes to its end, and the desk is asked to stop."""
    opened = _openings(folder)
    desk = _start(config)
    await _until(lambda: _openings(folder) > opened and _is_done(folder, mails), desk)
    desk.terminate()
    if await asyncio.to_thread(desk.wait, 20):
        raise RuntimeError(f"the desk ended with {desk.returncode}")


def _start(config: Path) -> subprocess.Popen[bytes]:
    with (config.parent / "log").open("ab") as log:
        words = [sys.executable, "-c", PROGRAM, "run", "--config", str(config)]
        return subprocess.Popen(words, cwd=ROOT, stderr=log)


async def _call(config: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "bot", *words, "--config", str(config)]
    return await asyncio.to_thread(subprocess.run, line, cwd=ROOT, capture_output=True)


async def _until(holds: Callable[[], bool], desk: subprocess.Popen[bytes]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            if desk.poll() is not None:
                raise RuntimeError(f"the desk ended by itself with {desk.returncode}")
            await asyncio.sleep(0.05)


def _openings(folder: Path) -> int:
    """How often a desk has said that it is open."""
    log = folder / "log"
    return log.read_bytes().count(b"desk is open") if log.exists() else 0


def _is_done(folder: Path, mails: int) -> bool:
    """Whether every mail is in the book and every letter has left."""
    came = _rows(folder, "SELECT count(*) FROM inbox")[0][0]
    waiting = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')"
    return came == mails and not _rows(folder, waiting)[0][0]


def _rows(folder: Path, question: str) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(f"file:{folder}/desk.db?mode=ro", uri=True)) as book:
        return book.execute(question).fetchall()


def _count_entries(figures: Figures, folder: Path, post: Post) -> None:
    """Where in the book each mail stands."""
    places: dict[str, list[int]] = {}
    for ticket, text in _rows(folder, "SELECT ticket, text FROM entries WHERE what = 'said'"):
        for name in re.findall(r"mail-\d+@people\.example", text):
            places.setdefault(f"<{name}>", []).append(ticket)
    everything = [*post.new, *post.answers]
    figures.tickets = _rows(folder, "SELECT count(*) FROM tickets")[0][0]
    figures.lost = sum(name not in places for name in everything)
    figures.doubled = sum(len(places.get(name, ())) > 1 for name in everything)
    figures.astray = sum(
        places.get(name) != places.get(first) for name, first in post.answers.items()
    )


def _count_letters(figures: Figures, post: Post) -> None:
    """What reached whom, as told by the Message-IDs."""
    letters = post.server.outbox
    ids = [_name(letter.raw) for letter in letters]
    figures.sent_again = len(ids) - len(set(ids))
    known = {
        first: {str(letter["Message-ID"]) for letter in found}
        for first, found in acknowledgements(post.server).items()
    }
    figures.unacknowledged = sum(name not in known for name in post.new)
    figures.acknowledged_twice = sum(len(found) > 1 for found in known.values())
    notices = {_name(each.raw): each.raw for each in letters if each.recipient == SARA.address}
    opened = Counter(_subject(raw) for raw in notices.values() if b"answer: /claim" in raw)
    once = sum(times == 1 for times in opened.values())
    figures.agents_told_wrongly = abs(figures.tickets - once) + len(opened) - once


def _name(raw: bytes) -> str:
    return str(BytesParser().parsebytes(raw, headersonly=True)["Message-ID"])


def _subject(raw: bytes) -> str:
    return str(BytesParser().parsebytes(raw, headersonly=True)["Subject"])


if __name__ == "__main__":
    sys.exit(main())
