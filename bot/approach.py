"""An approach: a message as it comes to the desk, before anybody looks up who speaks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.audience import Circle
from bot.desk import Desk
from bot.hearing import Heard
from bot.model.entry import Entry
from bot.model.lazy import lazy
from bot.model.mailroom import Letter, Outcome
from bot.model.message import Inbound
from bot.model.ticket import Ticket
from bot.recognition import pointed_at
from bot.store import Work


@dataclass(frozen=True)
class Approach:
    """What is known of a message by itself, within one transaction: nothing of it is kept yet."""

    desk: Desk
    work: Work
    number: int  # of the inbox
    heard: Heard
    now: datetime

    @property
    def inbound(self) -> Inbound:
        """The message, its secrets hidden."""
        return self.heard.inbound

    @property
    def channel(self) -> str:
        """Where it came in."""
        return self.inbound.address.channel

    @lazy
    def about(self) -> Ticket | None:
        """Its ticket by what it answers or where it was said, whoever says it."""
        return pointed_at(self.work, self.inbound)

    @lazy
    def below(self) -> Ticket | None:
        """The ticket in whose own thread it was said, or below whose card, merged since or not."""
        number = self.work.tickets.of_messages(self.channel, self.inbound.replies_to)
        return self.work.tickets.get(number) if number else None

    @property
    def among_agents(self) -> bool:
        """Whether it was said in a room where agents work, whichever team's."""
        address = self.inbound.address
        return address.room in self.desk.settings.rooms_on(address.channel)

    @property
    def read_below(self) -> int:
        """The ticket below whose card its team reads it, where that goes on; 0 for none."""
        below = self.below
        if below is None or below.merged_into is not None or not self.among_agents:
            return 0
        return 0 if self.desk.rooms.is_left(below, self.inbound.address) else below.id

    @property
    def heard_there(self) -> Collection[Circle]:
        """Who needn't be told, since it was said in the room of the ticket's team itself."""
        return (Circle.ROOM,) if self.read_below else ()

    @property
    def is_typed(self) -> bool:
        """Whether its words stand where it was said: no press, no form, no slash command."""
        inbound = self.inbound
        return bool(inbound.replies_to) and not inbound.filled and not inbound.text.startswith("/")

    @lazy
    def answered(self) -> Letter | None:
        """The letter of ours that they answer."""
        names = self.inbound.replies_to[:1]
        return self.work.outbox.named(self.channel, names[0]) if names else None

    @lazy
    def answered_entry(self) -> Entry | None:
        """What that letter told of."""
        entry = self.answered.entry if self.answered else None
        return self.work.entries.get(entry) if entry else None

    def set_aside(self, reason: str, ticket: Ticket | None = None) -> None:
        """Write down that it is nobody's words: who sent it isn't even looked up."""
        self.work.inbox.settle(
            self.number, Outcome.ASIDE, ticket=ticket.id if ticket else None, reason=reason
        )
