"""Vouching: whether the networks vouch for the agents in whose names messages come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.model.message import Inbound, Nature
from bot.model.person import SURE
from bot.store import Store

UNVOUCHED_PAUSE = timedelta(hours=1)  # anybody can forge mail: that must not fill the log
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Vouching:
    """Tells the operator that messages come in an agent's name for which no network vouches.

    Either somebody forges them, or the channel believes the wrong server: then no agent can work.
    """

    store: Store
    clock: Callable[[], datetime]
    _told_at: datetime | None = field(default=None, init=False)

    async def heed(self, inbound: Inbound) -> None:
        """Look at a message that came in; it is told of at most once an hour."""
        channel, speaker = inbound.address.channel, inbound.speaker
        if speaker.verified or inbound.nature is not Nature.MESSAGE:
            return
        now = self.clock()
        if self._told_at is not None and abs(now - self._told_at) < UNVOUCHED_PAUSE:
            return
        found = await self.store.read(lambda work: work.people.find(channel, speaker.external_id))
        if found and found[0].is_agent and found[1].proof in SURE:
            self._told_at = now
            log.warning(
                "an agent's message is not vouched for",
                channel=channel,
                room=inbound.address.room,
                agent=speaker.external_id,
                mend="ask them whether they wrote it: if so, deskmate check tells what the channel "
                "lacks, or its documentation what its door needs to set speaker.verified; if not, "
                "somebody forged it",
            )
