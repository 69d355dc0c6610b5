"""What the book is: transactions that are plain functions, and what they look up and keep.

`fn` runs whole or not at all. It may run twice (a conflict with another replica), so it does
nothing but read and write through `work`. Every moment is an aware datetime in UTC.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.diary import Notices, Paces, Promises
from bot.known import Articles, Offers, Topics
from bot.ledger import Ledger
from bot.model.entry import Entry
from bot.model.mailroom import Letter
from bot.model.message import Address, ExternalId
from bot.model.person import Identity, Organisation, Person, Proof
from bot.model.reach import Reach
from bot.model.ticket import Ticket
from bot.post import Cursors, Inbox, Outbox, Quarantine
from bot.registers import (
    Appointments,
    Canned,
    Drafts,
    Duties,
    Erasure,
    Joins,
    Links,
    Ratings,
    Relations,
    Tallies,
    Terms,
    Views,
)

T = TypeVar("T")


class Tickets(Protocol):
    """The tickets, their watchers, and which messages of the networks belong to them."""

    def get(self, number: int) -> Ticket | None:
        """One ticket by its number."""

    def add(self, ticket: Ticket) -> Ticket:
        """Keep a new one; returns it with its number."""

    def save(self, ticket: Ticket) -> None:
        """Keep a change: `ticket.version` is the new one. Raises `Conflict` if it was overtaken."""

    def at(self, conversation: Address) -> Ticket | None:
        """The latest ticket of this thread, an open one first; None where there is no thread."""

    def latest_of(self, requester: int, channel: str, since: datetime) -> Ticket | None:
        """The last ticket this person opened on this channel since then."""

    def of_requester(self, person: int, limit: int = 20) -> list[Ticket]:
        """What somebody reported, those not done first, the latest first."""

    def of_assignee(self, person: int, limit: int = 50) -> list[Ticket]:
        """What an agent has and is not done, most urgent first."""

    def queue(
        self, teams: Iterable[str], limit: int = 50, *, unclaimed: bool = False
    ) -> list[Ticket]:
        """What is not done in these teams ("" is a team too): urgent first, oldest first.

        `unclaimed`: of that, what nobody has.
        """

    def strayed(self, teams: Iterable[str], limit: int = 50) -> list[Ticket]:
        """What isn't closed and belongs to another team than these, or to none."""

    def found(self, words: str, limit: int = 20) -> list[Ticket]:
        """The latest tickets whose summary holds each of these words, those not done first."""

    def conversations(self, channel: str, since: datetime, limit: int = 500) -> list[Address]:
        """Threads of this channel in which tickets go on, or were changed since; the latest first.

        Of a card, the thread is the id of its message.
        """

    def newest(self, limit: int = 50) -> list[Ticket]:
        """The latest tickets of all, whatever their state."""

    def merged_into(self, number: int) -> list[int]:
        """The tickets that go on in this one, at any depth."""

    def to_wake(self, now: datetime, limit: int = 100) -> list[Ticket]:
        """Held tickets whose moment has come."""

    def to_close(
        self, resolved_before: datetime, warned_before: datetime | None = None, limit: int = 100
    ) -> list[Ticket]:
        """Resolved tickets whose days of grace are over, of whose end was warned by then."""

    def to_warn(self, resolved_before: datetime, limit: int = 100) -> list[Ticket]:
        """Resolved tickets of whose end nobody was warned yet."""

    def watch(self, number: int, person: int) -> bool:
        """Add a watcher; False if they watched already."""

    def unwatch(self, number: int, person: int) -> bool:
        """Take a watcher away; False if they didn't watch."""

    def watchers(self, number: int) -> list[int]:
        """Who watches, besides requester and assignee."""

    def remember(
        self,
        channel: str,
        external_id: ExternalId,
        ticket: int,
        *,
        person: int | None,
        at: datetime,
    ) -> None:
        """This message of the network belongs to this ticket; was said by or to this person."""

    def hand_over(self, channel: str, ids: Sequence[ExternalId], ticket: int) -> None:
        """These messages belong to this ticket from now on."""

    def of_messages(self, channel: str, ids: Sequence[ExternalId]) -> int | None:
        """The number of the ticket that the first known one of these messages belongs to."""

    def thread_with(self, number: int, channel: str, person: int) -> tuple[ExternalId, ...]:
        """Messages of this ticket said by or to this person on this channel, oldest first."""


class People(Protocol):
    """The people, where they are reached, and their organisations."""

    def get(self, person: int) -> Person | None:
        """One person by number."""

    def find(self, channel: str, external_id: str) -> tuple[Person, Identity] | None:
        """Who has this address."""

    def add(
        self, person: Person, channel: str, external_id: str, proof: Proof, at: datetime
    ) -> Person:
        """Keep somebody new with their first address; returns them with their number."""

    def save(self, person: Person) -> None:
        """Keep a change of a person."""

    def link(self, person: int, channel: str, external_id: str, proof: Proof, at: datetime) -> None:
        """Add an address, or strengthen its proof."""

    def heard_on(self, person: int, address: Address, external_id: str, at: datetime) -> None:
        """They wrote from here: answers go where somebody last wrote."""

    def reached_at(self, person: int) -> Reach | None:
        """Where they last wrote, else any address we have."""

    def answered(self, person: int, until: datetime) -> None:
        """They are sent one more automatic answer: `until` is of their `Reach`."""

    def identities(self, person: int) -> list[Identity]:
        """All their addresses."""

    def agents(self, team: str | None = None) -> list[Person]:
        """Who works at the desk, or in one team."""

    def search(self, words: str, limit: int = 20) -> list[Person]:
        """People by name or address, accents and case aside; all when empty."""

    def organisation_of(self, domain: str) -> Organisation | None:
        """Whose mail domain this is."""

    def declare_organisation(self, organisation: Organisation) -> Organisation:
        """Keep one the config names, by its name."""

    def declare_agent(self, person: Person, addresses: dict[str, str], at: datetime) -> Person:
        """Keep an agent the config names: by address, with role, teams, zone and language."""

    def retire_agents(self, but: Iterable[int]) -> list[Person]:
        """Agents the config no longer names become requesters; returns them."""


class Entries(Protocol):
    """The history."""

    def add(self, entry: Entry) -> Entry:
        """Append; returns it with its number."""

    def get(self, number: int) -> Entry | None:
        """One entry by number."""

    def of(self, ticket: int) -> list[Entry]:
        """A ticket's history, oldest first."""


class Work(Protocol):
    """One transaction: everything a plain function can look up and keep."""

    tickets: Tickets
    tallies: Tallies
    people: People
    entries: Entries
    drafts: Drafts
    links: Links
    joins: Joins
    duties: Duties
    appointments: Appointments
    terms: Terms
    canned: Canned
    articles: Articles
    offers: Offers
    topics: Topics
    relations: Relations
    notices: Notices
    paces: Paces
    promises: Promises
    ledger: Ledger
    ratings: Ratings
    inbox: Inbox
    outbox: Outbox
    quarantine: Quarantine
    cursors: Cursors
    views: Views
    erasure: Erasure


class Conflict(Exception):  # noqa: N818 - it reads as what happened
    """Somebody else changed the same thing at the same time: look again."""


class StoreError(Exception):
    """The book can't be opened or kept: what is wrong and its mend, one line for operators."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"{problem}: {mend}")
        self.problem = problem
        self.mend = mend


class TakesLetters(Protocol):
    """Whoever carries letters out."""

    def claim(self, work: Work, channels: Collection[str]) -> list[Letter]:
        """Claim letters of these channels, on which some were queued in this very transaction.

        It is called before the commit, outside the event loop, and only where the book has one
        writer: between several it would make each wait for the others.
        """

    def wake(
        self, letters: Collection[Letter] = (), channels: Collection[str] | None = None
    ) -> None:
        """Letters were queued on these channels (None: on any), and `letters` of them claimed.

        Called in the event loop, when they are kept.
        """


class Store(Protocol):
    """The book."""

    async def write(self, fn: Callable[[Work], T], *, durable: bool = True) -> T:
        """Run `fn` in one transaction and return after it is on disk.

        What `fn` raises is raised here and nothing is kept. `Conflict` is tried again. What isn't
        `durable` isn't waited for: the end of this program can't undo it, a power cut may, until
        something durable is written after it.
        """

    async def read(self, fn: Callable[[Work], T]) -> T:
        """Run `fn` on one snapshot; what it would keep is refused."""

    def on_letters(self, taker: TakesLetters) -> None:
        """Tell this one of each commit that queued letters."""

    async def close(self) -> None:
        """Finish what is under way and let go of the files."""


class Files(Protocol):
    """Attachments on disk, by the hash of their content."""

    def keep(self, content: bytes) -> str:
        """Write it durably (before the commit that names it); returns its SHA-256 in hex."""

    def read(self, digest: str) -> bytes:
        """The content. Raises `FileNotFoundError`."""
