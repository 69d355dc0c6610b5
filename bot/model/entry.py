"""What happened to a ticket: an append-only history of messages, notes and events.

A note has a type of its own, so that nothing told to a requester can be one: whatever a requester
may read is `Public`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.attachment import Attachment
from bot.model.message import UNNAMED, ExternalId


class What(StrEnum):
    """What an entry tells."""

    SAID = "said"  # the requester, or somebody on their side, wrote
    REPLIED = "replied"  # the desk's people wrote to them
    NOTED = "noted"  # the desk's people wrote to each other
    OPENED = "opened"
    LOGGED = "logged"  # opened by an agent for somebody else
    CLAIMED = "claimed"
    STEPPED_IN = "stepped_in"  # taken over from `old`, by who may step into any conflict
    RELEASED = "released"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"  # another team goes on with it; `old` and `new` are their names
    ESCALATED = "escalated"  # a level up; `old` and `new` are "team:level"
    ASKED = "asked"  # the requester is awaited
    HELD = "held"
    WOKEN = "woken"  # the time of a hold is over
    PRIORITY = "priority"
    WEIGHED = "weighed"  # what the requester's side wrote since makes it graver
    KIND = "kind"
    TAGGED = "tagged"  # `old` and `new` are all of its tags
    EQUIPPED = "equipped"  # it is about other assets; `old` and `new` are all of their labels
    TIMED = "timed"  # somebody worked on it; `old` and `new` are all of its minutes
    RESOLVED = "resolved"
    CLOSING = "closing"  # what is solved is closed at `new`, unless its requester says a word
    CLOSED = "closed"
    REOPENED = "reopened"
    RATED = "rated"  # by its requester; `old` and `new` are marks from 1 to 5, `old` "" at first
    RELATED = "related"  # `new` is "number:relation" of another one, `old` what that was before
    PARENT_DONE = "parent_done"  # `new` is the one that it is a part of
    SPLIT = "split"  # from the entry `old` on it goes on in `new`, too; `words` are its summary
    MERGED = "merged"  # this ticket goes on in another
    ABSORBED = "absorbed"  # `old` goes on in this one; `new` is the priority it raises this one to
    WATCHED = "watched"
    UNWATCHED = "unwatched"
    NOTICED = "noticed"  # it may come of the planned work `new`; of none where that is ""
    LATE = "late"  # promises are broken; `old` are their clocks, `new` when the first was due
    UNDELIVERED = "undelivered"
    EDITED = "edited"  # new words for something said before, which `of` numbers
    REWORDED = "reworded"  # the same for a note
    TAKEN_BACK = "taken_back"  # something said before was deleted where it was said
    UNSAID = "unsaid"  # its writer took the answer `old` back; `new` is one of UNSAID_… or ""

    @property
    def is_inward(self) -> bool:
        """Whether it is told among agents alone."""
        return self in (What.NOTED, What.REWORDED)


BEGINNINGS = (What.OPENED, What.LOGGED)

# After these it is the desk's turn, or no longer; after what the requester's side says it is, too.
OUR_TURN = {
    What.REPLIED: False,
    What.ASKED: False,
    What.HELD: False,
    What.RESOLVED: False,
    What.CLOSED: False,
    What.MERGED: False,
    What.WOKEN: True,
    What.REOPENED: True,
}


# The first of the `reasons` of what was UNDELIVERED, where its reader has it, or gets it after all.
LOST_PLACE = "place"  # what a room no longer takes goes to them directly
LOST_ROOM = "room"  # said of it, and not kept: a team's own room wasn't shown it
LOST_FILES = "files"  # they have the words; the files that `words` names stayed behind
LOST_UNSAID = "unsaid"  # what was taken back couldn't be: they have it still
# Begins the last of them where the desk may not write: then the rights, and in a line below, where.
LACKS = "lacks:"

# What became of an answer that was UNSAID, where something of it had gone out.
SENT = "sent"  # the remark on new words for an answer that had gone out
UNSAID_SHOWN = "shown"  # chats showed it, and no longer do
UNSAID_KEPT = "kept"  # its requester has it all the same: the ticket stays answered

PASSED_ON = "passed_on"  # `new` of what was LOGGED by showing what another wrote; `old` is where


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Words between the requester's side and the desk; `by` None is the desk itself."""

    what: What  # SAID, REPLIED or EDITED
    text: str
    at: datetime
    by: int | None
    channel: str = ""
    full_text: str = ""  # with the quoted history, where it is more than `text`
    subject: str = ""
    attachments: tuple[Attachment, ...] = ()
    remarks: tuple[str, ...] = ()  # "auto_reply", "unverified", "encrypted", "masked"…
    name: ExternalId = UNNAMED  # how its network names it
    of: int = 0  # the entry that it is a new version of
    ticket: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Words among the desk's people; never for a requester's eyes."""

    text: str
    at: datetime
    by: int | None
    channel: str = ""
    attachments: tuple[Attachment, ...] = ()
    remarks: tuple[str, ...] = ()
    name: ExternalId = UNNAMED
    of: int = 0
    ticket: int = 0
    id: int = 0
    what: What = What.NOTED  # or REWORDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A change of the ticket: what it was and is; `words` were said with it, to the requester."""

    what: What
    at: datetime
    by: int | None
    channel: str = ""
    old: str = ""
    new: str = ""
    words: str = ""
    reasons: tuple[str, ...] = ()  # why, for agents: "three people: 'nobody can print'"
    ticket: int = 0
    id: int = 0


Public = Message | Event
Entry = Message | Note | Event
