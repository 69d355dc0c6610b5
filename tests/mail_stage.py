"""A stage for people with real mailboxes, in front of the whole desk as operators start it.

`await ana.writes("No me va la VPN")`, then `mail = await ana.reads()` and `assert "IT-1" in mail`.
Between the desk and its mail server lie two cables, which can be cut.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from clock import Clock
from mail_cable import Cable
from mail_people import HELP, PASSWORD, PATIENCE, SALES, Inbox, Somebody, until

from adapters.email.settings import EmailSettings, Mailbox
from bot.app import App, open_app
from bot.config import Config, LogSettings, StoreSettings
from bot.jobs import JOBS
from bot.model.calendar import Hours
from bot.model.entry import Entry
from bot.model.mailroom import Account, Delivery
from bot.model.person import Organisation, Role
from bot.model.settings import Agent, Desk, Knowledge, Team
from bot.model.ticket import Ticket
from sandbox import cast, mail_settings
from sandbox.mail import MailServer

MADRID, MEXICO = ZoneInfo("Europe/Madrid"), ZoneInfo("America/Mexico_City")
KNOWLEDGE = Knowledge(patience=timedelta(seconds=5))  # the machine may be busy with other tests
SARA = Agent(cast.SARA.name, {"email": cast.SARA.address}, ("support",), language="en")
HUGO = Agent("Hugo Sanz", {"email": "hugo@desk.example"}, ("support",), language="es")
NINA = Agent("Nina Roth", {"email": "nina@desk.example"}, ("network",), Role.LEAD, "en")
CAST = {
    "ana": ("ana@example.org", "Ana Ruiz"),
    "tom": ("tom@example.org", "Tom Baker"),
    "lupe": ("lupe@mexico.example", "Lupe Ortiz"),
    "bob": ("bob@example.org", "Bob Hill"),
    "eve": ("eve@elsewhere.example", "Eve"),
    "sara": (cast.SARA.address, cast.SARA.name),
    "hugo": ("hugo@desk.example", "Hugo Sanz"),
    "nina": ("nina@desk.example", "Nina Roth"),
}


@dataclass
class MailStage:
    """A whole desk, its mail server, and the cables between them."""

    app: App
    server: MailServer
    clock: Clock
    imap: Cable
    smtp: Cable
    people: dict[str, Somebody] = field(default_factory=dict)
    boxes: dict[str, Inbox] = field(default_factory=dict)  # the desk's own, looked into from here

    def person(self, key: str) -> Somebody:
        """Somebody of the cast."""
        if key not in self.people:
            found = Somebody(self.server, self.clock, self.settles, *CAST[key])
            self.people[key] = found
        return self.people[key]

    async def settles(self, patience: float = PATIENCE) -> None:
        """Wait until the desk has taken every mail and sent every letter that is due."""
        for box in mailboxes_of(self.app.config):
            inbox = self.boxes.setdefault(box.address, Inbox(self.server, box.address))
            await until(partial(_is_read, inbox), patience)
        await until(self._nothing_is_due, patience)

    async def passes(self, **time: float) -> None:
        """Let time pass and call every job, as the scheduler would."""
        self.clock.move(**time)
        for job in JOBS:
            await self.app.scheduler.call(job)
        self.app.courier.wake()
        await self.settles()

    async def ticket(self, number: int = 1) -> Ticket | None:
        """A ticket as it stands."""
        return await self.app.store.read(lambda work: work.tickets.get(number))

    async def entries(self, number: int = 1) -> list[Entry]:
        """A ticket's history."""
        return await self.app.store.read(lambda work: work.entries.of(number))

    async def account(self) -> Account:
        """What came in by mail and how it ended."""
        (account,) = await self.app.store.read(lambda work: work.inbox.accounts())
        return account

    async def _nothing_is_due(self) -> bool:
        due, states = await self.app.store.read(
            lambda work: (work.outbox.next_due("email"), work.outbox.states())
        )
        return not states[Delivery.SENDING] and (due is None or due > self.clock())


async def _is_read(inbox: Inbox) -> bool:
    return not await inbox.unread()


def desk_settings(**differs: object) -> Desk:
    """Two teams, three agents, an own company in Madrid and a customer in Mexico."""
    day = ((time(9), time(18)),)
    ordinary = Desk(
        name="Help desk",
        zone=MADRID,
        knowledge=KNOWLEDGE,
        hours=Hours(MADRID, dict.fromkeys(range(5), day)),
        teams=(Team("support", "Support"), Team("network", "Network")),
        agents=(SARA, HUGO, NINA),
        organisations=(
            Organisation("Example", domains=("example.org",), zone="Europe/Madrid"),
            Organisation("Mexico", domains=("mexico.example",), zone="America/Mexico_City"),
        ),
    )
    return replace(ordinary, **differs)  # type: ignore[arg-type]  # checked when it runs


def mail_config(
    url: str, folder: Path, desk: Desk, boxes: Sequence[Mailbox], timeout_seconds: float
) -> Config:
    """The config of a desk with its book at `url` and these mailboxes."""
    email = EmailSettings(mailboxes=tuple(boxes), timeout_seconds=timeout_seconds)
    store = StoreSettings(database=url, files=folder / "files", secret_file=folder / "secret")
    return Config(desk, store, None, False, LogSettings(), {"email": email})


def mailbox(address: str = HELP, **differs: object) -> Mailbox:
    """A mailbox of the desk on a server of this machine."""
    ordinary: dict[str, object] = {"password": PASSWORD, "display_name": "Help desk"}
    return mail_settings.mailbox(address, **ordinary | differs)


def mailboxes_of(config: Config) -> tuple[Mailbox, ...]:
    """The desk's own mailboxes."""
    email = config.channels["email"]
    assert isinstance(email, EmailSettings)
    return email.mailboxes


@asynccontextmanager
async def set_mail_stage(
    url: str,
    folder: Path,
    clock: Clock,
    *,
    desk: Desk | None = None,
    boxes: Sequence[Mailbox] = (),
    timeout_seconds: float = 30,
    texts: Path | None = None,
    beside: Mapping[str, object] | None = None,
) -> AsyncIterator[MailStage]:
    """Raise the curtain: the desk listens and sends until the end of the scene.

    `beside` are the settings of its other channels.
    """
    accounts = dict.fromkeys([HELP, SALES, *(address for address, _ in CAST.values())], PASSWORD)
    async with (
        await MailServer.start(accounts) as server,
        Cable(server.imap_port) as imap,
        Cable(server.smtp_port) as smtp,
    ):
        behind = [
            replace(each, imap_port=imap.port, smtp_port=smtp.port) for each in boxes or [mailbox()]
        ]
        config = mail_config(url, folder, desk or desk_settings(), behind, timeout_seconds)
        config = replace(config, texts=texts, channels={**config.channels, **(beside or {})})
        async with at_work(config, clock) as app:
            stage = MailStage(app, server, clock, imap, smtp)
            try:
                yield stage
            finally:
                for inbox in (
                    *(each.inbox for each in stage.people.values()),
                    *stage.boxes.values(),
                ):
                    await inbox.close()


@asynccontextmanager
async def at_work(config: Config, clock: Clock) -> AsyncIterator[App]:
    """A desk that runs until the end."""
    async with open_app(config, clock) as app:
        running = asyncio.create_task(app.run())
        try:
            yield app
        finally:
            running.cancel()
            await asyncio.wait([running])
            if not running.cancelled():
                running.result()  # it ended by itself: say why


def config_file(folder: Path, imap: int, smtp: int, database: str = "sqlite:///desk.db") -> Path:
    """The same desk as a file for the command line, with one agent: Sara."""
    return mail_settings.one_agent_desk(folder, PASSWORD, imap=imap, smtp=smtp, database=database)
