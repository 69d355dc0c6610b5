"""What a channel is: a door that hands over every message and delivers one at a time."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from bot.model.form import Choice, Form, Offer, Words
from bot.model.message import Address, Answer, ExternalId, Inbound, Outbound, Section, Speaker
from bot.model.stamp import Stamps

Receive = Callable[[Inbound], Awaitable[Answer | None]]


class WrongSettings(Exception):  # noqa: N818 - it reads as what happened
    """A setting keeps a door shut: which one, and the mend, in one line for the operator."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"{problem}: {mend}")
        self.problem = problem
        self.mend = mend


class Channel(Protocol):
    """A network's door; `listen` and `send` may be used at the same time."""

    async def listen(self, receive: Receive) -> None:
        """Connect and hand over every message until cancelled.

        Acknowledge to the network only after `receive` returned: then it is on disk. If it
        raises, don't acknowledge, so that the network sends again. After an absence, ask the
        network for what was missed. Raises `WrongSettings` when trying again can't help, any
        other error when the connection broke.
        """

    async def send(self, message: Outbound) -> ExternalId:
        """Deliver one message and return the network's id for it.

        Never retries: raises `DeliveryFailed`, or `FilesRefused` when only its files stay behind
        for good. The same `message.row` sent twice must reach the reader once, as far as the
        network allows.
        """

    def read(self, raw: bytes, room: str) -> Inbound | None:
        """Decode the bytes of one message again, as they came over the wire in this room."""

    async def check(self) -> list[str | WrongSettings]:
        """Try a real handshake with each server: a line for each that answered as it should, for
        each other what is wrong and its mend.
        """

    async def close(self) -> None:
        """Let go of every connection."""


class Counter(Protocol):
    """What a door may ask of the desk while somebody waits; nothing of it changes a ticket."""

    async def form(self, inbound: Inbound) -> Form | None:
        """The form that these words call for: a command whose parameters they leave open.

        None where they can be carried out as they are. Whoever is given a form to write an answer
        is shown to the other agents as writing, until they send it, `let_go`, or a while passes.
        """

    async def let_go(self, inbound: Inbound) -> None:
        """The form for these words was closed without being sent."""

    async def choices(
        self, inbound: Inbound, command: str = "", parameter: str = ""
    ) -> tuple[Choice, ...]:
        """What fits that they typed for a command's parameter, best first; else their tickets."""

    async def lines(self, inbound: Inbound) -> tuple[Choice, ...]:
        """Whole lines that go on with what they typed behind the word of commands."""

    async def page(self, speaker: Speaker) -> tuple[Section, ...]:
        """Their own page as it is now, for a network that keeps none."""

    async def home(self, speaker: Speaker) -> None:
        """They opened their own page on the channel: from now on it is drawn and kept in step."""

    async def meet(self, speakers: Sequence[Speaker]) -> None:
        """These people are on the channel: whom the desk knows by another address it knows here."""

    async def threads(self) -> tuple[Address, ...]:
        """Where on this channel tickets are spoken of that may still go on, agents' rooms included.

        The latest first; a door looks there for what it missed.
        """


@runtime_checkable
class Interactive(Protocol):
    """A channel on which somebody waits for a form or a list: it is given a counter to ask at.

    What it keeps to besides stands in docs/architecture.md, "What a chat keeps to".
    """

    def work_in(self, rooms: Collection[str]) -> None:
        """Agents work in these rooms; called once, before it listens or checks."""

    def use(self, counter: Counter) -> None:
        """Called once, before it listens."""


class Listing(Protocol):
    """How the desk is shown in a network's lists of apps and commands, in every language."""

    def listed(self, key: str) -> Words:
        """A short text; `key` is one of those under "app"."""

    def offers(self) -> tuple[Offer, ...]:
        """The commands in their order."""


@runtime_checkable
class Listed(Protocol):
    """A channel that tells its network of the desk's commands."""

    def list_by(self, listing: Listing) -> None:
        """Called once, before it listens or checks."""


class Cursor(Protocol):
    """Keeps for a door how far it has read its network, one line of text a key."""

    async def load(self, key: str) -> str:
        """What was saved last, "" when nothing was."""

    async def save(self, key: str, value: str) -> None:
        """Keep it, on disk when this returns."""

    def now(self) -> datetime:
        """This moment, by the desk's clock."""


@dataclass(frozen=True, slots=True)
class Door:
    """What a channel's package offers: its settings, and how a channel is made of them.

    `settings` is a frozen dataclass that the config's table of the channel's name fills; it raises
    `WrongSettings`, or several in an `ExceptionGroup`, and may be a `KnowsAgents`. `open` takes
    them, the channel's name, the desk's secret for signing, and the door's cursor. `alone`: of
    several replicas only one may listen at a time.
    """

    settings: type
    open: Callable[[Any, str, bytes, Cursor], Channel]
    alone: bool = True
    by_mail: bool = False  # it reaches people by mail addresses
    #: For an `Interactive` channel, where people have pages and agents rooms: the word behind which
    #: commands stand there, by its settings.
    slash: Callable[[Any], str] | None = None
    #: Where it shows moments by itself: there it is given the stamps of `bot.model.stamp`.
    stamps: Stamps = Stamps.NOWHERE


@dataclass(frozen=True, slots=True)
class Chat:
    """What the desk knows of an `Interactive` channel: as its `Door` says, by its settings."""

    slash: str
    stamps: Stamps = Stamps.NOWHERE


@runtime_checkable
class KnowsAgents(Protocol):
    """Settings of a channel that judge the addresses which the config gives agents on it."""

    @staticmethod
    def check_address(address: str) -> None:
        """Raise `WrongSettings` when nobody can write from this address."""

    def agent_faults(self, agents: Mapping[str, str]) -> Iterator[WrongSettings]:
        """What keeps agents from working on this channel: their addresses by their names."""


@dataclass(frozen=True, slots=True)
class Sought:
    """An agent whom the config names, to be looked for on a channel.

    `addresses` by channel; `rooms` are those of the channel where their teams work. Who works
    `nowhere_else` can do so on no other channel: to miss them is a fault.
    """

    name: str
    addresses: Mapping[str, str]
    rooms: Collection[str] = ()
    nowhere_else: bool = False


@runtime_checkable
class FindsAgents(Protocol):
    """A channel that can look whether the agents whom the config names are on it."""

    async def find_agents(self, agents: Sequence[Sought]) -> list[str | WrongSettings]:
        """Look for them; lines as `Channel.check` gives them, which was asked before."""


@runtime_checkable
class KnowsElsewhere(Protocol):
    """Settings of a channel that knows its people by addresses of another one, too.

    Such an address in the config makes an agent of them here, even where that other channel isn't
    configured.
    """

    @staticmethod
    def knows_by(channel: str, address: str) -> bool:
        """Whether people are known by their addresses on that channel.

        Raises `WrongSettings` when they are, and this can be none.
        """


@runtime_checkable
class KnowsRooms(Protocol):
    """Settings of a chat: they judge the rooms that the config gives teams on it."""

    @staticmethod
    def check_room(room: str) -> None:
        """Raise `WrongSettings` when there can be no such room."""

    def check_private(self, room: str) -> None:
        """Raise `WrongSettings` when agents wouldn't be among themselves in this room."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A program that hears what happens to tickets; `name` is its room on the channel."""

    name: str
    events: frozenset[str] = frozenset()  # `bot.model.entry.What`, by value; all if empty
    team: str = ""  # of its tickets alone; of all if empty
    notes: bool = False  # also of what stays among agents


@runtime_checkable
class HearsEntries(Protocol):
    """Settings of a channel on which nobody writes: programs hear there of what happens.

    To each goes a letter for each entry that it wants, with the data of `bot.bulletin` as its text.
    """

    def subscribers(self) -> tuple[Subscriber, ...]:
        """Who hears, in the order of the config."""


class DeliveryFailed(Exception):  # noqa: N818 - it reads as what happened
    """The network didn't take a message.

    `permanent`: trying again is useless. `after`: the network asked to wait this long.
    `ambiguous`: the network may have taken it all the same. `lacks`: the rights that the desk would
    need, as the network calls them, `where`: in which room, as people call it; "" where that isn't
    known.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        after: timedelta | None = None,
        ambiguous: bool = False,
        lacks: Sequence[str] = (),
        where: str = "",
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.after = after
        self.ambiguous = ambiguous
        self.lacks = tuple(lacks)
        self.where = where


class FilesRefused(Exception):  # noqa: N818 - it reads as what happened
    """The network has a message, but will never take the files of these names beside its words.

    `external_id`: its id for the words, as `Channel.send` would have returned it.
    """

    def __init__(self, reason: str, external_id: ExternalId, names: Sequence[str]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.external_id = external_id
        self.names = tuple(names)
