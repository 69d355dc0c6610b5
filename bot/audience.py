"""Who hears of which entry, and in which words: the one table."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.model.entry import Entry, Event, Note, What
from bot.model.message import Tone
from bot.model.person import Person, Role
from bot.model.rating import MARKS
from bot.model.ticket import Ticket
from bot.store import Work


class Circle(StrEnum):
    """People around a ticket. The first two are on the requester's side."""

    REQUESTER = "requester"
    WATCHERS = "watchers"
    WATCHING_AGENTS = "watching agents"
    HOLDER = "holder"  # the assignee, or the team while there is none
    ASSIGNEE = "assignee"
    FORMER = "former"  # who had it until somebody took it over, or gave it to another
    TEAM = "team"
    OVERSEERS = "overseers"  # of the team's people, who see to what went wrong
    ROOM = "room"  # where the team's agents work together, if it has one

    @property
    def is_public(self) -> bool:
        """Whether they read only what a requester may."""
        return self in (Circle.REQUESTER, Circle.WATCHERS)


EVERYBODY = frozenset(Circle)
QUIETLY = EVERYBODY - {Circle.ROOM}  # nobody is told, but whoever looks finds it


@dataclass(frozen=True, slots=True)
class Hearing:
    """One circle hears of an entry in the words of one text, with these buttons beside it.

    Nobody is told what they did themselves, but for `echo`: an acknowledgement.
    """

    circle: Circle
    key: str
    buttons: tuple[str, ...] = ()
    tone: Tone = Tone.AUTOMATIC
    echo: bool = False
    inward: bool = False  # an answer of which only agents should speak
    presses: tuple[str, ...] = ()  # more buttons, where they can really be pressed


def may_read(work: Work, person: Person, ticket: Ticket, entry: Entry) -> bool:
    """Whether an agent may read this: talk about a report is kept from who reported it.

    But for who has the ticket, and for what they wrote themselves.
    """
    if not isinstance(entry, Note) or person.id in (entry.by, ticket.assignee):
        return True
    merged = [work.tickets.get(number) for number in work.tickets.merged_into(ticket.id)]
    return all(each is None or each.requester != person.id for each in (ticket, *merged))


def former(entry: Entry) -> int | None:
    """Who had a ticket that somebody else has by this; None where nobody had, or it is no such."""
    if isinstance(entry, Event) and entry.what in (What.STEPPED_IN, What.ASSIGNED):
        return int(entry.old) if entry.old else None
    return None


def known_as(work: Work, person: int | None, channel: str) -> str:
    """The id by which a channel knows somebody; "" where it doesn't, and for the desk itself."""
    known = work.people.identities(person) if person is not None else ()
    return next((each.external_id for each in known if each.channel == channel), "")


def people_of(work: Work, ticket: Ticket, circle: Circle, entry: Entry) -> Iterator[Person]:
    """The people of a circle who hear of an entry, each once."""
    holder = work.people.get(ticket.assignee) if ticket.assignee else None
    match circle:
        case Circle.REQUESTER:
            people = [work.people.get(ticket.requester)]
        case Circle.WATCHERS | Circle.WATCHING_AGENTS:
            watching = [work.people.get(each) for each in work.tickets.watchers(ticket.id)]
            people = [
                each
                for each in watching
                if each and each.is_agent is not circle.is_public and each.id != ticket.requester
            ]
        case Circle.ASSIGNEE | Circle.HOLDER if holder is not None and holder.is_agent:
            people = [holder]
        case Circle.ASSIGNEE:
            people = []
        case Circle.FORMER:
            had = work.people.get(former(entry) or 0)
            people = [had] if had is not None and had.is_agent else []
        case Circle.OVERSEERS:
            people = [*overseers(work, ticket)]
        case _:
            people = [*work.people.agents(ticket.team)]
    yield from (person for person in people if person is not None)


def overseers(work: Work, ticket: Ticket) -> list[Person]:
    """Who sees to what went wrong with a ticket: its team's quality, else its lead; perhaps none.

    Nobody sees to their own.
    """
    team = ticket.team
    others = [each for each in work.people.agents(team) if each.id != ticket.requester]
    quality = [each for each in others if each.role_in(team) is Role.QUALITY]
    return quality or [each for each in others if each.role_in(team) is Role.LEAD]


REQUESTER, WATCHERS, WATCHING = Circle.REQUESTER, Circle.WATCHERS, Circle.WATCHING_AGENTS
HOLDER, ASSIGNEE, TEAM = Circle.HOLDER, Circle.ASSIGNEE, Circle.TEAM
FORMER, OVERSEERS = Circle.FORMER, Circle.OVERSEERS
AT_WORK = ("claim", "note", "resolve")

HEARINGS: dict[What, tuple[Hearing, ...]] = {
    What.OPENED: (
        Hearing(REQUESTER, "opened", ("status",), echo=True, presses=("solved",)),
        Hearing(TEAM, "opened_for_agents", AT_WORK, Tone.NOTICE, presses=("reply",)),
    ),
    What.LOGGED: (
        Hearing(REQUESTER, "logged", ("status",), Tone.NOTICE, presses=("solved",)),
        Hearing(TEAM, "opened_for_agents", AT_WORK, Tone.NOTICE, presses=("reply",)),
    ),
    What.SAID: (
        Hearing(HOLDER, "said", ("note", "resolve"), Tone.NOTICE, presses=("reply",)),
        Hearing(WATCHING, "said", (), Tone.NOTICE),
    ),
    What.REPLIED: (
        Hearing(REQUESTER, "replied", ("solved",), Tone.PERSONAL),
        Hearing(WATCHERS, "replied_for_watchers", (), Tone.PERSONAL),
        Hearing(ASSIGNEE, "replied_for_agents", (), Tone.NOTICE),
        Hearing(WATCHING, "replied_for_agents", (), Tone.NOTICE),
    ),
    What.NOTED: (
        Hearing(HOLDER, "noted", (), Tone.NOTICE),
        Hearing(WATCHING, "noted", (), Tone.NOTICE),
    ),
    What.CLAIMED: (),
    What.STEPPED_IN: (
        Hearing(FORMER, "stepped_in", ("note",), Tone.NOTICE),
        Hearing(TEAM, "stepped_in", ("note",), Tone.NOTICE),
    ),
    What.RELEASED: (Hearing(TEAM, "released", ("claim",), Tone.NOTICE),),
    What.ASSIGNED: (
        Hearing(ASSIGNEE, "assigned", ("release", "resolve"), Tone.NOTICE),
        Hearing(FORMER, "handed_away", ("note",), Tone.NOTICE),
    ),
    What.TRANSFERRED: (
        Hearing(REQUESTER, "transferred", ("status",), Tone.NOTICE),
        Hearing(TEAM, "transferred_for_agents", AT_WORK, Tone.NOTICE, presses=("reply",)),
    ),
    What.ESCALATED: (
        Hearing(REQUESTER, "escalated", ("status",), Tone.NOTICE),
        Hearing(TEAM, "escalated_for_agents", AT_WORK, Tone.NOTICE, presses=("reply",)),
    ),
    What.ASKED: (
        Hearing(REQUESTER, "asked", (), Tone.PERSONAL),
        Hearing(WATCHERS, "replied_for_watchers", (), Tone.PERSONAL),
    ),
    What.HELD: (
        Hearing(REQUESTER, "held", ("status",), Tone.NOTICE),
        Hearing(WATCHERS, "held", ("status",), Tone.NOTICE),
    ),
    What.WOKEN: (Hearing(HOLDER, "woken", ("resolve",), Tone.NOTICE),),
    What.PRIORITY: (Hearing(ASSIGNEE, "priority_changed", (), Tone.NOTICE),),
    What.WEIGHED: (
        Hearing(HOLDER, "weighed", ("note", "resolve"), Tone.NOTICE, presses=("reply",)),
        Hearing(WATCHING, "weighed", (), Tone.NOTICE),
    ),
    What.KIND: (),
    What.TAGGED: (),
    What.EQUIPPED: (),
    What.TIMED: (Hearing(ASSIGNEE, "timed", (), Tone.NOTICE),),
    What.RESOLVED: (
        Hearing(REQUESTER, "resolved", ("unsolved",), Tone.NOTICE),
        Hearing(WATCHERS, "resolved_for_watchers", (), Tone.NOTICE),
        Hearing(HOLDER, "resolved_for_agents", (), Tone.NOTICE, presses=("kb_from",)),
    ),
    What.CLOSING: (Hearing(REQUESTER, "closing", ("unsolved",), Tone.NOTICE),),
    What.CLOSED: (
        Hearing(REQUESTER, "closed", ("status",), Tone.NOTICE),
        Hearing(WATCHERS, "closed", ("status",), Tone.NOTICE),
        Hearing(HOLDER, "closed_for_agents", (), Tone.NOTICE),
    ),
    What.REOPENED: (
        Hearing(REQUESTER, "reopened", ("status",), echo=True),
        Hearing(HOLDER, "reopened_for_agents", ("claim", "resolve"), Tone.NOTICE),
    ),
    What.RATED: (  # where it is low
        Hearing(OVERSEERS, "rated", ("note",), Tone.NOTICE, presses=("reply", "brief", "history")),
        Hearing(TEAM, "rated", ("note",), Tone.NOTICE, presses=("reply", "brief", "history")),
    ),
    What.RELATED: (),
    What.PARENT_DONE: (Hearing(HOLDER, "parent_done", ("resolve", "note"), Tone.NOTICE),),
    What.SPLIT: (Hearing(REQUESTER, "split", ("status",), Tone.NOTICE),),
    What.MERGED: (
        Hearing(REQUESTER, "merged", ("status",), Tone.NOTICE),
        Hearing(ASSIGNEE, "merged_for_agents", (), Tone.NOTICE),
    ),
    What.ABSORBED: (
        Hearing(REQUESTER, "joined_by", ("status",), Tone.NOTICE),
        Hearing(ASSIGNEE, "absorbed", (), Tone.NOTICE),
    ),
    What.WATCHED: (),
    What.UNWATCHED: (),
    What.NOTICED: (),
    What.LATE: (Hearing(REQUESTER, "late", ("status",), Tone.NOTICE),),
    What.UNDELIVERED: (Hearing(HOLDER, "undelivered", ("note",), Tone.NOTICE),),
    What.EDITED: (
        Hearing(HOLDER, "edited", (), Tone.NOTICE),
        Hearing(WATCHING, "edited", (), Tone.NOTICE),
    ),
    What.REWORDED: (),
    What.TAKEN_BACK: (),
    What.UNSAID: (
        Hearing(ASSIGNEE, "unsaid", (), Tone.NOTICE),
        Hearing(WATCHING, "unsaid", (), Tone.NOTICE),
    ),
}

# After these whoever was writing an answer has written it.
ANSWERS = frozenset((What.REPLIED, What.ASKED, What.HELD, What.RESOLVED))

# The room where a team works hears of everything, in the words of "room." and what it was; at these
# whoever has the ticket is called to look.
CALLING = frozenset(
    (
        What.SAID, What.EDITED, What.WEIGHED, What.ASSIGNED, What.WOKEN, What.REOPENED,
        What.UNDELIVERED, What.PARENT_DONE, What.STEPPED_IN, What.LATE,
    )
)  # fmt: skip

# An agent's answer to a letter about one of these is for the requester; to any other it is a note.
OUTWARD = (
    What.OPENED,
    What.LOGGED,
    What.SAID,
    What.WEIGHED,
    What.ASSIGNED,
    What.WOKEN,
    What.REOPENED,
)

# What a button says: in letters, where a sentence stands for it on channels without buttons…
BUTTONS: dict[str, str] = {
    "status": "/status",
    "solved": "/resolve",
    "unsolved": "/reopen",
    "claim": "/claim",
    "release": "/release",
    "note": "/note",
    "resolve": "/resolve",
    "zone": "/zone",
    "unsubscribe": "/unsubscribe",
}

# The marks that a press gives, by the name of its button: they stand behind the reference.
MARKED: dict[str, str] = {f"rate_{each}": str(each) for each in MARKS}

# …and on panels, which only channels with buttons show.
PRESSES: dict[str, str] = BUTTONS | {
    "reply": "/reply",
    "canned": "/canned",
    "ask": "/ask",
    "hold": "/hold",
    "assign": "/assign",
    "transfer": "/transfer",
    "escalate": "/escalate",
    "priority": "/priority",
    "kind": "/kind",
    "tag": "/tag",
    "merge": "/merge",
    "split": "/split",
    "relate": "/relate",
    "brief": "/brief",
    "history": "/history",
    "reopen": "/reopen",
    "kb_from": "/kb_from",
    **dict.fromkeys(MARKED, "/rate"),
    "undo": "/undo",
    "new": "/new",
    "language": "/language",
}
OF_NO_TICKET = frozenset({"new", "language", "unsubscribe"})  # whatever ticket they stand beside
