"""A desk for the operator's commands: a config, a book, and what may stand in it."""

import asyncio
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from adapters.email.channel import DOOR
from bot.cli import deskmate
from bot.config import load
from bot.model.entry import Event, Message, Note, What
from bot.model.mailroom import Arrival, Outcome, Quarantined
from bot.model.message import Address, ExternalId
from bot.model.person import Person, Proof
from bot.model.ticket import Ticket
from bot.model.triage import Kind, Priority
from bot.store import Work
from storage import Database

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
CONFIG = """
[desk]
prefix = "SOP"
zone = "Europe/Madrid"
[[agents]]
name = "Leo"
addresses = { email = "leo@example.org" }
[store]
database = "sqlite:///desk.db"
[email]
[[email.mailboxes]]
address = "help@example.org"
imap_host = "127.0.0.1"
imap_port = 1
smtp_host = "127.0.0.1"
smtp_port = 1
password_env = "HELP_PASSWORD"
"""
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MAIL = b"""From: Ana <ana@example.org>\r
To: help@example.org\r
Subject: Printer\r
Message-ID: <printer@example.org>\r
Date: Mon, 23 Nov 2026 09:00:00 +0000\r
\r
The printer on the second floor is broken.\r
"""


Call = Callable[..., Result]


def opened(folder: Path) -> Call:
    """A desk in a folder of its own; call it with the words of a command."""
    path = folder / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")

    def call(*words: str) -> Result:
        return CliRunner().invoke(deskmate, [*words, "--config", str(path)])

    return call


def init(path: Path, *words: str, says: str = "") -> Result:
    """`deskmate init` for this file, whoever calls it saying so much."""
    return CliRunner().invoke(deskmate, ["init", "--config", str(path), *words], input=says)


def check(path: Path) -> Result:
    """`deskmate check` of this file."""
    return CliRunner().invoke(deskmate, ["check", "--config", str(path)])


def mailbox(path: Path) -> dict[str, object]:
    """The one mailbox of a config."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    box: dict[str, object] = read["email"]["mailboxes"][0]
    return box


def keep(folder: Path, fn: Callable[[Work], object]) -> None:
    """Write something into the desk's book."""

    async def opened() -> None:
        store = await Database.open(f"sqlite:///{folder / 'desk.db'}")
        try:
            await store.write(fn)
        finally:
            await store.close()

    asyncio.run(opened())


def nothing(_: Work) -> None:
    """Makes a book in which nothing stands yet."""


def printer(work: Work) -> None:
    """A ticket of Ana's with a message, a note and an agent, and the mail that opened it."""
    ana = work.people.add(Person("Ana \x1b[31mRed"), "email", "ana@example.org", Proof.CHANNEL, NOW)
    leo = work.people.declare_agent(Person("Leo"), {"email": "leo@example.org"}, NOW)
    ticket = work.tickets.add(
        Ticket(
            requester=ana.id,
            subject="Printer [bold]broken[/bold]",
            summary="The printer is broken",
            kind=Kind.INCIDENT,
            priority=Priority.HIGH,
            conversation=Address("email", "help@example.org"),
            opened_at=NOW,
            updated_at=NOW,
            assignee=leo.id,
            team="support",
            minutes=25,
        )
    )
    for entry in (
        Message(what=What.SAID, text="It is broken.\nTruly.", at=NOW, by=ana.id, ticket=ticket.id),
        Note(text="The fuser again", at=NOW, by=leo.id, ticket=ticket.id),
        Event(what=What.TIMED, at=NOW, by=leo.id, old="0", new="25", ticket=ticket.id),
        Event(what=What.ASSIGNED, at=NOW, by=leo.id, new=str(leo.id), ticket=ticket.id),
    ):
        work.entries.add(entry)
    number = work.inbox.arrive(Arrival(channel="email", external_id=ExternalId("<a>"), at=NOW))
    assert number is not None
    work.inbox.settle(number, Outcome.TICKET, person=ana.id, ticket=ticket.id)


def quarantined(work: Work) -> None:
    """A mail that went wrong three times, as the conversation keeps it."""
    settings = load(EXAMPLE, {"email": DOOR.settings}).channels["email"]
    inbound = DOOR.open(settings, "email", b"k" * 32, NoCursor()).read(MAIL, "help@example.org")
    assert inbound is not None
    item = Quarantined(
        channel="email",
        external_id=inbound.external_id,
        at=NOW,
        error="ValueError: oops",
        raw=MAIL,
        context="help@example.org",
        attempts=3,
    )
    work.quarantine.stumble(item)
    arrival = Arrival(channel="email", external_id=item.external_id, at=NOW)
    number = work.inbox.arrive(arrival)
    assert number is not None
    work.inbox.settle(number, Outcome.QUARANTINE, reason=item.error)


class NoCursor:
    """A place that keeps nothing."""

    async def load(self, key: str) -> str:  # noqa: ARG002 - as the channel calls it
        return ""

    async def save(self, key: str, value: str) -> None: ...
