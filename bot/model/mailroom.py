"""What came in, what goes out and what went wrong, as the book keeps it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.attachment import Attachment
from bot.model.chart import Chart
from bot.model.message import Address, Button, ExternalId, Invitation, Shows, Tone


class Outcome(StrEnum):
    """How an inbound item ended; every one of them ends."""

    TICKET = "ticket"  # it opened one
    REPLY = "reply"  # it joined one
    COMMAND = "command"  # it was carried out
    GREETING = "greeting"  # answered with a question; joins what follows
    ASIDE = "aside"  # set aside, with the reason
    QUARANTINE = "quarantine"  # our own mistake, thrice; kept with its bytes


class Delivery(StrEnum):
    """Where an outgoing message stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"  # taken by the network, then sent back
    WITHDRAWN = "withdrawn"  # taken back before it left


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An inbound item as the inbox keeps it; `raw` is what came over the wire."""

    channel: str
    external_id: ExternalId
    at: datetime
    raw: bytes = b""
    person: int | None = None
    outcome: Outcome | None = None
    reason: str = ""  # why it was set aside
    ticket: int | None = None
    text: str = ""  # a greeting's words, until they join what follows
    seen: int = 1  # how many times the network brought it
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An outgoing message as the outbox keeps it, already in its reader's language.

    `lane` names whose order counts: letters of one lane leave one after the other.
    """

    to: Address
    recipient: str
    lane: str
    text: str
    created_at: datetime
    recipient_name: str = ""
    subject: str = ""
    greeting: str = ""
    closing: str = ""
    reference: str = ""
    sender_name: str = ""
    language: str = ""
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    charts: tuple[Chart, ...] = ()  # of which pictures are drawn when it leaves
    replies_to: tuple[ExternalId, ...] = ()
    tone: Tone = Tone.AUTOMATIC
    person: int | None = None
    ticket: int | None = None
    entry: int | None = None
    inward: bool = False  # an answer for agents alone
    alone: bool = False  # who reads along in the ticket's conversation must not read it
    shows: Shows = Shows.WORDS  # a card or a home is drawn when it leaves
    sender: str = ""  # the external id, on this channel, of the agent who speaks
    mentions: tuple[str, ...] = ()  # external ids of those in the room who should look
    invitation: Invitation | None = None  # an entry for the reader's calendar
    leave: str = ""  # the command by which its reader gets no more of its kind
    under_card: bool = False  # it belongs into the thread of its ticket's card
    state: Delivery = Delivery.WAITING
    attempts: int = 0
    not_before: datetime | None = None
    external_id: ExternalId | None = None
    sent_at: datetime | None = None
    error: str = ""
    id: int = 0


def reader_lane(channel: str, recipient: str, apart: int | str | None = None) -> str:
    """Somebody's letters leave one after the other: all of them, or those of a matter `apart`.

    The latter where letters are held for a while, for which nothing else is to wait: answers of a
    ticket, by its number, or what nobody is to read by night.
    """
    lane = f"{channel}:{recipient}"
    return f"{lane}:{apart}" if apart else lane


def card_lane(place: Address, ticket: int) -> str:
    """A ticket's card and all that follows below it leave one after the other."""
    return f"{place.channel}:{place.room}:{ticket}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An inbound item that our own mistake kept from being answered, with its bytes."""

    channel: str
    external_id: ExternalId
    at: datetime
    error: str
    raw: bytes
    context: str = ""  # what the door needs to read the bytes again (the mailbox)
    attempts: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The sums of the inbox of one channel: `arrived` must equal the sum of `outcomes`.

    `reasons` are those for which items were set aside, the most frequent first.
    """

    channel: str
    arrived: int
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    unsettled: int = 0
    tickets: int = 0  # tickets whose first message came in here, as the tickets tell it
    duplicates: int = 0  # times the network brought something again
