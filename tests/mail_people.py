"""People with real mailboxes: they write by SMTP and read by IMAP, each with their own program."""

import asyncio
import email
import email.policy
import html
import imaplib
import itertools
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

import aiosmtplib

from sandbox.cast import DESK
from sandbox.mail import MailServer

HELP, SALES = DESK, "sales@desk.example"
PASSWORD = "pw"
PATIENCE = 8.0  # seconds to wait for a mail that was promised
_counter = itertools.count(1)


@dataclass(frozen=True)
class Mail:
    """A mail as its reader's program shows it: `piece in mail` looks at subject and words."""

    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def name(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def sender(self) -> str:
        return str(self.message["From"])

    @property
    def words(self) -> str:
        return self._body("plain")

    @property
    def page(self) -> str:
        return self._body("html")

    @property
    def files(self) -> dict[str, bytes]:
        return {
            str(part.get_filename()): part.get_content() for part in self.message.iter_attachments()
        }

    @property
    def pictures(self) -> list[tuple[str, bytes]]:
        """Those shown within it: what is read out in their place, and their content."""
        found = []
        for part in self.message.walk():
            if address := str(part["Content-ID"] or "").strip("<>"):
                (told,) = re.findall(rf'src="cid:{address}" alt="([^"]*)"', self.page)
                found.append((html.unescape(told), part.get_content()))
        return found

    def __contains__(self, piece: str) -> bool:
        return piece in f"{self.subject}\n{self.words}"

    def _body(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        return str(body.get_content()).replace("\r\n", "\n") if body else ""


class Inbox:
    """A mailbox as its owner's program reads it, over IMAP; it connects anew when it is cut off."""

    def __init__(self, server: MailServer, address: str) -> None:
        self._server = server
        self._address = address
        self._program: imaplib.IMAP4 | None = None
        self._seen = 0

    def on(self, server: MailServer) -> "Inbox":
        """The same box on another server, read as far."""
        inbox = Inbox(server, self._address)
        inbox._seen = self._seen
        return inbox

    async def unread(self) -> int:
        """How many mails nobody has marked as seen."""
        return len((await self._ask("search", "UNSEEN"))[0].split())

    async def fresh(self) -> list[Mail]:
        """What came since the last look, oldest first."""
        (count,) = map(int, await self._ask("count"))
        if count <= self._seen:
            return []
        told = await self._ask("fetch", f"{self._seen + 1}:*", "(BODY.PEEK[])")
        self._seen = count
        raws = [part[1] for part in told if isinstance(part, tuple)]
        return [Mail(email.message_from_bytes(raw, policy=email.policy.default)) for raw in raws]

    async def close(self) -> None:
        """Leave."""
        if self._program is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                await asyncio.to_thread(self._program.logout)
            self._hang_up()

    def _hang_up(self) -> None:
        program, self._program = self._program, None
        if program is not None:
            with suppress(OSError):
                program.shutdown()

    async def _ask(self, command: str, *words: str) -> list[bytes]:
        while True:
            try:
                return await asyncio.to_thread(self._asked, command, *words)
            except (OSError, imaplib.IMAP4.abort):
                self._hang_up()
                await asyncio.sleep(0.02)

    def _asked(self, command: str, *words: str) -> list[bytes]:
        if self._program is None:
            self._program = imaplib.IMAP4("127.0.0.1", self._server.imap_port, timeout=5)
            self._program.login(self._address, PASSWORD)
            self._program.select("INBOX", readonly=True)
        self._program.noop()
        if command == "count":  # it is told with each answer: the last is how it is now
            return list(self._program.untagged_responses["EXISTS"][-1:])
        if command == "search":
            return list(self._program.search(None, *words)[1])
        return list(self._program.fetch(*words)[1])


@dataclass
class Somebody:
    """A person with a mailbox."""

    server: MailServer
    clock: Callable[[], datetime]
    settled: Callable[[], Awaitable[None]]  # once the desk has taken and sent everything
    address: str
    name: str
    inbox: Inbox = field(init=False)
    waiting: list[Mail] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.server, self.address)

    async def writes(
        self,
        text: str,
        *,
        subject: str = "",
        answers: Mail | None = None,
        to: str = HELP,
        html: str = "",
        files: Mapping[str, bytes] | None = None,
        **fields: str,
    ) -> str:
        """Send a mail, as an answer if it answers one; its Message-ID. `fields` as in `cc=…`."""
        mail = EmailMessage(email.policy.SMTP)
        known = {
            "From": formataddr((self.name, self.address)),
            "To": to,
            "Subject": f"Re: {answers.subject}" if answers and not subject else subject,
            "Date": format_datetime(self.clock()),
            "Message-ID": f"<{next(_counter)}.{id(self.server)}@{self.address.partition('@')[2]}>",
        }
        if answers:
            known |= {"In-Reply-To": answers.name, "References": answers.name}
        known |= {name.replace("_", "-").title(): value for name, value in fields.items()}
        for name, value in known.items():
            if value:
                mail[name] = value
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        for file, content in (files or {}).items():
            mail.add_attachment(content, maintype="application", subtype="pdf", filename=file)
        await self.posts(mail.as_bytes(), to=to)
        return known.get("Message-Id") or known["Message-ID"]

    async def posts(self, raw: bytes, *, to: str = HELP, signs_in: bool = True) -> None:
        """Send these very bytes in one's own name: what From says is another matter."""
        await aiosmtplib.send(
            raw,
            sender=self.address,
            recipients=[to],
            hostname="127.0.0.1",
            port=self.server.smtp_port,
            start_tls=False,
            username=self.address if signs_in else None,
            password=PASSWORD if signs_in else None,
        )

    async def reads(self) -> Mail:
        """The next mail that reached them. Raises `TimeoutError` when none comes."""

        async def is_there() -> bool:
            self.waiting = self.waiting or await self.inbox.fresh()
            return bool(self.waiting)

        await until(is_there)
        return self.waiting.pop(0)

    async def moves(self, server: MailServer) -> None:
        """Go on with another server, which holds the same mails."""
        await self.inbox.close()
        self.server = server
        self.inbox = self.inbox.on(server)

    async def catches_up(self) -> list[Mail]:
        """Everything that reached them, once nothing more is on its way."""
        await self.settled()
        mails, self.waiting = self.waiting + await self.inbox.fresh(), []
        return mails


async def until(holds: Callable[[], Awaitable[bool]], patience: float = PATIENCE) -> None:
    """Wait until it holds. Raises `TimeoutError` when it doesn't within so many seconds."""
    async with asyncio.timeout(patience):
        while not await holds():  # noqa: ASYNC110 - a mailbox rings no bell
            await asyncio.sleep(0.005)
