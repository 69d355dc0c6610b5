"""The conversation: takes one inbound message, whatever it is, and ends it in one transaction.

Each message ends as a ticket, a reply, a command, a greeting, set aside with the reason, or, when
our own mistake kept it from being answered three times, in quarantine with its bytes.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog

from bot.audience import Circle, Hearing
from bot.dialogue import Dialogue
from bot.hearing import Heard, hear
from bot.librarian import Librarian
from bot.library import Found
from bot.model.mailroom import Arrival, Outcome, Quarantined
from bot.model.message import Answer, Inbound, Tone
from bot.model.refused import Refused
from bot.store import Conflict, Files, Store, StoreError, Work
from bot.suggesting import follow

TRIES = 3
Reply = Callable[[Work, int, Heard, datetime], Answer | None]
QUARANTINED = Hearing(Circle.TEAM, "quarantined", tone=Tone.NOTICE)
log = structlog.get_logger(__name__)


class Conversation:
    """The room between the doors and the desk."""

    def __init__(
        self,
        store: Store,
        files: Files,
        dialogue: Dialogue,
        clock: Callable[[], datetime],
        key: bytes,
    ) -> None:
        desk = dialogue.desk
        self._librarian = Librarian(store, desk.library, desk.settings.knowledge.patience)
        self._store = store
        self._files = files
        self._dialogue = dialogue
        self._clock = clock
        self._key = key

    async def receive(self, inbound: Inbound) -> Answer | None:
        """Take in one message; after this returns it is on disk, and the door may say so.

        Raises what kept it from being kept: the door doesn't acknowledge, and it comes again.
        """
        try:
            return await self._take_in(inbound)
        except (StoreError, OSError):
            raise  # the disk or the database: no fault of this message
        except Exception as error:  # whatever it is, the message must end somewhere
            log.exception("message failed", channel=inbound.address.channel, id=inbound.external_id)
            if not await self._stumbled(inbound, error):
                raise
            return None

    async def replay(self, item: Quarantined, inbound: Inbound) -> None:
        """Bring a quarantined message back; it leaves quarantine with the same transaction."""
        came_at = inbound.came_at or item.at
        inbound = replace(inbound, external_id=item.external_id, came_at=came_at)
        heard = await self._hear(inbound)
        now, dialogue = self._clock(), self._dialogue

        def again(work: Work, answer: Reply) -> Answer | None:
            number = work.inbox.number(item.channel, item.external_id)
            return answer(work, number, heard, now)

        try:
            await self._store.write(lambda work: again(work, dialogue.answer))
        except Refused as refusal:
            decline = partial(dialogue.refuse, refusal)
            await self._store.write(lambda work: again(work, decline))

    async def _take_in(self, inbound: Inbound) -> Answer | None:
        heard = await self._hear(inbound)
        found, late = await self._librarian.look(heard.inbound)
        heard = replace(heard, found=found)
        now, dialogue = self._clock(), self._dialogue
        try:
            answer = await self._store.write(
                lambda work: self._once(work, heard, now, dialogue.answer)
            )
        except Refused as refusal:
            # nothing of the message was kept: say so, in a transaction of its own
            decline = partial(dialogue.refuse, refusal)
            return await self._store.write(lambda work: self._once(work, heard, now, decline))
        if late is not None:
            self._librarian.follow(late, partial(self._suggest, heard.inbound))
        return answer

    async def _suggest(self, inbound: Inbound, found: Sequence[Found]) -> None:
        """Offer what was found when the acknowledgement had left already."""
        scribe, now = self._dialogue.desk.scribe, self._clock()
        await self._store.write(lambda work: follow(scribe, work, inbound, found, now))

    async def _hear(self, inbound: Inbound) -> Heard:
        naming = self._dialogue.desk.ear.naming
        if inbound.uploads:  # files are written and synced: not in the event loop
            return await asyncio.to_thread(hear, inbound, self._files, naming, self._key)
        return hear(inbound, self._files, naming, self._key)

    def _once(
        self,
        work: Work,
        heard: Heard,
        now: datetime,
        answer: Reply,
    ) -> Answer | None:
        """Answer a message the first time it comes; any further time it is only counted."""
        inbound = heard.inbound
        arrival = Arrival(
            channel=inbound.address.channel,
            external_id=inbound.external_id,
            at=now,
            raw=b"" if heard.secrets or inbound.overheard else inbound.raw,
        )
        number = work.inbox.arrive(arrival)
        return None if number is None else answer(work, number, heard, now)

    async def _stumbled(self, inbound: Inbound, error: Exception) -> bool:
        """Count the failure; True when it was the last and the message is in quarantine now."""
        if isinstance(error, Conflict):
            return False  # others were quicker; the network brings it again
        now = self._clock()
        return await self._store.write(lambda work: self._set_aside(work, inbound, error, now))

    def _set_aside(self, work: Work, inbound: Inbound, error: Exception, now: datetime) -> bool:
        channel = inbound.address.channel
        item = Quarantined(
            channel=channel,
            external_id=inbound.external_id,
            at=now,
            error=f"{type(error).__name__}: {error}",
            raw=inbound.raw,
            context=inbound.address.room,
        )
        if work.quarantine.stumble(item) < TRIES:
            return False
        arrival = Arrival(channel=channel, external_id=inbound.external_id, at=now)
        number = work.inbox.arrive(arrival)
        if number is not None:
            work.inbox.settle(number, Outcome.QUARANTINE, reason=item.error)
            for agent in work.people.agents():
                self._dialogue.desk.scribe.tell(work, agent, QUARANTINED, now, channel=channel)
        return True
