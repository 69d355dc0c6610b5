"""What goes in and out of a door: one shape for every channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

ExternalId = NewType("ExternalId", str)
"""A network's own id for a message; opaque to the desk."""

UNNAMED = ExternalId("")
BY_PROGRAM = "program"  # the remark on automatic mail that tells of something: a backup that failed


@dataclass(frozen=True, slots=True)
class Address:
    """A place on a channel where something is said: a room, and a thread in it."""

    channel: str
    room: str
    thread: str = ""

    def is_beside(self, other: "Address") -> bool:
        """Whether both are in one room."""
        return (self.channel, self.room) == (other.channel, other.room)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody on a channel, as the network names them."""

    external_id: str
    name: str = ""
    verified: bool = False  # the network vouches that it is them; without it, no agent's powers
    language: str = ""  # as set in their profile, "es"; "" where the network doesn't say
    zone: str = ""  # IANA name, "Europe/Madrid"; "" where the network doesn't say
    answerable: bool = True  # False where a message names nobody: there is no way back to them
    #: Addresses on other channels that this network vouches for: ("email", "ana@example.org").
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a message."""

    name: str
    content_type: str
    content: bytes
    inline: bool = False
    content_id: str = ""
    told: str = ""  # what a picture shows, for those who can't see it

    @property
    def size(self) -> int:
        """Bytes of the content."""
        return len(self.content)


class Nature(StrEnum):
    """What kind of post an inbound message is."""

    MESSAGE = "message"
    AUTO_REPLY = "auto_reply"  # out of office and its kin: kept, but answers and reopens nothing
    BOUNCE = "bounce"  # something of ours was not delivered
    LOOP = "loop"  # our own words come back
    EDIT = "edit"  # new words for the message that `replies_to` names
    DELETION = "deletion"  # the message that `replies_to` names was taken back
    LABELS = "labels"  # people changed by which `labels` the network lists a conversation


@dataclass(frozen=True, slots=True)
class Failure:
    """What a bounce says: which message didn't reach whom, and why."""

    recipient: str
    external_id: ExternalId | None = None
    permanent: bool = True
    reason: str = ""
    row: int | None = None  # of the outbox, when the channel can prove it by a signature


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message that came in through a door.

    `external_id` is unique on its channel and the key by which a message that the network sends
    twice is known again; `known_as` is how later messages name it, where that differs. `text` is
    what the person newly wrote, `full_text` all of it with the quoted history. `replies_to` names
    the earlier messages it answers, nearest first. `ticket` is the number of the ticket it
    belongs to when the channel can prove it (a signed token), which a reference in the text
    never does.
    """

    external_id: ExternalId
    address: Address
    speaker: Speaker
    text: str
    known_as: ExternalId = UNNAMED
    full_text: str = ""
    subject: str = ""
    came_at: datetime | None = None  # when the network took it in, where that is told for sure
    uploads: tuple[Upload, ...] = ()
    replies_to: tuple[ExternalId, ...] = ()
    ticket: int | None = None
    others: tuple[Speaker, ...] = ()  # who else reads it: the people in copy
    copied: bool = False  # said to those others, the desk only reads along
    nature: Nature = Nature.MESSAGE
    failure: Failure | None = None
    forwarded: Speaker | None = None  # who wrote it first, when it is plainly handed on
    stood: str = ""  # where it is handed on from, as people call the place: "#lounge"
    interactive: bool = False  # the channel can show an `Answer` to the speaker at once
    internal: bool = False  # said where only agents read: their plain words there are a note
    public: bool = False  # said in the ticket's own thread: whoever reads along may join in
    asked: bool = False  # said to the desk by name: its first word may be a command's
    overheard: bool = False  # not said to the desk: it counts only if it belongs to a ticket
    offer: bool = False  # perhaps not meant for the desk: ask the writer before a ticket is made
    flows: bool = False  # there are no threads there: plain words go on with what was said last
    sign: bool = False  # an emoji stands for these words: heard from agents alone
    listed: bool = False  # the network lists the conversation, under labels that the desk may set
    labels: tuple[str, ...] = ()  # under which it is listed, of LABELS from now on: "urgent"
    unlabelled: tuple[str, ...] = ()  # of LABELS: those that were taken off
    mentioned: tuple[Speaker, ...] = ()  # people whom the text names as "@" and their name
    filled: tuple[tuple[str, str], ...] = ()  # the values of a form, by the parameters' names
    mark: str = ""  # of that form, as the desk gave it
    remarks: tuple[str, ...] = ()  # what an agent should know of it: "encrypted", "unreadable"…
    team: str = ""  # the door's default, "" for the desk's
    language: str = ""  # the door's default, "" for the desk's
    raw: bytes = b""  # as it came over the wire, for keeps and for replay

    @property
    def name(self) -> ExternalId:
        """How later messages name this one."""
        return self.known_as or self.external_id


@dataclass(frozen=True, slots=True)
class Button:
    """A press that stands for words: it arrives as an inbound message that says `command`."""

    label: str
    command: str
    instead: str = ""  # what says the same where there are no buttons; "": left out there
    main: bool = False  # the one that most will press


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a panel: something shown that is kept in step with what it shows.

    Whatever is empty isn't shown.
    """

    title: str = ""  # one line, large
    text: str = ""
    quote: str = ""  # somebody's own words
    facts: tuple[tuple[str, str], ...] = ()  # what it is called, and what it is
    small: str = ""  # small print
    buttons: tuple[Button, ...] = ()
    more: tuple[Button, ...] = ()  # those that need not be seen at once


class Tone(StrEnum):
    """Who speaks in an outbound message: networks mark automatic mail."""

    PERSONAL = "personal"  # an agent's own words
    AUTOMATIC = "automatic"  # the desk's answer to a message
    NOTICE = "notice"  # the desk speaks of its own accord


class Shows(StrEnum):
    """What an outbound message is."""

    WORDS = "words"  # said once
    CARD = "card"  # a ticket in the agents' room, which is kept in step with it
    HOME = "home"  # a person's own page on the channel, kept in step with their tickets
    LABELS = "labels"  # by which the network lists a conversation, kept in step with its ticket
    UNSAID = "unsaid"  # in place of what its row said before: the rest of that, and its files, go


@dataclass(frozen=True, slots=True)
class Label:
    """What a listed conversation is, and what it isn't, by all the names for it."""

    names: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """An entry for a calendar. A later `revision` of the same `name` takes its place.

    Where a channel has no calendars, its letter says the same in words.
    """

    name: str
    revision: int
    starts_at: datetime
    ends_at: datetime
    title: str
    text: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to deliver.

    `row` is its number in the outbox, the same at every attempt: a channel derives from it
    whatever makes sending twice harmless. Whoever it reaches must see `greeting` (their name),
    `text`, a way to press or say each of `buttons`, `reference`, and who speaks if `sender_name`
    says so; `closing` and `subject` are for letters, a chat may leave them out. `replies_to` names
    what was said before in this conversation to or by this reader, oldest first.
    """

    row: int
    to: Address
    recipient: str  # the reader's external id; "" for everybody in the room
    text: str
    created_at: datetime
    recipient_name: str = ""
    subject: str = ""
    greeting: str = ""
    closing: str = ""
    reference: str = ""  # "IT-42"
    ticket: int | None = None
    sender_name: str = ""  # the agent who speaks, "" for the desk
    language: str = ""
    buttons: tuple[Button, ...] = ()
    uploads: tuple[Upload, ...] = ()
    replies_to: tuple[ExternalId, ...] = ()
    tone: Tone = Tone.AUTOMATIC
    again: bool = False  # it was tried before, and may have arrived
    sender: str = ""  # the external id, on this channel, of the agent who speaks
    mentions: tuple[str, ...] = ()  # external ids of those in the room who should look
    shows: Shows = Shows.WORDS
    panel: tuple[Section, ...] = ()  # what a card or a home shows; `text` says it in short
    replaces: ExternalId = UNNAMED  # the message that this one is a new state of
    labels: tuple[Label, ...] = ()  # the state by which the place `to` is listed
    alone: bool = False  # who reads along in the conversation must not read it
    invitation: Invitation | None = None
    leave: str = ""  # the command by which its reader gets no more of its kind


@dataclass(frozen=True, slots=True)
class Answer:
    """What the one who asked gets back at once, where a channel can do that; nothing to rely on."""

    text: str
    reference: str = ""
    told: bool = False  # a letter says the same: it may be left out where that one comes
    inward: bool = False  # for agents alone: their plain words to it stay among them
    buttons: tuple[Button, ...] = ()
    refused: bool = False  # nothing was done
    field: str = ""  # of a form: which parameter was refused
    written: str = ""  # the words of that form, their secrets hidden: for where it is gone
