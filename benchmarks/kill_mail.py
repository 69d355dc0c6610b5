"""Kills the desk again and again while mail comes in: `python -m benchmarks.kill_mail`.

In the end each mail must be exactly one ticket or one answer, each requester must have exactly one
acknowledgement (by its Message-ID), and the desk's own audit must agree.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import aiosmtplib

from benchmarks.lives import Desk, rows
from sandbox.cast import DESK, SARA
from sandbox.mail import MailServer
from sandbox.mail_settings import one_agent_desk

PASSWORD = "pw"  # noqa: S105 - of a server that only exists while it runs
PEOPLE = 40
ANSWERS = 0.3  # of the mails answer an acknowledgement
ALIVE = 0.6  # of the time it took to open, that a desk may work at a burst of mails at most


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
        desk = Desk(config)
        try:
            for life in range(kills):
                burst = range(mails * life // kills, mails * (life + 1) // kills)
                await _live(desk, post, burst)
            await desk.finish(len(post.new) + len(post.answers))
        finally:
            await desk.kill(0.0)
        figures = Figures(time.monotonic() - began, mails, len(post.answers), kills)
        _count_entries(figures, folder, post)
        _count_letters(figures, post)
    figures.audit = (await desk.call("audit")).returncode
    return figures


def acknowledgements(server: MailServer) -> dict[str, list[Message]]:
    """The desk's letters to requesters, by the mail that each answers."""
    known: dict[str, list[Message]] = {}
    for letter in server.outbox:
        if letter.recipient != SARA.address:
            head = BytesParser().parsebytes(letter.raw, headersonly=True)
            known.setdefault(str(head["In-Reply-To"]), []).append(head)
    return known


async def _live(desk: Desk, post: Post, burst: Sequence[int]) -> None:
    """One life of the desk: a burst of mails comes in, and it ends in the middle of a word."""
    began = time.monotonic()
    await desk.start()
    most = ALIVE * max(1.0, time.monotonic() - began)  # a busy machine does less in a second
    end = asyncio.create_task(desk.kill(post.chance.uniform(0.0, most)))
    for number in burst:
        await post.write(number)
    await end


def _count_entries(figures: Figures, folder: Path, post: Post) -> None:
    """Where in the book each mail stands."""
    places: dict[str, list[int]] = {}
    for ticket, text in rows(folder, "SELECT ticket, text FROM entries WHERE what = 'said'"):
        for name in re.findall(r"mail-\d+@people\.example", text):
            places.setdefault(f"<{name}>", []).append(ticket)
    everything = [*post.new, *post.answers]
    figures.tickets = rows(folder, "SELECT count(*) FROM tickets")[0][0]
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
