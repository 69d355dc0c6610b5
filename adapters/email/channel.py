"""The email door: all mailboxes are read at once, answers leave by the one they belong to."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from adapters.email.connect import Trust, unreached, where
from adapters.email.grade import signers
from adapters.email.imap import ServerSaysNo, Session
from adapters.email.intake import Reception, read
from adapters.email.letter import encode
from adapters.email.oauth import Tokens, password, refuse_exposed
from adapters.email.own_ids import message_id
from adapters.email.settings import EmailSettings, Mailbox
from adapters.email.smtp import Relay
from adapters.email.watch import Watch
from bot.channel import Cursor, Door, Receive, WrongSettings
from bot.model.message import ExternalId, Inbound, Outbound

log = logging.getLogger(__name__)

_BIG = 64 * 1024  # bytes of uploads from which encoding would hold everybody else up
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds before a broken connection is tried again
_STEADY = 60.0  # seconds after which a connection counts as having been a good one
_WRONG_PAUSE = 600.0  # seconds before settings that were refused are tried again
_SAMPLE = 5  # newest mails that `check` looks at
_UNNAMED = "a server without a name"


@dataclass(frozen=True, slots=True)
class _Post:
    mailbox: Mailbox
    trust: Trust
    imap_tokens: Tokens | None
    relay: Relay


class EmailChannel:
    """A desk's mailboxes, as a `bot.channel.Channel`.

    `name` is the channel's in addresses and keys, `secret` signs our Message-IDs, `cursor` keeps
    how far each mailbox was read.
    """

    def __init__(
        self, settings: EmailSettings, *, name: str, secret: bytes, cursor: Cursor
    ) -> None:
        self._settings = settings
        self._name = name
        self._secret = secret
        self._cursor = cursor
        self._posts = [_post(mailbox, settings) for mailbox in settings.mailboxes]

    async def listen(self, receive: Receive) -> None:
        """Hand over the mail of every mailbox until cancelled.

        A broken connection is made anew after a pause that grows to a minute. A mailbox with
        wrong settings is logged and tried again every ten minutes while another one works, or
        once it has worked itself; when none is left, its WrongSettings is raised.
        """
        watches = [self._watch(post, receive) for post in self._posts]
        hopeless: set[Watch] = set()

        def note_refused(watch: Watch, error: WrongSettings) -> None:
            hopeless.add(watch)
            if all(each in hopeless and not each.opened for each in watches):
                raise error  # whoever opened this door logs it
            log.error("%s", error)

        tasks = [asyncio.create_task(_attend(watch, note_refused)) for watch in watches]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def send(self, message: Outbound) -> ExternalId:
        """Send one letter and return its Message-ID, the same at every attempt."""
        post = self._post_of(message.to.room)
        box = post.mailbox
        raw = await self._letter(message, box)
        await post.relay.deliver(raw, message.recipient)
        return message_id(message.row, message.ticket, domain=box.domain, secret=self._secret)

    def read(self, raw: bytes, room: str) -> Inbound:
        """Decode a mail of one mailbox again, as it came from the server."""
        return read(raw, self._reception(self._post_of(room), _nobody))

    async def check(self) -> list[str | WrongSettings]:
        """Sign in at each mailbox's servers; a line for each, or what keeps us out."""
        found: list[str | WrongSettings] = []
        for post in self._posts:
            for look in (self._check_imap, _check_smtp, _check_secrets):
                try:
                    found += await look(post)
                except WrongSettings as error:
                    if str(error) not in map(str, found):  # one password may fail at both servers
                        found.append(error)
        return found

    async def close(self) -> None:
        """Let go of the sending connections; those of `listen` end when it is cancelled."""
        await asyncio.gather(*(post.relay.close() for post in self._posts))

    def _watch(self, post: _Post, receive: Receive) -> Watch:
        reception = self._reception(post, receive)
        return Watch(reception, self._settings, post.trust, post.imap_tokens, self._cursor)

    def _reception(self, post: _Post, receive: Receive) -> Reception:
        own = frozenset(each.mailbox.address for each in self._posts)
        return Reception(post.mailbox, self._name, own, self._secret, receive)

    def _post_of(self, room: str) -> _Post:
        """The mailbox of an address; the first for one that is no longer ours."""
        for post in self._posts:
            if post.mailbox.address.lower() == room.lower():
                return post
        return self._posts[0]

    async def _letter(self, message: Outbound, box: Mailbox) -> bytes:
        heavy = sum(upload.size for upload in message.uploads) > _BIG
        arguments = {"sender": box.address, "sender_name": box.display_name}
        if heavy:
            return await asyncio.to_thread(encode, message, **arguments, secret=self._secret)
        return encode(message, **arguments, secret=self._secret)

    async def _check_imap(self, post: _Post) -> list[str]:
        box = post.mailbox
        patience = self._settings.timeout_seconds
        try:
            session = await Session.open(box, post.trust, post.imap_tokens, patience=patience)
            try:
                folder = await session.select(box.folder)
                believed = _believed(box, await _signers(session))
            finally:
                await session.close()
        except OSError as error:
            raise unreached(box, "imap", error) from error
        except ServerSaysNo as error:
            problem = f"{box.name}: {where(box, 'imap')}: {error}"
            raise WrongSettings(problem, "see the server's log") from error
        count = f"{folder.count} mail{'' if folder.count == 1 else 's'}"
        line = f"{box.name}: {where(box, 'imap')} signed in, folder {box.folder} has {count}"
        if isinstance(believed, WrongSettings):
            raise WrongSettings(f"{line}; {believed.problem}", believed.mend)
        return [f"{line}; {believed}"]


async def _nobody(_: Inbound) -> None:
    """Where mail goes that is only read."""


def _open(settings: EmailSettings, name: str, secret: bytes, cursor: Cursor) -> EmailChannel:
    return EmailChannel(settings, name=name, secret=secret, cursor=cursor)


DOOR = Door(EmailSettings, _open, by_mail=True)


def _post(mailbox: Mailbox, settings: EmailSettings) -> _Post:
    trust = Trust(mailbox)
    imap, smtp = mailbox.imap_sign_in.oauth, mailbox.smtp_sign_in.oauth
    imap_tokens = Tokens(imap) if imap else None
    smtp_tokens = imap_tokens if smtp == imap else Tokens(smtp) if smtp else None
    relay = Relay(
        mailbox,
        trust,
        smtp_tokens,
        connections=settings.connections,
        patience=settings.timeout_seconds,
    )
    return _Post(mailbox, trust, imap_tokens, relay)


async def _attend(watch: Watch, note_refused: Callable[[Watch, WrongSettings], None]) -> NoReturn:
    """Read one mailbox for ever; raises only what `note_refused` raises, and our own mistakes."""
    box, loop, pause = watch.mailbox, asyncio.get_running_loop(), _FIRST_PAUSE
    while True:
        began = loop.time()
        try:
            await watch.read()
        except WrongSettings as error:
            note_refused(watch, error)
            await asyncio.sleep(_WRONG_PAUSE)
            continue
        except OSError as error:
            trouble = unreached(box, "imap", error).problem
        except ServerSaysNo as error:
            trouble = f"{box.name}: {where(box, 'imap')}: {error}"
        pause = _FIRST_PAUSE if loop.time() - began > _STEADY else pause
        log.warning("%s; trying again in %.0f s", trouble, pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def _check_smtp(post: _Post) -> list[str]:
    await post.relay.check()
    return [f"{post.mailbox.name}: {where(post.mailbox, 'smtp')} signed in"]


async def _check_secrets(post: _Post) -> list[str]:
    """Nothing to tell, unless a file with a password isn't there, or others may read it.

    It is looked at even where a server can't be reached, which would hide it till the next time.
    """
    for login in (post.mailbox.imap_sign_in, post.mailbox.smtp_sign_in):
        if login.password_file:
            await password(login)
            refuse_exposed(login)
    return []


async def _signers(session: Session) -> list[list[str]]:
    """Who signed the Authentication-Results of each of the newest mails that carry any."""
    newest = await session.newest()
    sample = (await session.after(max(0, newest - 10 * _SAMPLE)))[-_SAMPLE:]
    found = [signers(await session.results(uid) or b"") for uid in sample]
    return [each for each in found if each]


def _believed(box: Mailbox, newest: list[list[str]]) -> str | WrongSettings:
    """Whom this mailbox believes, or why that can't be who takes its mail in."""
    if box.trust_all:
        return "every sender is believed (trust_all)"
    names = sorted({each[0] for each in newest})  # topmost stands what came last: the provider's
    seen = ", ".join(name or _UNNAMED for name in names)
    carry = f"newest mails carry Authentication-Results of {seen}"
    if not names:
        carry = "newest mails carry no Authentication-Results"
    if not box.authserv_ids:
        mend = f"set authserv_ids = {names}" if names else "set authserv_ids"
        return f"{carry}; nobody gets an agent's powers by mail until you {mend}"
    trusted = {each.strip().lower() for each in box.authserv_ids}
    if not names or any(not trusted.isdisjoint(each) for each in newest):
        return carry
    wanted = ", ".join(each or _UNNAMED for each in box.authserv_ids)
    return WrongSettings(
        f"{carry}, none of {wanted}, so nobody gets an agent's powers by mail",
        f"set authserv_ids = {names} if that is who takes its mail in",
    )
