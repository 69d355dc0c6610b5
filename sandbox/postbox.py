"""Writes and reads mail for the people of the demo, over the sandbox's own SMTP and IMAP."""

import asyncio
import email
import email.policy
from email.message import EmailMessage
from email.utils import formataddr, make_msgid

import aiosmtplib

from sandbox.cast import DESK, PASSWORD, Person
from sandbox.mail import MailServer

PATIENCE = 20.0  # seconds to wait for a mail that was promised


class Postbox:
    """One person's mail: what they wrote, and what reached them."""

    def __init__(self, server: MailServer, person: Person) -> None:
        self._server = server
        self.person = person
        self._read = 0
        self.last: EmailMessage | None = None

    async def write(
        self, text: str, *, subject: str = "", answers: EmailMessage | None = None
    ) -> None:
        """Send a mail to the desk, as an answer if it answers one."""
        mail = EmailMessage()
        mail["From"] = formataddr((self.person.name, self.person.address))
        mail["To"] = DESK
        mail["Message-ID"] = make_msgid(domain="example.org")
        if answers is not None:
            mail["Subject"] = f"Re: {answers['Subject']}"
            mail["In-Reply-To"] = answers["Message-ID"]
            mail["References"] = answers["Message-ID"]
        else:
            mail["Subject"] = subject
        mail.set_content(text)
        await aiosmtplib.send(
            mail,
            hostname="127.0.0.1",
            port=self._server.smtp_port,
            start_tls=False,
            username=self.person.address,
            password=PASSWORD,
        )

    async def next(self) -> EmailMessage:
        """The next mail that reached them. Raises `TimeoutError` when none comes."""
        async with asyncio.timeout(PATIENCE):
            while not (fresh := await self.fresh()):  # noqa: ASYNC110 - a mailbox rings no bell
                await asyncio.sleep(0.01)
        self._read -= len(fresh) - 1
        self.last = fresh[0]
        return fresh[0]

    async def fresh(self) -> list[EmailMessage]:
        """What reached them since they last looked, oldest first."""
        raw = await self._server.messages(self.person.address)
        fresh, self._read = raw[self._read :], len(raw)
        mails = [email.message_from_bytes(each, policy=email.policy.default) for each in fresh]
        self.last = mails[-1] if mails else self.last
        return mails


def words(mail: EmailMessage) -> str:
    """The plain words of a mail."""
    body = mail.get_body(("plain",))
    return body.get_content().strip() if body else ""
