"""The post: what comes in and what goes out, as the book keeps it until its end is known."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.mailroom import Account, Arrival, Delivery, Letter, Outcome, Quarantined
from bot.model.message import ExternalId


class Inbox(Protocol):
    """What came in, each item once, and how it ended."""

    def arrive(self, arrival: Arrival) -> int | None:
        """Keep it; its number, or None when it was here before (then it is counted)."""

    def settle(
        self,
        number: int,
        outcome: Outcome,
        *,
        person: int | None = None,
        ticket: int | None = None,
        reason: str = "",
        text: str = "",
    ) -> None:
        """Say how it ended."""

    def number(self, channel: str, external_id: ExternalId) -> int:
        """The number of an item that arrived. Raises `KeyError` when none did."""

    def ended(self, channel: str, external_id: ExternalId) -> tuple[Outcome | None, str] | None:
        """How an item ended, and why it was set aside; None when none arrived."""

    def said_by(self, channel: str, external_id: ExternalId) -> int | None:
        """Who said this item to the desk; None for what never came, or was set aside."""

    def greetings(self, person: int, channel: str, since: datetime) -> list[Arrival]:
        """Greetings of this person that wait for what follows, oldest first."""

    def raw(self, ticket: int) -> list[bytes]:
        """The bytes of a ticket's inbound items, oldest first."""

    def accounts(self) -> list[Account]:
        """The sums, per channel."""


class Outbox(Protocol):
    """What goes out, each letter until the network has it."""

    def queue(self, letter: Letter) -> Letter:
        """Keep it for the courier; returns it with its number."""

    def part_lanes(self, *, by_ticket: bool) -> None:
        """Whatever waits for a reader waits for letters of the same ticket alone, or for all."""

    def join_lanes(self, ticket: int, into: int) -> None:
        """Of tickets that have lanes of their own, these two are one from now on."""

    def claim(
        self, channel: str, worker: str, now: datetime, lease: timedelta, *, lanes: int, run: int
    ) -> list[Letter]:
        """Take what is due: of at most so many `lanes` the first `run` letters that all are due.

        A letter whose lease ran out (its courier died) is due again. `attempts` is counted here.
        """

    def renew(self, worker: str, numbers: Collection[int], until: datetime) -> None:
        """Lengthen the leases of letters that this courier still has in hand."""

    def give_back(self, worker: str, numbers: Collection[int]) -> None:
        """Let go of letters that this courier claimed and did not try."""

    def sent(self, number: int, external_id: ExternalId, at: datetime) -> None:
        """The network has it; its id becomes one of its ticket's messages."""

    def postpone(self, number: int, until: datetime, error: str) -> None:
        """Not now: try again then."""

    def withdraw(self, numbers: Collection[int]) -> bool:
        """They are never to leave; False, and some may still, where one of them has begun to."""

    def reword(self, letter: Letter) -> None:
        """It has not begun to leave, and leaves with the words it has now."""

    def take_back(self, letter: Letter, at: datetime) -> None:
        """It was sent, or has begun to be: it leaves once more under its number, as it is now."""

    def give_up(self, number: int, error: str, at: datetime) -> Letter:
        """Never: returns the letter, so that somebody can be told."""

    def bounced(
        self, channel: str, external_id: ExternalId, error: str, *, row: int | None = None
    ) -> Letter | None:
        """The network sent it back after all; None if it isn't ours.

        `row` names it surely, before the courier has noted the network's id as well.
        """

    def get(self, number: int) -> Letter | None:
        """A letter by its number."""

    def named(self, channel: str, external_id: ExternalId) -> Letter | None:
        """The letter that the network knows by this id."""

    def show(self, letter: Letter) -> None:
        """Keep a panel to be drawn: a new one, or the same one anew, once however often it changed.

        It is the same for the ticket and the room, or for the person and the channel.
        """

    def panels(self, *, ticket: int) -> list[Letter]:
        """The cards of a ticket, oldest first."""

    def stuck(self, before: datetime, limit: int = 50) -> list[Letter]:
        """Cards that were never shown and have waited since then, unless they were noticed."""

    def noticed(self, number: int) -> None:
        """Something was done about a stuck card: it isn't found again."""

    def homes(self, people: Iterable[int]) -> list[Letter]:
        """The own pages of these people, one a channel."""

    def next_due(self, channel: str) -> datetime | None:
        """When the next letter of this channel is due; None when all is sent."""

    def of_ticket(self, ticket: int) -> list[Letter]:
        """What was said of a ticket to whom, and where it stands."""

    def latest(self, channel: str, limit: int = 50) -> list[Letter]:
        """The last letters of a channel, wherever they stand, the latest first."""

    def of_entry(self, channel: str, entry: int) -> list[Letter]:
        """What waits or is under way on a channel to tell of an entry, oldest first."""

    def again(self, number: int, at: datetime) -> Letter | None:
        """Let a letter leave once more, under its number; None for one on its way or withdrawn."""

    def states(self) -> dict[Delivery, int]:
        """How many letters are in each state."""


class Quarantine(Protocol):
    """What our own mistakes kept from being answered."""

    def stumble(self, item: Quarantined) -> int:
        """Count a failure of this item (by channel and external id): how many so far."""

    def list(self) -> list[Quarantined]:
        """What ended in quarantine and waits for a mend, oldest first, without bytes."""

    def get(self, number: int) -> Quarantined | None:
        """One, with its bytes."""


class Cursors(Protocol):
    """How far each door has read its network."""

    def load(self, key: str) -> str:
        """The place, "" when there is none."""

    def save(self, key: str, value: str) -> None:
        """Keep the place."""
