"""The IMAP half of the local mail server: pymap with mailboxes in memory, and faults on demand."""

import asyncio
import ssl
from argparse import Namespace
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, Login
from pymap.backend.dict import Identity as Account
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Event
from pymap.context import connection_exit
from pymap.exceptions import InvalidAuth
from pymap.imap import IMAPConnection
from pymap.imap.state import ConnectionState
from pymap.parsing.command.any import NoOpCommand
from pymap.parsing.command.select import IdleCommand
from pymap.parsing.message import AppendMessage
from pymap.parsing.response import CommandResponse, Response
from pymap.parsing.specials import FetchRequirement
from pymap.user import UserMetadata
from pysasl import SASLAuth
from pysasl.creds.external import ExternalVerificationRequired
from pysasl.creds.server import ServerCredentials
from pysasl.mechanism.login import LoginMechanism
from pysasl.mechanism.oauth import OAuth2Mechanism
from pysasl.mechanism.plain import PlainMechanism

from sandbox.closing import close_doors, see_out

_ANNOUNCEMENTS = 100  # that are remembered


class ImapDoor:
    """An IMAP server whose accounts live in memory; also the switchboard of its faults.

    `announcements` are the loop's latest times at which somebody who idled was told of a change.
    """

    def __init__(
        self,
        accounts: Mapping[str, str],
        tokens: Mapping[str, str],
        tls: ssl.SSLContext | None,
    ) -> None:
        self._tls = tls
        self._config = _config(tls)
        self._login = _Doorkeeper(self._config, accounts, tokens)
        self._servers: list[asyncio.Server] = []
        self._writers: set[asyncio.StreamWriter] = set()
        self._talks: set[asyncio.Task[None]] = set()
        self.announcements: deque[float] = deque(maxlen=_ANNOUNCEMENTS)
        self._speaks = asyncio.Event()
        self._speaks.set()
        for address in accounts:
            self._login.users_dict[address] = UserMetadata(self._config, address)
            self._config.set_cache[address] = (MailboxSet(), FilterSet())

    async def open(self, *, encrypted: bool = False) -> int:
        """Listen on a free port of 127.0.0.1 (TLS from the first byte if `encrypted`); the port."""
        server = await asyncio.start_server(
            self._talk, "127.0.0.1", 0, ssl=self._tls if encrypted else None
        )
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and end every conversation."""
        await close_doors(self._servers)
        self.speak()
        self.drop()
        await see_out(self._talks)

    async def store(self, address: str, raw: bytes) -> None:
        """Put a message into the account's INBOX; who idles there hears of it at once."""
        inbox = await self._folder(address, "INBOX")
        await inbox.append(AppendMessage(raw, datetime.now(UTC), frozenset()), recent=True)

    async def messages(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """Return the raw messages in a folder of the account, in the order of their arrival.

        Raises KeyError when there is no such account or folder.
        """
        box = await self._folder(address, folder)
        loaded = [await m.load_content(FetchRequirement.CONTENT) async for m in box.messages()]
        return [bytes(message) for message in loaded]

    def drop(self) -> None:
        """Fault: cut every connection at once, without a word."""
        for writer in list(self._writers):
            writer.transport.abort()

    def mute(self) -> None:
        """Fault: go on listening, but read and answer nothing more."""
        self._speaks.clear()
        for writer in self._writers:
            _reading(writer).pause_reading()

    def speak(self) -> None:
        """End `mute`."""
        self._speaks.set()
        for writer in self._writers:
            if not writer.transport.is_closing():
                _reading(writer).resume_reading()

    async def renumber(self, address: str) -> None:
        """Fault: give the INBOX a new UIDVALIDITY and its messages new UIDs, and cut everybody."""
        kept = await self.messages(address)
        old = (await self._folder(address, "INBOX")).uid_validity
        while (await self._folder(address, "INBOX")).uid_validity == old:
            self._config.set_cache[address] = (MailboxSet(), FilterSet())
        for raw in kept:
            await self.store(address, raw)
        self.drop()

    async def _folder(self, address: str, folder: str) -> MailboxData:
        return await self._config.set_cache[address][0].get_mailbox(folder)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self._writers.add(writer)
        try:
            await self._speaks.wait()
            where = SocketInfoLocal(writer, unique_id=uuid4().bytes)
            talk = _Talk(self._config.commands, self._config, reader, writer, where)
            talk.announcements = self.announcements
            async with AsyncExitStack() as until_the_end:
                connection_exit.set(until_the_end)
                await talk.run(ConnectionState(self._login, self._config))
        except (ConnectionError, EOFError):
            pass  # the client went away in the middle of a word
        finally:
            self._talks.discard(task)
            self._writers.discard(writer)
            writer.close()


class _Talk(IMAPConnection):
    """pymap's conversation, but IDLE tells at once what came between it and the last command.

    As real servers do; pymap keeps it to itself until the IDLE ends.
    """

    announcements: deque[float]

    async def idle(self, state: ConnectionState, cmd: IdleCommand) -> CommandResponse:
        await self._announce(state)
        return await super().idle(state, cmd)

    async def handle_updates(self, state: ConnectionState, done: Event, cmd: IdleCommand) -> None:
        await self._announce(state)
        await super().handle_updates(state, done, cmd)

    async def write_updates(self, untagged: Iterable[Response]) -> None:
        await super().write_updates(untagged)
        self.announcements.append(asyncio.get_running_loop().time())

    async def _announce(self, state: ConnectionState) -> None:
        # Tagged with a star, the answer to NOOP is an untagged "* OK", welcome at any time.
        await self.write_response(await state.do_command(NoOpCommand(b"*")))


class _Config(Config):
    """pymap's settings without its look-ups of the host's name."""

    @property
    def greeting(self) -> bytes:
        return b"sandbox mail"

    @property
    def tls_auth(self) -> SASLAuth:
        return SASLAuth([PlainMechanism(), LoginMechanism(), OAuth2Mechanism()])


class _Doorkeeper(Login):
    """Knows the passwords and tokens as they are: nothing here is worth a hash."""

    def __init__(
        self, config: Config, accounts: Mapping[str, str], tokens: Mapping[str, str]
    ) -> None:
        super().__init__(config)
        self._accounts = accounts
        self._bearers = tokens

    async def authenticate(self, credentials: ServerCredentials) -> Account:
        name = credentials.authcid or credentials.authzid
        secret = _Given(name)
        try:
            credentials.verify(secret)
        except ExternalVerificationRequired as bearer:
            known = name in self._accounts and self._bearers.get(name) == bearer.token
        else:
            known = name in self._accounts and self._accounts[name] == secret.value
        if not known:
            raise InvalidAuth
        return Account(name, self, None, frozenset())


class _Given:
    """Takes down the secret that a client gave."""

    def __init__(self, name: str) -> None:
        self.authcid = name
        self.value = ""

    def compare_authcid(self, authcid: str) -> bool:
        return authcid == self.authcid

    def compare_secret(self, value: str) -> bool:
        self.value = value
        return True

    def get_clear_secret(self) -> str | None:
        return None


def _config(tls: ssl.SSLContext | None) -> Config:
    args = Namespace(passlib_cfg=None, proxy_protocol=None)
    plain = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)  # never used, but spares pymap loading one
    options: dict[str, Any] = {"demo_data": False, "demo_user": "", "demo_password": ""}
    return _Config(
        args,
        host="127.0.0.1",
        port=0,
        ssl_context=tls or plain,
        tls_enabled=tls is not None,
        reject_dnsbl=False,
        invalid_user_sleep=0,
        **options,
    )


def _reading(writer: asyncio.StreamWriter) -> asyncio.ReadTransport:
    transport = writer.transport
    assert isinstance(transport, asyncio.ReadTransport)
    return transport
