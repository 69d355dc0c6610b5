"""What the tests of the email door share: a desk that takes mail, a notebook, a door to them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from adapters.email.channel import EmailChannel
from adapters.email.cursor import Place
from adapters.email.settings import EmailSettings, Mailbox
from bot.model.message import Inbound
from sandbox.mail import AUTHSERV_ID, MailServer

HELP, SALES, ADA = "help@desk.example", "sales@desk.example", "ada@desk.example"
ACCOUNTS = {HELP: "pw", SALES: "pw", ADA: "pw"}
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
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(ready), 10)

    async def has(self, count: int) -> list[str]:
        await self.until(lambda: len(self.got) >= count)
        return [inbound.subject for inbound in self.got]


def mailbox(server: MailServer, address: str = HELP, **settings: object) -> Mailbox:
    plain = Mailbox(
        address=address,
        imap_host="127.0.0.1",
        imap_port=server.imap_port,
        imap_security="none",
        smtp_host="127.0.0.1",
        smtp_port=server.smtp_port,
        smtp_security="none",
        password="pw",
        first_start="all",
        authserv_ids=(AUTHSERV_ID,),
    )
    return replace(plain, **settings)  # type: ignore[arg-type]  # checked when it runs


def door(notebook: Notebook, *mailboxes: Mailbox, **settings: float) -> EmailChannel:
    whole = EmailSettings(mailboxes=mailboxes, **settings)  # type: ignore[arg-type]  # all floats
    return EmailChannel(whole, name="email", secret=b"secret", cursor=notebook)


@asynccontextmanager
async def listening(door: EmailChannel, desk: Desk) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(door.listen(desk.receive))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await door.close()


async def becomes(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)


def mail(subject: str, sender: str = ADA, extra: str = "", body: str = "Please help.") -> bytes:
    return (
        f"From: Ada <{sender}>\r\nTo: {HELP}\r\nSubject: {subject}\r\n"
        f"Message-ID: <{subject}@desk.example>\r\n{extra}\r\n{body}\r\n"
    ).encode()
