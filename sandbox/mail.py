"""A mail server for the demo, the tests and the benchmarks: IMAP and SMTP in the calling loop."""

import ssl
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from sandbox.mail_imap import ImapDoor
from sandbox.mail_letter import Letter, stamp
from sandbox.mail_smtp import SmtpDoor

AUTHSERV_ID = "sandbox.desk.example"


@dataclass(frozen=True, slots=True)
class Faults:
    """What can be made to go wrong.

    `smtp` is a script, its words are told at `SmtpDoor`. `imap` has `drop()`, `mute()`, `speak()`
    and `renumber(address)`.
    """

    smtp: deque[str]
    imap: ImapDoor


class MailServer:
    """IMAP and SMTP for a few accounts, on free ports of 127.0.0.1; to be used with `async with`.

    Everything it takes for an address of its own ends in that account's INBOX, everything else in
    `outbox`, so that nothing ever leaves the machine. An address with a plus (`help+7@…`) belongs
    to the account without it.
    """

    imap_port: int
    smtp_port: int
    imaps_port: int  # 0 without a certificate
    smtps_port: int  # 0 without a certificate

    def __init__(
        self,
        accounts: Mapping[str, str],
        tokens: Mapping[str, str],
        certificate: tuple[str, str] | None,
        *,
        vouches: bool,
    ) -> None:
        script: deque[str] = deque()
        self._tls = _context(certificate) if certificate else None
        self._accounts = dict(accounts)
        self._vouches = vouches
        self._imap = ImapDoor(self._accounts, tokens, self._tls)
        self._smtp = SmtpDoor(self._accounts, tokens, self.post, script, self._tls)
        self.outbox: list[Letter] = []
        self.faults = Faults(script, self._imap)

    @classmethod
    async def start(
        cls,
        accounts: Mapping[str, str],
        *,
        tokens: Mapping[str, str] | None = None,
        certificate: tuple[str, str] | None = None,
        vouches: bool = True,
    ) -> Self:
        """Start for `accounts` (address → password) and `tokens` (address → OAuth bearer token).

        `certificate`: the files of a certificate and its key; with it both plain ports offer
        STARTTLS and the encrypted ports open. `vouches`: write Authentication-Results of
        `AUTHSERV_ID` on incoming mail, as a real provider does.
        """
        server = cls(accounts, tokens or {}, certificate, vouches=vouches)
        server.imap_port = await server._imap.open()
        server.smtp_port = await server._smtp.open()
        encrypted = certificate is not None
        server.imaps_port = await server._imap.open(encrypted=True) if encrypted else 0
        server.smtps_port = await server._smtp.open(encrypted=True) if encrypted else 0
        return server

    async def stop(self) -> None:
        """Close every port and connection; the mail is gone with it."""
        await self._smtp.close()
        await self._imap.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def deliver(self, raw: bytes, to: str) -> None:
        """Put these very bytes into the INBOX of `to`, without a stamp; KeyError if unknown."""
        await self._imap.store(self._account(to), raw)

    async def post(self, letter: Letter) -> None:
        """Deliver a letter as if it had come by SMTP."""
        account = self._account(letter.recipient)
        if account not in self._accounts:
            self.outbox.append(letter)
            return
        raw = stamp(letter, self._accounts, AUTHSERV_ID) if self._vouches else letter.raw
        await self._imap.store(account, raw)

    async def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """Return what lies in a folder of one account, oldest first; KeyError if unknown."""
        return await self._imap.messages(address, folder)

    def drop_smtp(self) -> None:
        """Fault: cut every SMTP connection at once, the kept ones too."""
        self._smtp.drop()

    def _account(self, address: str) -> str:
        local, at, domain = address.lower().rpartition("@")
        return local.partition("+")[0] + at + domain


def _context(certificate: tuple[str, str]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context
