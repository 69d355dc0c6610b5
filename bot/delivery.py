"""One attempt to hand a letter to its network, and what follows when that fails."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

import structlog

from bot.channel import Channel, DeliveryFailed, FilesRefused
from bot.desk import Desk
from bot.drawing import Cards, card_of, drawn
from bot.loss import lack
from bot.lost import redirected, undelivered
from bot.model.attachment import Attachment
from bot.model.chart import Chart
from bot.model.mailroom import Letter
from bot.model.message import UNNAMED, ExternalId, Outbound, Shows, Tone, Upload
from bot.picture import png
from bot.store import Files, Work

PAUSES = tuple(timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 3600))
PATIENCE = timedelta(days=2)  # a letter that can't be delivered this long has failed

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Keep(Protocol):
    """Runs a function in a transaction, however long the book can't be written."""

    def __call__(self, fn: Callable[[Work], T]) -> Awaitable[T]:
        """Return what the function returns, once that is on disk."""


class Look(Protocol):
    """Runs a function on a snapshot of the book."""

    def __call__(self, fn: Callable[[Work], T]) -> Awaitable[T]:
        """Return what the function returns."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter that the network has, and is not noted yet."""

    number: int
    external_id: ExternalId
    at: datetime


class Delivery:
    """Tries once; what could not be delivered is postponed, or given up and told."""

    def __init__(
        self, keep: Keep, look: Look, files: Files, desk: Desk, clock: Callable[[], datetime]
    ) -> None:
        self._keep = keep
        self._look = look
        self._cards = Cards()
        self._files = files
        self._desk = desk
        self._clock = clock

    async def attempt(self, channel: Channel, letter: Letter) -> Delivered | DeliveryFailed:
        """One attempt. A failure is written down when this returns, a delivery is not."""
        try:
            external_id = await channel.send(await self._outbound(letter))
        except FilesRefused as refusal:
            external_id = refusal.external_id
            await self._tell_of_files(letter, refusal)
        except DeliveryFailed as failure:
            return await self._failed(letter, failure)
        except FileNotFoundError as error:  # of an attachment: it doesn't come back by waiting
            log.exception("sending failed", channel=letter.to.channel, letter=letter.id)
            reason = f"a file that belongs to it is gone ({Path(error.filename or '').name[:12]})"
            return await self._failed(letter, DeliveryFailed(reason, permanent=True), ours=True)
        except Exception as error:  # our own mistake: the letter must not be lost for it
            log.exception("sending failed", channel=letter.to.channel, letter=letter.id)
            return await self._failed(letter, DeliveryFailed(f"{type(error).__name__}: {error}"))
        self._cards.note(letter, external_id)
        return Delivered(letter.id, external_id, self._clock())

    async def _tell_of_files(self, letter: Letter, refusal: FilesRefused) -> None:
        """The words are there, the files never will be: agents are told."""
        reason, place = refusal.reason, {"channel": letter.to.channel, "room": letter.to.room}
        log.warning("files left behind", letter=letter.id, **place, reason=reason)
        now, names = self._clock(), ", ".join(refusal.names)
        await self._keep(
            lambda work: undelivered(self._desk, work, letter, reason, now, files=names)
        )

    async def _failed(
        self, letter: Letter, failure: DeliveryFailed, *, ours: bool = False
    ) -> DeliveryFailed:
        """Postpone it, or give it up; what is `ours` says nothing of its reader."""
        now = self._clock()
        if failure.permanent or now - letter.created_at > PATIENCE:
            place = {"channel": letter.to.channel, "room": letter.to.room}
            log.warning("letter failed", letter=letter.id, **place, reason=failure.reason)
            refused = failure.permanent and not ours
            give_up = partial(self._give_up, letter=letter, failure=failure, refused=refused)
            await self._keep(give_up)
            return DeliveryFailed(failure.reason, permanent=True)
        pause = _asked(failure.after) if failure.after else _pause(letter.attempts)
        log.info("letter postponed", letter=letter.id, reason=failure.reason, pause=str(pause))
        await self._keep(lambda work: work.outbox.postpone(letter.id, now + pause, failure.reason))
        return failure

    def _give_up(
        self, work: Work, *, letter: Letter, failure: DeliveryFailed, refused: bool
    ) -> None:
        """Never again to that place; `refused` there, its reader is written to directly."""
        now, reason = self._clock(), failure.reason
        lacks = lack(failure.lacks, failure.where)
        failed = work.outbox.give_up(letter.id, reason, now)
        drawn_again = letter.shows in (Shows.HOME, Shows.LABELS)
        if drawn_again or (letter.shows is Shows.CARD and letter.external_id):
            return  # it is drawn anew by the next change; what happened stands below a card
        if failed.shows is Shows.UNSAID:
            # What was taken back on its way reached nobody; a copy for agents tells them no lie.
            if letter.shows is Shows.UNSAID and letter.tone is Tone.PERSONAL:
                undelivered(self._desk, work, failed, reason, now, lacks=lacks)
            return
        if refused and redirected(self._desk, work, failed, reason, now, lacks=lacks):
            return
        if refused and letter.person and (person := work.people.get(letter.person)):
            work.people.save(replace(person, reachable=False))
        undelivered(self._desk, work, failed, reason, now, lacks=lacks)

    async def _outbound(self, letter: Letter) -> Outbound:
        message = await self._written(letter)
        if letter.under_card:
            card = self._cards.of(letter) or await self._look(partial(card_of, letter=letter))
            return replace(message, replies_to=(card,) if card else ())
        if letter.shows in (Shows.WORDS, Shows.UNSAID):
            return message
        return await self._look(
            lambda work: drawn(self._desk, work, letter, message, self._clock())
        )

    async def _written(self, letter: Letter) -> Outbound:
        unsaid = letter.shows is Shows.UNSAID
        uploads = [await self._upload(each) for each in letter.attachments if each.kept]
        uploads += [await asyncio.to_thread(_picture, each) for each in letter.charts]
        return Outbound(
            row=letter.id,
            to=letter.to,
            recipient=letter.recipient,
            recipient_name=letter.recipient_name,
            text=letter.text,
            created_at=letter.created_at,
            subject=letter.subject,
            greeting=letter.greeting,
            closing=letter.closing,
            reference=letter.reference,
            ticket=letter.ticket,
            sender_name=letter.sender_name,
            language=letter.language,
            buttons=letter.buttons,
            uploads=tuple(uploads),
            replies_to=letter.replies_to,
            tone=letter.tone,
            again=letter.attempts > 1 or unsaid,
            sender=letter.sender,
            mentions=letter.mentions,
            alone=letter.alone,
            invitation=letter.invitation,
            shows=letter.shows,
            leave=letter.leave,
            replaces=(letter.external_id or UNNAMED) if unsaid else UNNAMED,
        )

    async def _upload(self, attachment: Attachment) -> Upload:
        content = await asyncio.to_thread(self._files.read, attachment.digest)
        return Upload(
            name=attachment.name,
            content_type=attachment.content_type,
            content=content,
            inline=attachment.inline,
            content_id=attachment.content_id,
        )


def _picture(chart: Chart) -> Upload:
    """A chart as the file that shows it."""
    name, shown = f"{chart.name}.png", png(chart)
    return Upload(name, "image/png", shown, inline=True, content_id=chart.name, told=chart.alt)


def _asked(after: timedelta) -> timedelta:
    """What the network asks for, and a little more for each of many that it asked at once."""
    return after * random.uniform(1.0, 1.2)  # noqa: S311 - spreads load, guards nothing


def _pause(attempts: int) -> timedelta:
    """Growing with the attempts, and never the same for two letters that failed together."""
    pause = PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, guards nothing
