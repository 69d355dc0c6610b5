"""Hands fetched mails to the desk: many at once, but in order where they belong together."""

import asyncio
import hashlib
import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from adapters.email.codec import decode, to_inbound
from adapters.email.connect import said
from adapters.email.grade import grade
from adapters.email.mail import Mail
from adapters.email.own_ids import has_own, loop_id, proven_row, proven_ticket
from adapters.email.settings import Mailbox
from bot.channel import Receive
from bot.model.message import Inbound, Nature

log = logging.getLogger(__name__)

_AT_ONCE = 32  # mails that the desk works on at the same time
_BIG = 64 * 1024  # bytes from which decoding would hold everybody else up
_THREAD = 20  # earlier messages that are looked at, the nearest


@dataclass(frozen=True, slots=True)
class Reception:
    """Where the mails of one mailbox go, and what is needed to read them."""

    mailbox: Mailbox
    channel: str
    own_addresses: Collection[str]
    secret: bytes
    receive: Receive


def read(raw: bytes, reception: Reception) -> Inbound:
    """One mail as the desk takes it in; never raises, whatever the bytes."""
    try:
        return _inbound(decode(raw, own_addresses=reception.own_addresses), raw, reception)
    except Exception:
        # Our mistake, but one mail must never stop the queue: the desk gets it as it came.
        log.exception("%s: a mail can't be read", reception.mailbox.name)
        mail = Mail(identity=hashlib.sha256(raw).hexdigest(), remarks=("unreadable",))
        return _inbound(mail, raw, reception)


class Intake:
    """One batch of mails on its way to the desk."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._last: dict[str, asyncio.Task[None]] = {}  # who has the last word in each matter

    async def put(self, uid: int, raw: bytes, *, truncated: bool = False) -> None:
        """Decode a mail and send it on its way; it waits for those it belongs to."""
        if len(raw) > _BIG:
            inbound = await asyncio.to_thread(read, raw, self._reception)
        else:
            inbound = read(raw, self._reception)
        if truncated and "truncated" not in inbound.remarks:
            inbound = replace(inbound, remarks=(*inbound.remarks, "truncated"))
        matters = _matters(inbound)
        before = {self._last[matter] for matter in matters if matter in self._last}
        task = asyncio.create_task(self._hand_over(inbound, before))
        self._tasks[uid] = task
        self._last |= dict.fromkeys(matters, task)

    async def done(self) -> set[int]:
        """Wait until the desk has had them all; the UIDs of those that it didn't take."""
        if self._tasks:
            await asyncio.wait(self._tasks.values())
        failed = set()
        for uid, task in self._tasks.items():
            if error := task.exception():
                failed.add(uid)
                name = self._reception.mailbox.name
                # The desk has logged a mistake of ours with its traceback: here the words will do.
                words = f"{type(error).__name__}: {said(error)}"
                log.error("%s: message %s was not taken (%s)", name, uid, words)
        return failed

    async def abandon(self) -> None:
        """Stop waiting for the desk; what it did not finish comes again."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _hand_over(self, inbound: Inbound, before: set[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        async with self._gate:
            await self._reception.receive(inbound)


def _inbound(mail: Mail, raw: bytes, reception: Reception) -> Inbound:
    box = reception.mailbox
    vouched = box.trust_all or grade(
        mail.authentication_results, mail.from_address, box.authserv_ids
    )
    inbound = to_inbound(
        mail,
        raw,
        channel=reception.channel,
        mailbox=box.address,
        team=box.team,
        language=box.language,
        graded=vouched and mail.vouchable,
        ticket=proven_ticket(_proofs(mail), reception.secret),
    )
    if inbound.failure and inbound.failure.external_id:
        row = proven_row([inbound.failure.external_id], reception.secret)
        return replace(inbound, failure=replace(inbound.failure, row=row))
    if has_own([mail.message_id], reception.secret):
        return replace(inbound, nature=Nature.LOOP)
    others = mail.loop_claimed and mail.loop_id != loop_id(reception.secret)
    if inbound.nature is Nature.LOOP and others:
        inbound = replace(inbound, nature=Nature.MESSAGE)  # another company's desk speaks
    if mail.text_to_desk and has_own([mail.in_reply_to, *mail.references], reception.secret):
        return replace(inbound, text=mail.text_to_desk)
    return inbound


def _proofs(mail: Mail) -> Iterator[str]:
    """Where an id of ours may stand, the surest place first."""
    yield mail.in_reply_to
    yield from reversed(mail.references)
    yield from mail.delivered_to
    yield from mail.to
    yield from mail.cc


def _matters(inbound: Inbound) -> set[str]:
    """What a mail is about, as far as order goes: its author, its thread, its ticket."""
    thread = (inbound.name, *inbound.replies_to[:_THREAD])
    about = f"ticket {inbound.ticket}" if inbound.ticket else ""
    return {matter for matter in (inbound.speaker.external_id, about, *thread) if matter}
