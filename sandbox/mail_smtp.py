"""The SMTP half of the local mail server: aiosmtpd, with faults taken from a script."""

import asyncio
import logging
import ssl
from base64 import b64decode
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session

from sandbox.closing import close_doors
from sandbox.mail_letter import Letter

Post = Callable[[Letter], Awaitable[None]]


class SmtpDoor:
    """An SMTP server that hands each accepted message to `post`, once a recipient.

    `faults` is a script: each stage of a transaction looks whether the first line is meant for
    it, takes it out and plays it. A line is

    - `451`, `550 5.1.1 nobody here`: the answer to RCPT; with another stage before it, as in
      `auth:535 5.7.8 no`, `mail:421 4.7.0 later`, `data:452 4.2.2 full`, the answer to that one;
      after a 421 the server hangs up
    - `drop_before`: cut the connection at MAIL
    - `drop_after_data`: take the message, then cut the connection instead of saying so
    - `hang`: take the message and say nothing more
    """

    def __init__(
        self,
        accounts: Mapping[str, str],
        tokens: Mapping[str, str],
        post: Post,
        faults: deque[str],
        tls: ssl.SSLContext | None,
    ) -> None:
        self._accounts = accounts
        self._tokens = tokens
        self._post = post
        self._faults = faults
        self._tls = tls
        self._servers: list[asyncio.Server] = []
        self._talks: set[SMTP] = set()

    async def open(self, *, encrypted: bool = False) -> int:
        """Listen on a free port of 127.0.0.1 (TLS from the first byte if `encrypted`); the port."""
        # aiosmtpd warns of a deprecated word of its own at every sign-in.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            partial(self._talk, loop, encrypted=encrypted),
            "127.0.0.1",
            0,
            ssl=self._tls if encrypted else None,
        )
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and end every conversation."""
        await close_doors(self._servers)
        self.drop()
        await asyncio.sleep(0)  # lets the transports tell their conversations

    def drop(self) -> None:
        """Fault: cut every connection at once, without a word."""
        for talk in list(self._talks):
            _cut(talk)

    def _talk(self, loop: asyncio.AbstractEventLoop, *, encrypted: bool) -> SMTP:
        talk = SMTP(
            self,
            hostname="sandbox.desk.example",
            ident="sandbox mail",
            enable_SMTPUTF8=True,
            tls_context=None if encrypted else self._tls,
            auth_require_tls=False,
            authenticator=self._authenticate,
            loop=loop,
        )
        self._talks = {known for known in self._talks if known.transport is not None} | {talk}
        return talk

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: LoginPassword
    ) -> AuthResult:
        known = self._accounts.get(given.login.decode())
        accepted = known is not None and known == given.password.decode()
        # Without handled=False a refusal sends no reply at all and the client hangs.
        return AuthResult(success=accepted, handled=False, auth_data=given)

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd finds it by name
        """Sign in by a bearer token, given with the command as every client does."""
        fields = b64decode(args[1]).decode().split("\x01")
        name, token = fields[0].removeprefix("user="), fields[1].removeprefix("auth=Bearer ")
        accepted = self._tokens.get(name) == token
        if not accepted:
            await server.challenge_auth('{"status":"401"}')  # the client answers with a blank line
        login = LoginPassword(name.encode(), token.encode())
        return AuthResult(success=accepted, handled=False, auth_data=login)

    async def handle_AUTH(  # noqa: N802 - aiosmtpd finds it by name
        self, _server: SMTP, _session: Session, _envelope: Envelope, _args: list[str]
    ) -> object:
        """Play a fault of the stage `auth`, else let the server see to it."""
        return self._take("auth") or MISSING

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds it by name
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        mail_options: list[str],
    ) -> str:
        """Take the sender."""
        fault = self._take("mail")
        if fault == "drop_before":
            await self._cut(server)
        if fault:
            return self._refuse(server, fault)
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by name
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Take one recipient."""
        fault = self._take("rcpt")
        if fault:
            return self._refuse(server, fault)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds it by name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the message itself."""
        fault = self._take("data")
        if fault[:1].isdigit():
            return self._refuse(server, fault)
        raw = envelope.original_content or b""
        given: object = session.auth_data  # None as long as nobody signed in
        login = given.login.decode() if isinstance(given, LoginPassword) else ""
        for recipient in envelope.rcpt_tos:
            await self._post(Letter(envelope.mail_from or "", recipient, raw, login))
        if fault == "hang":
            await asyncio.Event().wait()
        if fault == "drop_after_data":
            await self._cut(server)
        return "250 2.0.0 taken"

    def _take(self, stage: str) -> str:
        if not self._faults:
            return ""
        meant, _, reply = _staged(self._faults[0]).partition(":")
        if meant != stage:
            return ""
        self._faults.popleft()
        return reply if " " in reply or not reply.isdigit() else f"{reply} scripted"

    def _refuse(self, server: SMTP, reply: str) -> str:
        if reply.startswith("421"):
            asyncio.get_running_loop().call_later(0.01, _hang_up, server)
        return reply

    async def _cut(self, server: SMTP) -> None:
        _cut(server)
        await asyncio.Event().wait()  # the conversation is cancelled with its connection


def _staged(line: str) -> str:
    stages = {"drop_before": "mail", "drop_after_data": "data", "hang": "data"}
    if line in stages:
        return f"{stages[line]}:{line}"
    return line if ":" in line[:5] else f"rcpt:{line}"


def _cut(talk: SMTP) -> None:
    if isinstance(talk.transport, asyncio.WriteTransport):
        talk.transport.abort()


def _hang_up(talk: SMTP) -> None:
    if talk.transport is not None:
        talk.transport.close()
