"""What the tests of the email door share: a desk that takes mail, a notebook, a door to them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from mail_people import HELP, PASSWORD, SALES

from adapters.email.channel import EmailChannel
from adapters.email.cursor import Place
from adapters.email.settings import EmailSettings, Mailbox
from bot.channel import Receive
from bot.model.message import Inbound
from sandbox import mail_settings
from sandbox.mail import MailServer

ADA = "ada@desk.example"
PATIENCE = 10.0  # seconds
ACCOUNTS = dict.fromkeys((HELP, SALES, ADA), PASSWORD)
KEY = f"email/{HELP}/INBOX"


class Notebook(dict[str, str]):
    """A cursor's keeper that forgets nothing as long as the test runs."""

    async def load(self, key: str) -> str:
        return self.get(key, "")

    async def save(self, key: str, value: str) -> None:
        self[key] = value

    @property
    def uid(self) -> int:
        place = Place.parse(self.get(KEY, ""))
        return place.uid if place else -1


class Desk:
    """Takes what the door hands over; `refuses` says which subjects it doesn't take."""

    def __init__(self) -> None:
        self.got: list[Inbound] = []
        self.refuses: Callable[[str], bool] = lambda _: False
        self.tries = 0
        self._changed = asyncio.Condition()

    async def receive(self, inbound: Inbound) -> None:
        async with self._changed:
            self.tries += 1
            self._changed.notify_all()
            if self.refuses(inbound.subject):
                raise RuntimeError("the book is closed")
            self.got.append(inbound)

    async def until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(ready)

    async def has(self, count: int) -> list[str]:
        await self.until(lambda: len(self.got) >= count)
        return [inbound.subject for inbound in self.got]


def mailbox(server: MailServer, address: str = HELP, **settings: object) -> Mailbox:
    """One of `ACCOUNTS` on this server, as the config would name it."""
    ports = {"imap_port": server.imap_port, "smtp_port": server.smtp_port}
    return mail_settings.mailbox(address, **{"password": PASSWORD} | ports | settings)


def door(notebook: Notebook, *mailboxes: Mailbox, **settings: float) -> EmailChannel:
    whole = EmailSettings(mailboxes=mailboxes, **settings)  # type: ignore[arg-type]  # all floats
    return EmailChannel(whole, name="email", secret=b"secret", cursor=notebook)


@asynccontextmanager
async def listening(door: EmailChannel, receive: Receive) -> AsyncIterator[asyncio.Task[None]]:
    """The door is open until the end; the task in which it listens."""
    task = asyncio.create_task(door.listen(receive))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])
        await door.close()
        if not task.cancelled():
            task.result()  # it ended by itself: say why


async def becomes(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)


def mail(subject: str, sender: str = ADA, extra: str = "", body: str = "Please help.") -> bytes:
    return (
        f"From: Ada <{sender}>\r\nTo: {HELP}\r\nSubject: {subject}\r\n"
        f"Message-ID: <{subject}@desk.example>\r\n{extra}\r\n{body}\r\n"
    ).encode()
