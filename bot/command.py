"""What a command is: declared once, and so a slash command, a form, a line of mail and a help.

The words by which people call it, and its help, stand in the texts under its name.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest

from bot.audience import Circle
from bot.briefing import briefing
from bot.desk import Desk
from bot.library import Found
from bot.model.attachment import Attachment
from bot.model.message import UNNAMED, Answer, ExternalId, Speaker
from bot.model.person import Person, Role
from bot.model.ticket import Change, Ticket
from bot.report import Report
from bot.store import Work
from bot.text import Reader, Texts

_EXAMPLE = 42  # the ticket of examples


def _unseen(*_: object) -> None:
    """Nobody looks: what is said here reaches nobody."""


class Type(StrEnum):
    """What a parameter holds; each channel asks for it in its own way."""

    TICKET = "ticket"
    PERSON = "person"  # anybody, by address or name
    AGENT = "agent"
    TEAM = "team"
    RUNG = "rung"  # where a ticket is escalated to: a team, or a level
    TEAMS = "teams"
    ROLE = "role"
    TAGS = "tags"  # to put on or take off
    ASSETS = "assets"  # the same
    TEXT = "text"
    MOMENT = "moment"
    DURATION = "duration"  # how long something took; minutes
    PRIORITY = "priority"
    KIND = "kind"
    MARK = "mark"  # how the help was, from 1 to 5
    LANGUAGE = "language"
    ZONE = "zone"  # by which clock somebody lives
    NUMBER = "number"
    FILTER = "filter"  # which tickets of a list
    NAME = "name"  # a few words, in a line up to a colon
    CANNED = "canned"  # a ready answer, by its name
    ARTICLE = "article"  # of what the desk knows, by its reference
    MESSAGE = "message"  # one of the ticket that is named, from the requester's side
    REPORT = "report"  # one of the desk's, by what people call it
    RELATION = "relation"  # what another ticket is to one
    BEGIN = "begin"  # the moment from which something lasts
    END = "end"  # until when, or how long
    AFFECTED = "affected"  # whom a planned work affects, up to a colon
    NOTICE = "notice"  # a planned work, by its reference
    TRAIT = "trait"  # what of a person is written down


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a command wants to know. `name` is also its key in the texts."""

    name: str
    type: Type
    required: bool = True
    lacking: str = "refused.missing"  # the refusal without it
    or_files: bool = False  # where files came with the command, it may be without words


@dataclass(frozen=True, slots=True)
class Draft:
    """The words that a form begins with, to be read and changed before they are sent."""

    words: str
    notice: str = ""  # what to know of them
    settled: str = ""  # what the command already has, as it is written behind the reference


Run = Callable[..., Answer]
"""Called with a `Call` and the parameters by name."""

Drafts = Callable[..., Draft | None]
"""Called as `Run`; None where nothing is to be shown before it is carried out."""

Look = Callable[..., None]
"""Called with a command's line and the ticket it is given in. Raises `Refused`."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its parameters in order, who may give it, and the function that carries it out."""

    name: str
    parameters: tuple[Parameter, ...]
    role: Role
    run: Run
    whole: bool = False  # its free text is all that follows, up to the next command
    speaks: bool = False  # its words go to the requester
    drafts: Drafts | None = None  # where a form begins with words that the desk has
    changes: bool = True  # what it is about is another by it, or somebody hears of it
    quiet: bool = False  # it tells no requester anything, so agents may say it alone
    outward: bool = False  # plain words to its answer are for the requester, spoke it or not
    aside: bool = False  # it is told where it can be given, and not in the help of requesters

    @property
    def shelf(self) -> str:
        """The file in which it stands, by whose heading it is listed."""
        return self.run.__module__.rpartition(".")[2]

    @property
    def wants_ticket(self) -> bool:
        """Whether it is about a ticket: the first parameter, left out in its own conversation."""
        return bool(self.parameters) and self.parameters[0].name == "ticket"

    @property
    def needs_ticket(self) -> bool:
        """Whether it can do nothing without one."""
        return self.wants_ticket and self.parameters[0].required

    @property
    def takes_words(self) -> bool:
        """Whether its last parameter is free text, which goes on to the end of the paragraph."""
        return bool(self.parameters) and self.parameters[-1].type is Type.TEXT


@dataclass(frozen=True, slots=True)
class Call:
    """Who gives a command, where and when; `here` is the ticket it was given in the midst of."""

    work: Work
    desk: Desk
    by: Person
    now: datetime
    channel: str
    role: Role  # with which they speak here: an agent whom nobody vouches for has no powers
    here: Ticket | None = None
    commands: tuple[Command, ...] = ()  # all there are, for the help
    reports: tuple[Report, ...] = ()  # all there are
    attachments: tuple[Attachment, ...] = ()  # files that came with it
    found: tuple[Found, ...] = ()  # articles that may answer its words
    remarks: tuple[str, ...] = ()  # on its words and files: what was hidden, or not kept
    mentioned: tuple[Speaker, ...] = ()  # people whom the network itself names in the words
    name: ExternalId = UNNAMED  # of the message that gives it
    read_below: int = 0  # the ticket below whose card its words stand for its team, 0 for none
    vouched: bool = True  # the network is sure that it is them
    private: bool = True  # the answer reaches nobody else
    reviewed: bool = False  # its words stood in a form of the desk when they were sent
    look: Look = _unseen  # at words that a command would say to a requester

    @property
    def for_desk(self) -> bool:
        """Whether an agent speaks as one."""
        return self.role >= Role.AGENT

    @property
    def reader(self) -> Reader:
        """Their language and clock."""
        return self.desk.wording.reader(self.by, self.now, channel=self.channel)

    def heard_there(self, ticket: Ticket) -> Collection[Circle]:
        """Who read its words where they were said, if they are about this ticket."""
        return (Circle.ROOM,) if ticket.id == self.read_below else ()

    def answer(
        self, key: str, ticket: Ticket | None = None, *, told: bool = False, **values: object
    ) -> Answer:
        """The answer in the words of `key`, in the language of the one who asked.

        `told`: a letter that is on its way says the same.
        """
        answer = self.desk.answer(
            self.work, self.by, key, self.now, ticket, channel=self.channel, **values
        )
        return replace(answer, told=told)

    def briefing(self, ticket: Ticket, *, heading: bool = True) -> str:
        """What they should know of a ticket and its requester, as `bot.briefing` tells it."""
        to = self.by if self.private else replace(self.by, id=0)  # as a room of agents
        desk, inside = self.desk, self.channel in self.desk.wording.chats
        known = desk.wording, desk.library, self.work, self.reader, to, ticket
        return briefing(*known, inside=inside, heading=heading)

    def usage(self, command: Command, about: Ticket | None = None) -> str:
        """How a command is written for the ticket it is about, else for that it is said in."""
        ticket = about or self.here
        reference = self.desk.settings.reference(ticket.id if ticket else _EXAMPLE)
        return usage(command, self.desk.texts, self.reader, reference)

    def keep(self, change: Change, *, deaf: Collection[Circle] = ()) -> Ticket:
        """Keep a change; everybody concerned is told, but for who is `deaf`."""
        return self.desk.keep(self.work, change, deaf=deaf)


_BEHIND = {
    Type.MOMENT: ",",
    Type.BEGIN: ",",
    Type.END: ",",
    Type.AFFECTED: ":",
    Type.NAME: ":",
    Type.RUNG: ":",
}  # what follows is no part of it
TICKET = Parameter("ticket", Type.TICKET)
WORDS = Parameter("text", Type.TEXT)


def command(
    *parameters: Parameter,
    role: Role = Role.AGENT,
    whole: bool = False,
    speaks: bool = False,
    drafts: Drafts | None = None,
    changes: bool = True,
    quiet: bool = False,
    outward: bool = False,
    aside: bool = False,
) -> Callable[[Run], Command]:
    """Declare a function as the command of its name; the rest is said at `Command`."""

    def declare(run: Run) -> Command:
        declared = run.__name__, parameters, role, run, whole, speaks, drafts
        return Command(*declared, changes, quiet, outward, aside)

    return declare


def shelved(commands: Iterable[Command], texts: Texts) -> list[tuple[str, list[Command]]]:
    """Commands by what they are for, in the order of the texts: each shelf with its commands.

    Shelves with one heading are one; commands from a file that has none come last.
    """
    keys, begin = texts.keys(), "label.shelf."
    headings = {
        key.removeprefix(begin): texts.words(key, texts.default)
        for key in keys
        if key.startswith(begin)
    }
    first = {heading: name for name, heading in reversed(headings.items())}
    found: dict[str, list[Command]] = {first[heading]: [] for heading in headings.values()}
    for each in commands:
        found[first[headings.get(each.shelf, headings["other"])]].append(each)
    return [(name, those) for name, those in found.items() if those]


def usage(command: Command, texts: Texts, reader: Reader, reference: str) -> str:
    """How a command is written, in the reader's language: "/hold IT-42 ‹until when›[, ‹words›]"."""
    line, mark = reader.command(texts.words(f"{command.name}.words", reader.language)[0]), ""
    for each, behind in zip_longest(command.parameters, command.parameters[1:]):
        slot = reference if each.name == "ticket" else _slot(each, texts, reader)
        slot, mark = f"{mark} {slot}", _BEHIND.get(each.type, "") if behind else ""
        if mark and behind and behind.required:  # of an optional one, it is left out with it
            slot, mark = f"{slot}{mark}", ""
        optional = f"[{slot}]" if slot[0] != " " else f" [{slot[1:]}]"
        line += slot if each.required else optional
    return line


def _slot(parameter: Parameter, texts: Texts, reader: Reader) -> str:
    """What is to be put in, set apart from what is typed as it stands."""
    return f"‹{texts.render(f'parameter.{parameter.name}', reader)}›"
