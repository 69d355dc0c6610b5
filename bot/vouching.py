"""Vouching: whether the networks vouch for the agents in whose names messages come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.config import Config
from bot.model.message import Inbound, Nature

UNVOUCHED_PAUSE = timedelta(hours=1)  # anybody can forge mail: that must not fill the log
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Vouching:
    """Tells the operator that messages come in an agent's name for which no network vouches.

    Either somebody forges them, or the channel believes the wrong server: then no agent can work.
    """

    config: Config
    clock: Callable[[], datetime]
    _told_at: datetime | None = field(default=None, init=False)

    def heed(self, inbound: Inbound) -> None:
        """Look at a message that came in; it is told of at most once an hour."""
        channel, speaker = inbound.address.channel, inbound.speaker
        if speaker.verified or inbound.nature is not Nature.MESSAGE:
            return
        agents = (each.addresses.get(channel, "") for each in self.config.desk.agents)
        if speaker.external_id.casefold() not in {each.casefold() for each in agents if each}:
            return
        now = self.clock()
        if self._told_at is None or abs(now - self._told_at) >= UNVOUCHED_PAUSE:
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
